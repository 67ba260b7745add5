"""Is it genuine? Told to whoever holds the code or the file itself; who guesses is stopped.

That a file is genuine is said by the checksum of a frozen document alone; its seal tells apart what is not.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from placements.domain import (
    agreement_states,
    amendment_states,
    amendments,
    diploma_states,
    diplomas,
    guessing,
    placement_states,
)
from placements.domain.rules import RuleBroken
from placements.domain.verify_answers import Answer, Facts, Verdict
from placements.formatting import local
from placements.i18n import _
from placements.models.agreements import AgreementVersion
from placements.models.amendments import Amendment
from placements.models.diplomas import Diploma
from placements.models.documents import Document
from placements.models.seals import Seal

LARGEST = 10 * 1024 * 1024
ENDINGS = re.compile(rb"%%EOF(\r?\n|\r)?")
MOST_ENDINGS = 8
"""A sealed document has two or three; what is appended comes after them."""


@dataclass(frozen=True, slots=True)
class KnownSeal:
    """The certificate (PEM) of one of our seals."""

    certificate: str
    is_test: bool


# Questions


def seals(session: Session) -> dict[str, KnownSeal]:
    """All that documents were sealed with, by fingerprint, the newest first."""
    known = session.scalars(select(Seal).order_by(Seal.first_used_at.desc(), Seal.id.desc()))
    return {seal.fingerprint: KnownSeal(seal.certificate, seal.is_test) for seal in known}


def of_known(session: Session, whole: str, beginnings: set[str]) -> Answer | None:
    """How the document stands, if a file with these checksums is one of ours or begins as one."""
    chosen = select(Document).where(
        or_(Document.sha256.in_([whole, *beginnings]), Document.page_sha256.in_(beginnings))
    )
    documents = session.scalars(chosen.options(joinedload(Document.seal))).all()
    for document in sorted(documents, key=lambda one: one.sha256 != whole):
        answer = _standing(session, document)
        if answer is not None and document.sha256 != whole:
            return replace(answer, verdict=Verdict.ADDED, ended_on=None)
        if answer is not None:
            return answer
    return None


def _checksums(content: bytes) -> tuple[str, set[str]]:
    """Of all of it, and of each beginning that could be a file of its own: a PDF grows at its end."""
    digest, done, beginnings = hashlib.sha256(), 0, set()
    for ending in islice(ENDINGS.finditer(content), MOST_ENDINGS):
        for end in sorted({ending.start() + len(b"%%EOF"), ending.end()}):
            digest.update(content[done:end])
            beginnings.add(digest.hexdigest())
            done = end
    digest.update(content[done:])
    return digest.hexdigest(), beginnings


def _standing(session: Session, document: Document) -> Answer | None:
    """None of a paper that was scanned and kept: it is not ours."""
    if diploma := session.scalar(select(Diploma).where(Diploma.document_id == document.id)):
        return of_diploma(diploma)
    return _of_version(session, document) or _of_amendment(session, document) or _of_other(document)


def of_diploma(diploma: Diploma) -> Answer:
    facts = Facts(
        kind=diploma.kind,
        name=diploma.person_name,
        programme=diploma.programme_name,
        number=diploma.number,
        dated=diploma.issued_on,
        issuer=diploma.issuer,
    )
    verdict = Verdict.REVOKED
    if diploma_states.is_valid(diploma):
        verdict = Verdict.GENUINE
    elif diploma_states.is_replaced(diploma):
        verdict = Verdict.SUPERSEDED
    return Answer(verdict, facts, ended_on=diploma.ended_on, test_seal=_has_test_seal(diploma.document))


def _of_version(session: Session, document: Document) -> Answer | None:
    holding = or_(AgreementVersion.document_id == document.id, AgreementVersion.offered_id == document.id)
    version = session.scalar(select(AgreementVersion).where(holding))
    if version is None:
        return None
    if placement_states.is_released(version.agreement.placement):
        return _told(document, Verdict.ENDED)
    if not agreement_states.is_newest(version) or amendments.last_in_force(session, version):
        return _told(document, Verdict.SUPERSEDED)
    if version.document_id == document.id:
        return _told(document, Verdict.GENUINE)
    return _told(document, Verdict.SUPERSEDED if agreement_states.is_signed(version) else Verdict.UNSIGNED)


def _of_amendment(session: Session, document: Document) -> Answer | None:
    holding = or_(Amendment.document_id == document.id, Amendment.offered_id == document.id)
    amendment = session.scalar(select(Amendment).where(holding))
    if amendment is None:
        return None
    if amendment_states.is_withdrawn(amendment):
        return _told(document, Verdict.REVOKED)
    if placement_states.is_released(amendment.agreement.placement):
        return _told(document, Verdict.ENDED)
    newest = amendments.last_in_force(session, amendment.base)
    if not agreement_states.is_newest(amendment.base) or (newest and newest.number > amendment.number):
        return _told(document, Verdict.SUPERSEDED)
    if amendment.document_id == document.id:
        return _told(document, Verdict.GENUINE)
    return _told(document, Verdict.SUPERSEDED if newest is amendment else Verdict.UNSIGNED)


def _of_other(document: Document) -> Answer | None:
    return _told(document, Verdict.GENUINE) if document.seal_id else None


def _told(document: Document, verdict: Verdict) -> Answer:
    facts = Facts(kind=document.kind, number=document.number, dated=local(document.created_at).date())
    return Answer(verdict, facts, test_seal=_has_test_seal(document))


def _has_test_seal(document: Document | None) -> bool:
    return bool(document and document.seal and document.seal.is_test)


# Actions


def look_up(session: Session, code: str, *, address: str, now: datetime) -> Answer | None:
    """How the diploma stands. Raises `TooOften`, also for a right code, after many wrong ones."""

    def find() -> Answer | None:
        diploma = diplomas.by_code(session, code)
        return replace(of_diploma(diploma), by_code=True) if diploma else None

    return guessing.looked_up(session, find, address=address, now=now)


def look_up_file(session: Session, content: bytes, *, address: str, now: datetime) -> Answer | None:
    """How the document stands. One that we do not know counts as a wrong code does: it will be inspected."""
    if not content:
        raise RuleBroken(_("Filen er tom. Vælg den fil, du har fået."), field="file")
    if len(content) > LARGEST:
        raise RuleBroken(_("Filen er for stor. Den må højst fylde 10 MB."), field="file")
    sums = _checksums(content)  # before others wait for the count
    return guessing.looked_up(session, lambda: of_known(session, *sums), address=address, now=now)
