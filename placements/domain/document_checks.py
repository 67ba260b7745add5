"""Is what was kept still what was handed out? All are read through; what changed or is gone is told."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import delete, or_, select, true
from sqlalchemy.orm import Session

from placements.db import one_at_a_time
from placements.domain.actors import Actor
from placements.domain.tasks import Task, TaskGroup, group
from placements.i18n import _
from placements.models.agreements import Agreement, AgreementSignature, AgreementVersion
from placements.models.amendments import Amendment, AmendmentSignature
from placements.models.cohorts import Cohort
from placements.models.diplomas import Diploma
from placements.models.document_checks import ChangedDocument, DocumentCheck
from placements.models.documents import Document
from placements.models.enrolments import Enrolment
from placements.models.frameworks import FrameworkAgreement
from placements.models.placements import Placement
from placements.models.programmes import Programme
from placements.models.users import Role

AT_ONCE = 20
"""Documents in memory at a time."""
EVERY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Found:
    """How many were read, the ids of those that have changed, and how many are gone.

    `printed`, up to `newest_id`: how many of our own making there must be. A scanned paper may be deleted.
    """

    documents: int
    changed: list[int]
    printed: int = 0
    newest_id: int = 0
    missing: int = 0

    @property
    def is_as_kept(self) -> bool:
        return not (self.changed or self.missing)


# Questions


def is_due(session: Session, *, now: datetime) -> bool:
    last = _last(session)
    return last is None or last.checked_at + EVERY <= now


def _last(session: Session) -> DocumentCheck | None:
    return session.scalar(select(DocumentCheck).order_by(DocumentCheck.id.desc()).limit(1))


def read_through(session: Session) -> Found:
    """Every document's bytes against their checksum, a few at a time, and their number against the last."""
    last = _last(session)
    expected, newest = (last.printed, last.newest_id) if last else (0, 0)
    documents, changed, printed = 0, [], list[int]()
    for id_, checksum, is_ours, content in _contents(session):
        documents += 1
        if is_ours:
            printed.append(id_)
        if sha256(content).hexdigest() != checksum:
            changed.append(id_)
    missing = max(0, expected - sum(id_ <= newest for id_ in printed))
    return Found(documents, changed, len(printed) + missing, max([newest, *printed]), missing)


def _contents(session: Session) -> Iterator[tuple[int, str, bool, bytes]]:
    last = 0
    is_ours = (Document.template_version != "").label("is_ours")
    some = select(Document.id, Document.sha256, is_ours, Document.content).order_by(Document.id)
    while rows := session.execute(some.where(Document.id > last).limit(AT_ONCE)).all():
        yield from ((row.id, row.sha256, row.is_ours, row.content) for row in rows)
        last = rows[-1].id


def numbers_of(session: Session, ids: Collection[int]) -> list[tuple[int, str]]:
    """Id and number of each, never whose it is."""
    rows = session.execute(select(Document.id, Document.number).where(Document.id.in_(ids)))
    return sorted((row.id, row.number) for row in rows)


# Actions


def keep(session: Session, found: Found, *, now: datetime) -> None:
    """In place of what the check before found."""
    one_at_a_time(session, "document check")
    session.execute(delete(ChangedDocument))
    session.execute(delete(DocumentCheck))
    session.add(
        DocumentCheck(
            checked_at=now,
            documents=found.documents,
            printed=found.printed,
            newest_id=found.newest_id,
            missing=found.missing,
        )
    )
    session.add_all(ChangedDocument(document_id=id_) for id_ in found.changed)


# On the home page


