"""Where the key of the seal is: in files, on a token that speaks PKCS#11, or made here to try things out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID

from placements.config import BadConfiguration, refuse_readable_by_others, secret_file

SMALLEST_RSA = 2048
CURVES = {"secp256r1": "sha256", "secp384r1": "sha384", "secp521r1": "sha512"}
"""Those that are sealed with, and the digest that is as strong."""

PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


@dataclass(frozen=True)
class Held:
    """The key itself. `chain` are the certificates of those who issued ours."""

    key: PrivateKey
    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...] = ()
    is_test: bool = False


@dataclass(frozen=True)
class OnToken:
    """A key that never leaves its token; the certificate has the key's label there."""

    module: str
    token: str
    label: str
    pin: str
    chain: tuple[x509.Certificate, ...] = ()


def of(config: Mapping[str, Any]) -> Held | OnToken:
    """Whose seal it is. Raises `BadConfiguration`."""
    if config["SEAL_PKCS11"]:
        return _on_token(config)
    if config["SEAL_KEY"] or config["SEAL_CERTIFICATE"]:
        return _from_files(config)
    return _test(config["INSTANCE"] / "seal" / "test-seal.pem")


def digest_for(certificate: x509.Certificate) -> str:
    public = certificate.public_key()
    return CURVES[public.curve.name] if isinstance(public, ec.EllipticCurvePublicKey) else "sha256"


def _on_token(config: Mapping[str, Any]) -> OnToken:
    """The token is opened with the first seal: a wrong PIN at every start would lock it."""
    parts = [part.strip() for part in config["SEAL_PKCS11"].split(";")]
    if len(parts) != 3 or not all(parts):
        raise BadConfiguration(
            "PLACEMENTS_SEAL_PKCS11 must be MODULE;TOKEN;LABEL: the module's file, and the names of both."
        )
    module, token, label = parts
    if not Path(module).is_file():
        raise BadConfiguration(f"PLACEMENTS_SEAL_PKCS11: there is no module {module}.")
    if not config["SEAL_PIN"]:
        raise BadConfiguration("PLACEMENTS_SEAL_PKCS11 needs PLACEMENTS_SEAL_PIN.")
    if config["SEAL_KEY"]:
        raise BadConfiguration("Set PLACEMENTS_SEAL_KEY or PLACEMENTS_SEAL_PKCS11, not both.")
    if find_spec("pkcs11") is None:
        raise BadConfiguration("PLACEMENTS_SEAL_PKCS11 needs python-pkcs11. Run: pip install '.[hsm]'")
    chain = _certificates(config["SEAL_CERTIFICATE"]) if config["SEAL_CERTIFICATE"] else []
    return OnToken(module, token, label, config["SEAL_PIN"], tuple(chain))


def _from_files(config: Mapping[str, Any]) -> Held:
    if not (config["SEAL_KEY"] and config["SEAL_CERTIFICATE"]):
        raise BadConfiguration("PLACEMENTS_SEAL_KEY and PLACEMENTS_SEAL_CERTIFICATE must be set together.")
    path = Path(config["SEAL_KEY"])
    content = _content("PLACEMENTS_SEAL_KEY", path)
    refuse_readable_by_others(path)
    key = _key(content, config["SEAL_PASSPHRASE"])
    certificates = _certificates(config["SEAL_CERTIFICATE"])
    own = [one for one in certificates if one.public_key() == key.public_key()]
    if not own:
        raise BadConfiguration(
            "No certificate in PLACEMENTS_SEAL_CERTIFICATE belongs to the key in PLACEMENTS_SEAL_KEY."
        )
    _refuse_outdated(own[0])
    return Held(key, own[0], tuple(one for one in certificates if one != own[0]))


def _content(setting: str, path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        raise BadConfiguration(f"{setting}: {path} cannot be read.") from None


def _key(content: bytes, passphrase: str) -> PrivateKey:
    try:
        key = serialization.load_pem_private_key(content, passphrase.encode() or None)
    except (ValueError, TypeError):
        raise BadConfiguration(
            "PLACEMENTS_SEAL_KEY is not a private key in PEM that PLACEMENTS_SEAL_PASSPHRASE opens."
        ) from None
    if isinstance(key, rsa.RSAPrivateKey) and key.key_size >= SMALLEST_RSA:
        return key
    if isinstance(key, ec.EllipticCurvePrivateKey) and key.curve.name in CURVES:
        return key
    raise BadConfiguration(
        f"PLACEMENTS_SEAL_KEY must be RSA of {SMALLEST_RSA} bits or more, or of one of {', '.join(CURVES)}."
    )


def _certificates(file: str) -> list[x509.Certificate]:
    content = _content("PLACEMENTS_SEAL_CERTIFICATE", Path(file))
    try:
        return x509.load_pem_x509_certificates(content)
    except ValueError:
        raise BadConfiguration("PLACEMENTS_SEAL_CERTIFICATE holds no certificates in PEM.") from None


def _refuse_outdated(certificate: x509.Certificate) -> None:
    if certificate.not_valid_after_utc < datetime.now(UTC):
        until = certificate.not_valid_after_utc.date()
        raise BadConfiguration(f"The certificate of the seal was valid until {until}. Set a new one.")


# The test seal


def _test(path: Path) -> Held:
    """Made once; key and certificate in one file, so that two processes that start together agree."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    content = secret_file(path, _made).encode()
    (certificate,) = x509.load_pem_x509_certificates(content)
    return Held(_key(content, ""), certificate, is_test=True)


def _made() -> str:
    key = ec.generate_private_key(ec.SECP256R1())
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return (secret + _test_certificate(key).public_bytes(serialization.Encoding.PEM)).decode()


def _test_certificate(key: ec.EllipticCurvePrivateKey) -> x509.Certificate:
    """Its name says in plain words what it is worth; it does not run out, as nobody relies on it."""
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.COMMON_NAME, "TESTSEGL: beviser ikke, hvem der har udstedt"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Lavet af systemet selv, til at prøve med"),
        ]
    )
    usage = dict.fromkeys(
        ("key_encipherment", "data_encipherment", "key_agreement", "key_cert_sign", "crl_sign"), False
    )
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2120, 1, 1, tzinfo=UTC))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(
                digital_signature=True,
                content_commitment=True,
                encipher_only=False,
                decipher_only=False,
                **usage,
            ),
            critical=True,
        )
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
