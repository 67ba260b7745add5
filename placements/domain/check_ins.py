"""Saying oneself that one is there, by a code that is shown in class and changes every half minute (row 28).

The code follows from the server's secret, the session and the time: nothing is kept of it. The one before
still counts, for those who type slowly. What the teacher writes in the register stands above it.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session, joinedload

from placements.domain import attendance_ledger, enrolments
from placements.domain.actors import Actor
from placements.domain.rules import RuleBroken, TooOften
from placements.formatting import local
from placements.i18n import _
from placements.models.attendance import Attendance
from placements.models.check_ins import CheckInTry
from placements.models.enrolments import Enrolment
from placements.models.follow_up_days import AttendanceStatus
from placements.models.teaching import ModuleRun, TeachingSession

STEP = 30
DIGITS = 6
MOST_TRIES, WINDOW = 10, timedelta(minutes=10)
WRONG = _("Koden passer ikke. Skriv den, der står på skærmen lige nu.")


@dataclass(frozen=True, slots=True)
class Own:
    """A session of today and as whom one is in it."""

    session: TeachingSession
    enrolment: Enrolment

    @property
    def planned(self) -> int:
        return attendance_ledger.planned_minutes(self.session, self.enrolment.audience)


# Questions


def is_open(taught: TeachingSession, *, today: date) -> bool:
    """On the day itself, until the register is kept."""
    return taught.held_on == today and taught.register_kept_at is None


def code_of(secret: str, taught: TeachingSession, *, now: datetime, before: int = 0) -> str:
    """The six digits of now, or of so many steps before."""
    step = int(now.timestamp()) // STEP - before
    mac = hmac.digest(f"check-in {secret}".encode(), f"{taught.id} {step}".encode(), "sha256")
    return f"{int.from_bytes(mac[:8], 'big') % 10**DIGITS:0{DIGITS}d}"


def _is_right(secret: str, taught: TeachingSession, typed: str, *, now: datetime) -> bool:
    codes = (code_of(secret, taught, now=now, before=before) for before in (0, 1))
    return any(hmac.compare_digest(code.encode(), typed.encode()) for code in codes)


def own_today(session: Session, actor: Actor, *, today: date) -> list[Own]:
    """The sessions of today that this participant is in."""
    query = (
        select(TeachingSession, Enrolment)
        .select_from(Enrolment)
        .options(joinedload(TeachingSession.run).joinedload(ModuleRun.module))
        .join(ModuleRun, attendance_ledger.takes_part())
        .join(TeachingSession, TeachingSession.run_id == ModuleRun.id)
        .where(Enrolment.user_id == actor.id, TeachingSession.held_on == today)
        .order_by(TeachingSession.starts_at, TeachingSession.id)
    )
    found = [Own(taught, enrolment) for taught, enrolment in session.execute(query)]
    return [
        own
        for own in found
        if attendance_ledger.is_for(own.session, own.enrolment.audience) and enrolments.stays(own.enrolment)
    ]


def checked_in(session: Session, taught: TeachingSession) -> int:
    """How many have said that they are there."""
    query = select(func.count(Attendance.id)).where(
        Attendance.session_id == taught.id, Attendance.checked_in_at.is_not(None)
    )
    return session.scalar(query) or 0


def late_minutes(taught: TeachingSession, *, now: datetime) -> int:
    """Whole minutes since it began; before that 0."""
    clock = local(now)
    return max(0, (clock.hour - taught.starts_at.hour) * 60 + clock.minute - taught.starts_at.minute)


# Actions


def note_try(session: Session, actor: Actor, *, now: datetime) -> None:
    """Kept whatever comes of it. Older ones are of no use any more."""
    session.execute(
        delete(CheckInTry).where(CheckInTry.user_id == actor.id, CheckInTry.tried_at <= now - WINDOW)
    )
    session.add(CheckInTry(user_id=actor.id, tried_at=now))


def check_in(
    session: Session, actor: Actor, typed: str, *, secret: str, today: date, now: datetime
) -> TeachingSession:
    """Present, with the minutes that the clock says. Doing it again changes nothing."""
    tries = session.scalar(
        select(func.count(CheckInTry.id)).where(
            CheckInTry.user_id == actor.id, CheckInTry.tried_at > now - WINDOW
        )
    )
    if (tries or 0) > MOST_TRIES:
        raise TooOften(_("Du har prøvet mange gange. Vent lidt, eller sig til underviseren, at du er der."))
    right = [
        own
        for own in own_today(session, actor, today=today)
        if _is_right(secret, own.session, typed, now=now)
    ]
    if not right:
        raise RuleBroken(WRONG, field="code")
    own = right[0]
    _wait_for(session, own.session)
    _write(session, own, now=now)
    return own.session


def _wait_for(session: Session, taught: TeachingSession) -> None:
    """Many check in at once: one at a time, each on what the one before has left."""
    session.scalars(
        select(TeachingSession)
        .where(TeachingSession.id == taught.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()


def _write(session: Session, own: Own, *, now: datetime) -> None:
    taught, late = own.session, late_minutes(own.session, now=now)
    if taught.register_kept_at is not None:
        raise RuleBroken(_("Protokollen er ført. Sig til underviseren, at du er der."))
    if late >= own.planned:
        raise RuleBroken(_("Undervisningen er slut."))
    written = session.scalar(
        select(Attendance).where(
            Attendance.session_id == taught.id, Attendance.enrolment_id == own.enrolment.id
        )
    )
    if written is not None:
        return
    session.add(
        Attendance(
            session_id=taught.id,
            enrolment_id=own.enrolment.id,
            status=AttendanceStatus.PRESENT,
            late_minutes=late,
            checked_in_at=now,
        )
    )
    taught.version += 1
