"""The key that badges are signed with: given as a file, or made here once."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from placements.config import BadConfiguration, refuse_readable_by_others, secret_file

SMALLEST_RSA = 2048

PrivateKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


def of(config: Mapping[str, Any]) -> PrivateKey:
    """Raises `BadConfiguration`."""
    if config["BADGE_KEY"]:
        return _given(Path(config["BADGE_KEY"]))
    path: Path = config["INSTANCE"] / "badges" / "key.pem"
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    return _loaded(path, secret_file(path, _made).encode())


def _given(path: Path) -> PrivateKey:
    try:
        content = path.read_bytes()
    except OSError:
        raise BadConfiguration(f"PLACEMENTS_BADGE_KEY: {path} cannot be read.") from None
    refuse_readable_by_others(path)
    return _loaded(path, content)


def _loaded(path: Path, content: bytes) -> PrivateKey:
    try:
        key = serialization.load_pem_private_key(content, None)
    except (ValueError, TypeError):
        raise BadConfiguration(f"{path} is not a private key in PEM without a passphrase.") from None
    if isinstance(key, ec.EllipticCurvePrivateKey) and isinstance(key.curve, ec.SECP256R1):
        return key
    if isinstance(key, rsa.RSAPrivateKey) and key.key_size >= SMALLEST_RSA:
        return key
    raise BadConfiguration(f"The key in {path} must be of P-256, or RSA of {SMALLEST_RSA} bits or more.")


def _made() -> str:
    secret = ec.generate_private_key(ec.SECP256R1()).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return secret.decode()
