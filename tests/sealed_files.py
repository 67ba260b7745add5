"""Files sealed by us or by others, and what may happen to one on its way."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

import pypdfium2
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from placements.sealing import Sealer
from placements.sealing.keys import Held
from tests.pdf.seals import certificate_of

NOW = datetime(2025, 2, 3, 9, tzinfo=UTC)


@dataclass(frozen=True)
class Key:
    certificate: str
    fingerprint: str
    sealer: Sealer


@cache
def key(name: str) -> Key:
    """Made once for each name."""
    private = ec.generate_private_key(ec.SECP256R1())
    certificate = certificate_of(private, name)
    return Key(
        certificate.public_bytes(serialization.Encoding.PEM).decode(),
        certificate.fingerprint(hashes.SHA256()).hex(),
        Sealer(Held(private, certificate)),
    )


@cache
def page(width: int = 100) -> bytes:
    out = io.BytesIO()
    blank = pypdfium2.PdfDocument.new()
    blank.new_page(width, 100)
    blank.save(out)
    blank.close()
    return out.getvalue()


def sealed(pdf: bytes, by: Key) -> bytes:
    return by.sealer.seal(pdf, now=NOW).pdf


def changed(pdf: bytes, at: int) -> bytes:
    """One byte is another."""
    return pdf[:at] + bytes([pdf[at] ^ 1]) + pdf[at + 1 :]


def with_more(pdf: bytes) -> bytes:
    """As a viewer saves it that notes when it did."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    writer.update_root()
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
