"""The seal: valid to a program that is not ours, refused at start-up when it is set up wrongly."""

from __future__ import annotations

import asyncio
import io
import os
import subprocess
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pikepdf
import pkcs11
import pytest
from asn1crypto import keys as asn1_keys
from asn1crypto import tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.timestamps import DummyTimeStamper

from placements import pdf
from placements.config import BadConfiguration, from_environment
from placements.pdf.diploma.context import SAMPLE
from placements.sealing import Sealer, SealingFailed, keys
from placements.sealing.keys import PrivateKey
from tests.pdf import checker, seals

NOW = datetime(2025, 2, 3, 9, tzinfo=UTC)
DER = serialization.Encoding.DER
PASSPHRASE = "en hemmelig sætning"
KEYS: dict[str, Callable[[], PrivateKey]] = {
    "P-256": lambda: ec.generate_private_key(ec.SECP256R1()),
    "P-384": lambda: ec.generate_private_key(ec.SECP384R1()),
    "RSA-3072": lambda: rsa.generate_private_key(65537, 3072),
}


@pytest.fixture(scope="module")
def printed() -> bytes:
    return pdf.render("diploma", SAMPLE).pdf


def pem(*certificates: x509.Certificate) -> str:
    return "".join(one.public_bytes(serialization.Encoding.PEM).decode() for one in certificates)


def key_file(path: Path, key: Any, passphrase: str = "") -> str:
    lock = (
        serialization.BestAvailableEncryption(passphrase.encode())
        if passphrase
        else serialization.NoEncryption()
    )
    path.write_bytes(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, lock))
    path.chmod(0o600)
    return str(path)


def sealer(folder: Path, settings: Mapping[str, str] | None = None) -> Sealer:
    """As the environment sets it up."""
    environ = {"PLACEMENTS_INSTANCE": str(folder)} | {
        f"PLACEMENTS_SEAL_{name}": value for name, value in (settings or {}).items()
    }
    config = from_environment(environ)
    return Sealer(keys.of(config), config["SEAL_TIMESTAMP_URL"])


def reason(sealed: bytes) -> str:
    with pikepdf.open(io.BytesIO(sealed)) as document:
        (field,) = document.Root.AcroForm.Fields
        return str(field.V.Reason)


@pytest.mark.parametrize("kind", KEYS)
def test_page_sealed_with_a_key_from_a_file_is_valid_and_conformant(
    kind: str, printed: bytes, tmp_path: Path
) -> None:
    """The certificate of whoever issued ours travels along; the key may be locked."""
    root, key = KEYS["P-256"](), KEYS[kind]()
    own, above = seals.certificate_of(key, issued_by=root), seals.certificate_of(root, "Udsteder")
    (tmp_path / "chain.pem").write_text(pem(above, own))
    settings = {
        "KEY": key_file(tmp_path / "key.pem", key, PASSPHRASE),
        "CERTIFICATE": str(tmp_path / "chain.pem"),
        "PASSPHRASE": PASSPHRASE,
    }
    ready = sealer(tmp_path, settings)
    another = ready.seal(pdf.render("diploma", {**SAMPLE, "person": "Bo Holm"}).pdf, now=NOW)
    sealed = ready.seal(printed, now=NOW)
    assert [seals.is_genuine(one.pdf) for one in (another, sealed)] == [True, True]
    assert sealed.pdf.startswith(printed)
    assert not seals.is_genuine(seals.spoiled(sealed.pdf))
    assert "Signer Certificate Common Name: Recovery-skolen" in seals.seen(sealed.pdf)
    assert above.public_bytes(DER).hex().encode() in sealed.pdf.lower()
    assert checker.problems(sealed.pdf) == []
    assert (sealed.is_test, sealed.certificate) == (False, pem(own))
    assert sealed.fingerprint == own.fingerprint(hashes.SHA256()).hex()


def test_test_seal_is_made_once_for_its_owner_alone_and_says_what_it_is(
    printed: bytes, tmp_path: Path
) -> None:
    first, second = sealer(tmp_path).seal(printed, now=NOW), sealer(tmp_path).seal(printed, now=NOW)
    (file,) = (tmp_path / "seal").iterdir()
    assert [path.stat().st_mode & 0o777 for path in (file, file.parent)] == [0o600, 0o700]
    assert first.fingerprint == second.fingerprint
    assert first.is_test
    assert seals.is_genuine(first.pdf)
    assert checker.problems(first.pdf) == []
    said = seals.seen(first.pdf)
    assert "Signer Certificate Common Name: TESTSEGL: beviser ikke, hvem der har udstedt" in said
    assert reason(first.pdf).startswith("TESTSEGL, lavet af systemet selv: beviser ikke")
    file.chmod(0o640)
    with pytest.raises(BadConfiguration, match=r"can be read by others\. Run: chmod 600"):
        sealer(tmp_path)


