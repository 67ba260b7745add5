"""What seal a stranger's file bears: read for the worker process alone, within its limits.

It never decides that a file is genuine: only the checksum of the frozen document does. It tells apart what
is not. Nothing is fetched, and nothing of the file is written to a log.
"""

from __future__ import annotations

import base64
import enum
import io
import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

CPU_SECONDS = 5
MOST_SIGNATURES = 20


class Finding(enum.StrEnum):
    """`WHOLE`, `ADDED`, `BROKEN`: with our seal, and intact to the last byte, with more after it, or not."""

    WHOLE = "whole"
    ADDED = "added"
    BROKEN = "broken"
    SOMEBODY_ELSES = "somebody_elses"
    NOTHING = "nothing"
    UNREADABLE = "unreadable"


def inspect(content: str, certificates: Iterable[str]) -> dict[str, str]:
    """The finding, and the fingerprint of the certificate that it is about. `content` is in base64."""
    with _silence():
        known = {one.sha256.hex(): one for one in _certificates(certificates)}
        found, about = _judged(base64.b64decode(content), known)
    return {"finding": found, "fingerprint": about}


def _judged(content: bytes, known: dict[str, Any]) -> tuple[Finding, str]:
    """Whatever a hostile file makes a parser do is an answer; a file that names us is never a stranger's."""
    try:
        found, about = _seal_in(content, known)
    except Exception:
        found, about = Finding.UNREADABLE, ""
    if not about and (named := _named_in(content, known)):
        return Finding.BROKEN, named
    return found, about


def _seal_in(content: bytes, known: dict[str, Any]) -> tuple[Finding, str]:
    from pyhanko.pdf_utils.reader import PdfFileReader

    signatures = PdfFileReader(io.BytesIO(content)).embedded_signatures
    for signature in list(reversed(signatures))[:MOST_SIGNATURES]:
        fingerprint = signature.signer_cert.sha256.hex()
        if fingerprint in known:
            return _state_of(signature, known[fingerprint]), fingerprint
    return (Finding.SOMEBODY_ELSES if signatures else Finding.NOTHING), ""


def _state_of(signature: Any, certificate: Any) -> Finding:
    """Verified with the certificate that we know, not by a chain: our own list says whose seal it is."""
    from pyhanko.sign.validation.generic_cms import validate_sig_integrity
    from pyhanko.sign.validation.status import SignatureCoverageLevel

    intact, valid = validate_sig_integrity(
        signature.signer_info, certificate, "data", signature.compute_digest()
    )
    coverage = signature.evaluate_signature_coverage()
    if not (intact and valid) or coverage < SignatureCoverageLevel.ENTIRE_REVISION:
        return Finding.BROKEN
    return Finding.WHOLE if coverage is SignatureCoverageLevel.ENTIRE_FILE else Finding.ADDED


def _named_in(content: bytes, known: dict[str, Any]) -> str:
    """Whose certificate, or name and serial number, stands in the seal of a file that cannot be read."""
    text = content.lower()
    marks = ((fingerprint, mark) for fingerprint, one in known.items() for mark in _marks(one))
    return next((fingerprint for fingerprint, mark in marks if mark.hex().encode() in text), "")


def _marks(certificate: Any) -> Iterator[bytes]:
    """Both stand in every seal, in different places: one changed byte does not hide them both."""
    yield certificate.dump()
    yield certificate.issuer.dump() + certificate["tbs_certificate"]["serial_number"].dump()


def _certificates(texts: Iterable[str]) -> Iterator[Any]:
    from pyhanko.keys import load_certs_from_pemder_data

    for text in texts:
        yield from load_certs_from_pemder_data(text.encode())


@contextmanager
def _silence() -> Iterator[None]:
    """pyHanko tells its log what it wonders about, in the file's own words."""
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(logging.NOTSET)