def changed_ones(session: Session, actor: Actor) -> list[TaskGroup]:
    """A group where something is wrong, and none on every other day.

    Coordinators are led to the record; administrators, who see no records, to the programme. Whose a document
    was that is gone, nobody can say: administrators are told how many.
    """
    both = select(DocumentCheck.missing, ChangedDocument.document_id).outerjoin(ChangedDocument, true())
    rows = session.execute(both).all()
    ids = {row.document_id for row in rows if row.document_id is not None}
    gone = [_gone(rows[0].missing)] if rows and rows[0].missing and Role.ADMIN in actor.roles else []
    if not (ids or gone) or not (actor.programme_ids or Role.ADMIN in actor.roles):
        return []
    belong, programmes = _belonging(session, ids), {one.id: one for one in session.scalars(select(Programme))}
    tasks = []
    for id_, number in numbers_of(session, ids):
        programme_id, href = belong.get(id_, (None, ""))
        programme = programmes.get(programme_id or 0)
        if programme_id in actor.programme_ids or (href and programme is None):
            tasks.append(_task(number, href))
        elif Role.ADMIN in actor.roles:
            tasks.append(_task(number, f"/programmes/{programme.slug}" if programme else "/programmes"))
    return [_group(gone + tasks)] if gone or tasks else []


def _gone(number: int) -> Task:
    note = _("De lå her før og er her ikke mere. Sig det til den, der driver systemet.")
    return Task(_("Dokumenter, der mangler: %(number)s", number=str(number)), "/programmes", note)


def _task(number: str, href: str) -> Task:
    note = _("Filen er ikke længere den, der blev gemt. Sig det til den, der driver systemet.")
    return Task(_("Dokument %(number)s", number=number), href, note)


def _group(tasks: list[Task]) -> TaskGroup:
    label, empty = (
        _("Gemte dokumenter, der er ændret eller mangler"),
        _("Alle gemte dokumenter er, som de blev gemt."),
    )
    return group("changed-documents", label, empty, tasks)


def _belonging(session: Session, ids: set[int]) -> dict[int, tuple[int | None, str]]:
    """Programme and page of each document: of an agreement, an amendment, a diploma, or a framework."""
    return {
        **_of_agreements(session, ids),
        **_of_amendments(session, ids),
        **_of_diplomas(session, ids),
        **_of_frameworks(session, ids),
    }


def _of_agreements(session: Session, ids: set[int]) -> dict[int, tuple[int | None, str]]:
    kept = (AgreementVersion.document_id, AgreementVersion.offered_id, AgreementSignature.scan_id)
    rows = session.execute(
        select(Placement.programme_id, Placement.id, *kept)
        .join(Agreement, Agreement.placement_id == Placement.id)
        .join(AgreementVersion, AgreementVersion.agreement_id == Agreement.id)
        .outerjoin(AgreementSignature, AgreementSignature.version_id == AgreementVersion.id)
        .where(or_(*(column.in_(ids) for column in kept)))
    )
    return {
        id_: (programme, f"/placements/{placement}/agreement")
        for programme, placement, *documents in rows
        for id_ in documents
        if id_ is not None
    }


def _of_amendments(session: Session, ids: set[int]) -> dict[int, tuple[int | None, str]]:
    kept = (Amendment.document_id, Amendment.offered_id, AmendmentSignature.scan_id)
    rows = session.execute(
        select(Placement.programme_id, Placement.id, Amendment.number, *kept)
        .join(Agreement, Agreement.placement_id == Placement.id)
        .join(Amendment, Amendment.agreement_id == Agreement.id)
        .outerjoin(AmendmentSignature, AmendmentSignature.amendment_id == Amendment.id)
        .where(or_(*(column.in_(ids) for column in kept)))
    )
    return {
        id_: (programme, f"/placements/{placement}/amendments/{number}")
        for programme, placement, number, *documents in rows
        for id_ in documents
        if id_ is not None
    }


def _of_diplomas(session: Session, ids: set[int]) -> dict[int, tuple[int | None, str]]:
    rows = session.execute(
        select(Cohort.programme_id, Diploma.enrolment_id, Diploma.document_id)
        .join(Enrolment, Enrolment.id == Diploma.enrolment_id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .where(Diploma.document_id.in_(ids))
    )
    return {
        id_: (programme, f"/enrolments/{enrolment}/diploma")
        for programme, enrolment, id_ in rows
        if id_ is not None
    }


def _of_frameworks(session: Session, ids: set[int]) -> dict[int, tuple[int | None, str]]:
    """All staff see them."""
    rows = session.execute(
        select(FrameworkAgreement.id, FrameworkAgreement.scan_id).where(FrameworkAgreement.scan_id.in_(ids))
    )
    return {id_: (None, f"/frameworks/{framework}") for framework, id_ in rows if id_ is not None}
