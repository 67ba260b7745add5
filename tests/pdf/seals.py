"""A seal as somebody else's program sees it: Poppler's pdfsig, which shares no code with what seals."""

from __future__ import annotations

import subprocess
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes

from placements.sealing.keys import PrivateKey


def seen(pdf: bytes) -> list[str]:
    """What pdfsig says of each signature; of a file without one, that there is none."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sealed.pdf"
        path.write_bytes(pdf)
        answer = subprocess.run(["pdfsig", "-nocert", path], capture_output=True, text=True, check=False)
    return [line.strip(" -") for line in answer.stdout.splitlines()]


def is_genuine(pdf: bytes) -> bool:
    """One valid signature, over every byte of the file."""
    said = seen(pdf)
    return (
        sum(line.startswith("Signature #") for line in said) == 1
        and "Signature Validation: Signature is Valid." in said
        and "Total document signed" in said
    )


def spoiled(pdf: bytes) -> bytes:
    """The same file with one byte changed in the middle of the page."""
    middle = len(pdf) // 3
    return pdf[:middle] + bytes([pdf[middle] ^ 1]) + pdf[middle + 1 :]


def certificate_of(
    key: PrivateKey, name: str = "Recovery-skolen", issued_by: PrivateKey | None = None, until: int = 2035
) -> x509.Certificate:
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    issuer = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Udsteder")]) if issued_by else subject
    return (
        x509.CertificateBuilder(issuer, subject, key.public_key(), x509.random_serial_number())
        .not_valid_before(datetime(2024, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(until, 1, 1, tzinfo=UTC))
        .sign(issued_by or key, hashes.SHA256())
    )
