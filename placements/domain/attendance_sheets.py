"""Who stands on the list that is signed in the room: of one session, or of all in its run."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from placements.domain import attendance_ledger, enrolments
from placements.models.enrolments import Enrolment
from placements.models.teaching import ModuleRun, TeachingSession
from placements.models.users import User

Sheet = tuple[TeachingSession, list[str]]


def of(session: Session, taught: TeachingSession, *, whole_run: bool) -> list[Sheet]:
    """Each session with the names of those it is for and who are still there; as many statements for all."""
    chosen = TeachingSession.run_id == taught.run_id if whole_run else TeachingSession.id == taught.id
    sessions = session.scalars(
        select(TeachingSession)
        .options(selectinload(TeachingSession.teachers))
        .where(chosen)
        .order_by(TeachingSession.held_on, TeachingSession.starts_at, TeachingSession.id)
    ).all()
    people = session.execute(
        select(Enrolment, User.name)
        .select_from(Enrolment)
        .join(ModuleRun, attendance_ledger.takes_part())
        .join(User, User.id == Enrolment.user_id)
        .where(ModuleRun.id == taught.run_id)
        .order_by(User.name, Enrolment.id)
    ).all()
    there = [(enrolment.audience, name) for enrolment, name in people if enrolments.stays(enrolment)]
    return [
        (one, [name for audience, name in there if attendance_ledger.is_for(one, audience)])
        for one in sessions
    ]
