"""A stranger's file that is none of our documents as they were frozen: what is it then?"""

from __future__ import annotations

from collections.abc import Mapping
from threading import BoundedSemaphore

from placements import pdf
from placements.domain.rules import TooOften
from placements.domain.verify import KnownSeal
from placements.domain.verify_answers import Answer, Verdict
from placements.i18n import _
from placements.pdf import Finding

PATIENCE = 5.0
VERDICTS = {
    Finding.WHOLE: Verdict.UNREGISTERED,
    Finding.ADDED: Verdict.ADDED,
    Finding.BROKEN: Verdict.CHANGED,
    Finding.SOMEBODY_ELSES: Verdict.FOREIGN,
    Finding.NOTHING: Verdict.FOREIGN,
    Finding.UNREADABLE: Verdict.UNREADABLE,
}
BUSY = _("Der undersøges mange filer lige nu. Prøv igen om lidt.")
_one_stranger = BoundedSemaphore(1)
"""Strangers never take all the workers that print."""


def judged(content: bytes, seals: Mapping[str, KnownSeal]) -> Answer:
    """Raises `TooOften` when no worker is free."""
    if b"%PDF-" not in content[:1024]:
        return Answer(Verdict.FOREIGN)
    finding, fingerprint = _inspected(content, [seal.certificate for seal in seals.values()])
    return Answer(VERDICTS[finding], test_seal=fingerprint in seals and seals[fingerprint].is_test)


def _inspected(content: bytes, certificates: list[str]) -> tuple[Finding, str]:
    if not _one_stranger.acquire(timeout=PATIENCE):
        raise TooOften(BUSY)
    try:
        return pdf.inspect(content, certificates)
    except pdf.NoneFree:
        raise TooOften(BUSY) from None
    finally:
        _one_stranger.release()
