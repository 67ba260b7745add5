"""Notice of absence, given beforehand by the participant with a class of reason (row 22).

It can be taken back until the session begins; then it stays as it was given.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from placements.db import one_at_a_time
from placements.domain import attendance_ledger, enrolments, registers
from placements.domain.rules import RuleBroken
from placements.formatting import local
from placements.i18n import _
from placements.models.attendance import AbsenceNotice, AbsenceReason
from placements.models.enrolments import Enrolment
from placements.models.teaching import ModuleRun, TeachingSession

# Questions


@dataclass(frozen=True, slots=True)
class ComingSession:
    """A session to come, as one participant has it; `ends_at` counts what comes on top for them (H-14)."""

    session: TeachingSession
    ends_at: time
    notice: AbsenceNotice | None
    open: bool


def has_begun(taught: TeachingSession, *, now: datetime) -> bool:
    return (taught.held_on, taught.starts_at) <= (local(now).date(), local(now).time())


def coming(session: Session, enrolment: Enrolment, *, today: date, now: datetime) -> list[ComingSession]:
    """From today on, in the order they are held."""
    lines = attendance_ledger.lines(session, [enrolment.id])[enrolment.id]
    planned = {line.session_id: line.planned for line in lines if line.held_on >= today}
    query = (
        select(TeachingSession)
        .options(joinedload(TeachingSession.run).joinedload(ModuleRun.module))
        .where(TeachingSession.id.in_(planned))
        .order_by(TeachingSession.held_on, TeachingSession.starts_at, TeachingSession.id)
    )
    given = select(AbsenceNotice).where(AbsenceNotice.enrolment_id == enrolment.id)
    notices = {notice.session_id: notice for notice in session.scalars(given)}
    active = enrolments.is_active(enrolment)
    return [
        ComingSession(
            taught,
            _end(taught, planned[taught.id]),
            notices.get(taught.id),
            active and not has_begun(taught, now=now),
        )
        for taught in session.scalars(query)
    ]


def _end(taught: TeachingSession, planned: int) -> time:
    return (datetime.combine(taught.held_on, taught.starts_at) + timedelta(minutes=planned)).time()


def _of(session: Session, enrolment: Enrolment, taught: TeachingSession) -> AbsenceNotice | None:
    """The one that is given, with nobody else at it."""
    one_at_a_time(session, f"absence {enrolment.id}")
    return session.scalar(
        select(AbsenceNotice).where(
            AbsenceNotice.enrolment_id == enrolment.id, AbsenceNotice.session_id == taught.id
        )
    )


# Actions


def give(
    session: Session, enrolment: Enrolment, taught: TeachingSession, *, reason: AbsenceReason, now: datetime
) -> None:
    """Giving it again changes the reason."""
    if not enrolments.is_active(enrolment):
        raise RuleBroken(_("Du er ikke længere på holdet, så der er ikke noget at melde afbud til."))
    if enrolment.id not in registers.people(session, taught):
        raise RuleBroken(_("Du er ikke med i den undervisning."))
    if has_begun(taught, now=now):
        raise RuleBroken(_("Undervisningen er begyndt. Ring eller skriv til underviseren i stedet."))
    notice = _of(session, enrolment, taught)
    if notice is None:
        notice = AbsenceNotice(session_id=taught.id, enrolment_id=enrolment.id, given_at=now)
        session.add(notice)
    notice.reason = reason


def take_back(session: Session, enrolment: Enrolment, taught: TeachingSession, *, now: datetime) -> None:
    """One that was taken back before is gone all the same."""
    notice = _of(session, enrolment, taught)
    if notice is None:
        return
    if has_begun(taught, now=now):
        raise RuleBroken(_("Undervisningen er begyndt. Sig til underviseren, at du er der."))
    session.delete(notice)
