"""Whom a teaching session concerns, and telling them that it has changed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from placements.domain import attendance_ledger, enrolments, outbox
from placements.models.enrolments import Enrolment
from placements.models.teaching import ModuleRun, TeachingSession
from placements.models.users import User

CHANGED = "teaching_changed"


def participants(session: Session, sessions: Collection[TeachingSession]) -> list[User]:
    """Those who are to be at one of them, have not left the course, and have an account still."""
    query = (
        select(Enrolment, ModuleRun.id)
        .join(ModuleRun, attendance_ledger.takes_part())
        .where(ModuleRun.id.in_({one.run_id for one in sessions}))
        .options(joinedload(Enrolment.user))
        .order_by(Enrolment.id)
    )
    people = {}
    for enrolment, run_id in session.execute(query):
        own = [one for one in sessions if one.run_id == run_id]
        if (
            enrolment.user.active
            and enrolments.stays(enrolment)
            and any(attendance_ledger.is_for(one, enrolment.audience) for one in own)
        ):
            people[enrolment.user_id] = enrolment.user
    return list(people.values())


def teachers(session: Session, sessions: Collection[TeachingSession]) -> list[User]:
    """Those of its teachers who have an account that is open."""
    ids = {teacher.user_id for one in sessions for teacher in one.teachers if teacher.user_id}
    return list(session.scalars(select(User).where(User.active, User.id.in_(ids)).order_by(User.id)))


def concerned(session: Session, changed: Collection[TeachingSession]) -> dict[User, str]:
    """Participants and teachers, each with the page that tells them more."""
    if not changed:
        return {}
    pages = dict.fromkeys(participants(session, changed), "/my")
    return pages | dict.fromkeys(teachers(session, changed), "/teaching")


def tell(session: Session, people: Mapping[User, str], *, now: datetime) -> None:
    """One mail to each, however many sessions have changed."""
    for person, path in people.items():
        outbox.notify(session, person, CHANGED, path=path, now=now)


def loaded(session: Session, run_ids: Collection[int]) -> list[TeachingSession]:
    """The sessions of these runs in the order they are held, with run and teachers."""
    query = (
        select(TeachingSession)
        .where(TeachingSession.run_id.in_(run_ids))
        .options(
            joinedload(TeachingSession.run).joinedload(ModuleRun.module),
            selectinload(TeachingSession.teachers),
        )
        .order_by(TeachingSession.held_on, TeachingSession.starts_at, TeachingSession.id)
    )
    return list(session.scalars(query))