def test_page_is_sealed_where_an_event_loop_runs(printed: bytes, tmp_path: Path) -> None:
    async def inside() -> bytes:
        return sealer(tmp_path).seal(printed, now=NOW).pdf

    assert seals.is_genuine(asyncio.run(inside()))


def test_certificate_that_has_run_out_since_the_start_seals_nothing(
    printed: bytes, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(SealingFailed, match="kunne ikke forsegles, så intet er gemt"):
        sealer(tmp_path).seal(printed, now=datetime(2121, 1, 1, tzinfo=UTC))
    assert caplog.messages == ["sealing failed"]


# Set up wrongly


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Names of files, right and wrong."""
    folder = tmp_path_factory.mktemp("seals")
    key, other = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    odd = ed25519.Ed25519PrivateKey.generate()
    texts = {
        "certificate": pem(seals.certificate_of(key)),
        "others": pem(seals.certificate_of(other)),
        "outdated": pem(seals.certificate_of(key, until=2025)),
        "nonsense": "nothing in here",
    }
    for name, text in texts.items():
        (folder / name).write_text(text)
    made = {name: str(folder / name) for name in texts} | {"gone": str(folder / "gone")}
    shared = Path(key_file(folder / "shared", key))
    shared.chmod(0o644)
    return made | {
        "key": key_file(folder / "key", key),
        "locked": key_file(folder / "locked", key, PASSPHRASE),
        "odd": key_file(folder / "odd", odd),
        "shared": str(shared),
    }


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"KEY": "key"}, "KEY and PLACEMENTS_SEAL_CERTIFICATE must be set together"),
        ({"CERTIFICATE": "certificate"}, "must be set together"),
        ({"KEY": "gone", "CERTIFICATE": "certificate"}, "PLACEMENTS_SEAL_KEY: .*gone cannot be read"),
        ({"KEY": "key", "CERTIFICATE": "gone"}, "PLACEMENTS_SEAL_CERTIFICATE: .*gone cannot be read"),
        ({"KEY": "nonsense", "CERTIFICATE": "certificate"}, "can be read by others"),
        ({"KEY": "shared", "CERTIFICATE": "certificate"}, "can be read by others"),
        ({"KEY": "locked", "CERTIFICATE": "certificate"}, "is not a private key in PEM"),
        ({"KEY": "odd", "CERTIFICATE": "certificate"}, "must be RSA of 2048 bits or more"),
        ({"KEY": "key", "CERTIFICATE": "nonsense"}, "holds no certificates"),
        ({"KEY": "key", "CERTIFICATE": "others"}, "belongs to the key"),
        ({"KEY": "key", "CERTIFICATE": "outdated"}, "was valid until 2025-01-01"),
        ({"PKCS11": "seals;praktik"}, "must be MODULE;TOKEN;LABEL"),
        ({"PKCS11": "/nowhere/module.so;seals;praktik"}, "there is no module /nowhere/module.so"),
        ({"TIMESTAMP_URL": "file:///etc/passwd"}, "must begin with http:// or https://"),
    ],
)
def test_wrong_configuration_is_one_sentence_at_start_up(
    settings: dict[str, str], sentence: str, files: dict[str, str], tmp_path: Path
) -> None:
    with pytest.raises(BadConfiguration, match=sentence):
        sealer(tmp_path, {name: files.get(value, value) for name, value in settings.items()})


# Timestamps


@contextmanager
def authority(answer: Callable[[bytes], bytes]) -> Iterator[tuple[str, list[bytes]]]:
    """A timestamping authority on this machine: its address, and what it was asked."""
    asked: list[bytes] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.end_headers()
            self.wfile.write(answer(asked[-1]))

        def log_message(self, *_said: Any) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def stamping() -> Callable[[bytes], bytes]:
    key = rsa.generate_private_key(65537, 2048)
    secret = key.private_bytes(DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    dummy = DummyTimeStamper(
        asn1_x509.Certificate.load(seals.certificate_of(key, "Tidsstempler").public_bytes(DER)),
        asn1_keys.PrivateKeyInfo.load(secret),
        fixed_dt=NOW,
    )
    return lambda asked: bytes(dummy.request_tsa_response(tsp.TimeStampReq.load(asked)).dump())


def stamped_at(sealed: bytes) -> list[datetime]:
    """The times that the timestamps in the file tell."""
    (signature,) = PdfFileReader(io.BytesIO(sealed)).embedded_signatures
    stamps = signature.signer_info["unsigned_attrs"] or []
    tokens = [token for stamp in stamps for token in stamp["values"]]
    return [token["content"]["encap_content_info"]["content"].parsed["gen_time"].native for token in tokens]


def test_seal_is_stamped_with_the_time_when_an_authority_is_named(printed: bytes, tmp_path: Path) -> None:
    with authority(stamping()) as (url, asked):
        sealed = sealer(tmp_path, {"TIMESTAMP_URL": url}).seal(printed, now=NOW).pdf
    assert len(asked) == 1
    assert stamped_at(sealed) == [NOW]
    assert seals.is_genuine(sealed)
    assert checker.problems(sealed) == []


def test_authority_that_answers_nonsense_costs_no_seal_and_is_left_alone_for_a_minute(
    printed: bytes, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with authority(lambda _asked: b"<html>no</html>") as (url, asked):
        unlucky = sealer(tmp_path, {"TIMESTAMP_URL": url})
        sealed = [unlucky.seal(printed, now=NOW + timedelta(seconds=later)).pdf for later in (0, 59)]
        assert len(asked) == 1
        unlucky.seal(printed, now=NOW + timedelta(seconds=60))
        assert len(asked) == 2
    assert [seals.is_genuine(one) for one in sealed] == [True, True]
    assert [stamped_at(one) for one in sealed] == [[], []]
    assert caplog.messages == ["sealed without a timestamp"] * 2


def test_authority_that_is_away_costs_no_seal(printed: bytes, tmp_path: Path) -> None:
    with authority(stamping()) as (url, _asked):
        pass
    sealed = sealer(tmp_path, {"TIMESTAMP_URL": url}).seal(printed, now=NOW).pdf
    assert seals.is_genuine(sealed)
    assert stamped_at(sealed) == []


# A key on a token

PIN = "4711"
MODULES = ["/usr/lib/softhsm/libsofthsm2.so", "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so"]


@pytest.fixture
def token(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """What the setting begins with: SoftHSM with a key of each kind."""
    named = [path for path in [os.environ.get("SOFTHSM2_MODULE", ""), *MODULES] if Path(path).is_file()]
    assert named, "SoftHSM is not installed, and this test needs it: run `make setup`."
    (tmp_path / "tokens").mkdir()
    (tmp_path / "softhsm.conf").write_text(f"directories.tokendir = {tmp_path / 'tokens'}\n")
    monkeypatch.setenv("SOFTHSM2_CONF", str(tmp_path / "softhsm.conf"))

    def tool(*told: str) -> None:
        command = ["softhsm2-util", "--module", named[0], *told, "--pin", PIN]
        subprocess.run(command, check=True, capture_output=True)

    tool("--init-token", "--free", "--label", "seals", "--so-pin", "0000")
    made = {kind: make() for kind, make in KEYS.items()}
    for number, (kind, key) in enumerate(made.items(), 1):
        file = key_file(tmp_path / "key.pem", key)
        tool("--import", file, "--token", "seals", "--label", kind, "--id", f"0{number}")
        Path(file).unlink()
    with pkcs11.lib(named[0]).get_token(token_label="seals").open(user_pin=PIN, rw=True) as session:
        for number, (kind, key) in enumerate(made.items(), 1):
            session.create_object(
                {
                    pkcs11.Attribute.CLASS: pkcs11.ObjectClass.CERTIFICATE,
                    pkcs11.Attribute.CERTIFICATE_TYPE: pkcs11.CertificateType.X_509,
                    pkcs11.Attribute.TOKEN: True,
                    pkcs11.Attribute.LABEL: kind,
                    pkcs11.Attribute.ID: bytes([number]),
                    pkcs11.Attribute.SUBJECT: b"",
                    pkcs11.Attribute.VALUE: seals.certificate_of(key).public_bytes(DER),
                }
            )
    return f"{named[0]};seals"


def test_page_sealed_with_a_key_on_a_token_is_valid(printed: bytes, tmp_path: Path, token: str) -> None:
    """One that is not there seals nothing, and does not keep others from it."""
    with pytest.raises(SealingFailed):
        sealer(tmp_path, {"PKCS11": f"{token};another", "PIN": PIN}).seal(printed, now=NOW)
    for kind in KEYS:
        ready = sealer(tmp_path, {"PKCS11": f"{token};{kind}", "PIN": PIN})
        for sealed in (ready.seal(printed, now=NOW), ready.seal(printed, now=NOW)):
            assert seals.is_genuine(sealed.pdf)
            assert checker.problems(sealed.pdf) == []
            assert not sealed.is_test
