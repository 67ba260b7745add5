"""What people were to attend and what they attended, in minutes: the account that every rule counts on.

Who is in a session: all in the run's cohort to whom the module is offered, or whoever signed up for the run
where one signs up; and of these the audiences that the session is for (H-13 to H-16). What a kept register
says of somebody stands, also when the module is no longer offered to them or their audience was corrected.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, time

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select
from sqlalchemy.orm import Session, aliased

from placements.models.attendance import Attendance
from placements.models.cohorts import Cohort
from placements.models.enrolments import Enrolment
from placements.models.follow_up_days import AttendanceStatus
from placements.models.programmes import Audience, ModuleRule, ModuleRuleKind
from placements.models.teaching import ModuleRun, RunSignUp, TeachingSession


@dataclass(frozen=True, slots=True)
class Line:
    """One person at one session. `attended` is None until the register is kept.

    Minutes: 0 <= attended <= planned. Whoever the kept register does not name was not there. Of somebody
    excused `attended` is 0.
    """

    session_id: int
    run_id: int
    module_id: int
    held_on: date
    planned: int
    attended: int | None
    excused: bool = False

    @property
    def missed(self) -> int:
        """Minutes that are lost, excused or not; 0 until the register is kept."""
        return 0 if self.attended is None else self.planned - self.attended


def planned_minutes(session: TeachingSession, audience: Audience) -> int:
    """From the first minute to the last, with what comes on top for the audience (H-14)."""
    return length(session.starts_at, session.ends_at) + int(session.extra_minutes.get(audience.value, 0))


def length(starts_at: time, ends_at: time) -> int:
    """In minutes, on one day."""
    return (ends_at.hour - starts_at.hour) * 60 + ends_at.minute - starts_at.minute


def attended_minutes(planned: int, status: AttendanceStatus, *, late: int = 0, early: int = 0) -> int:
    """Never negative, never more than planned."""
    if status is not AttendanceStatus.PRESENT:
        return 0
    return max(0, planned - max(0, late) - max(0, early))


def takes_part() -> ColumnElement[bool]:
    """Joins people to the runs they are in; which of its sessions are theirs, `is_for` says."""
    return or_(and_(_of_the_cohort(), _is_offered()), _signed_up())


def _of_the_cohort() -> ColumnElement[bool]:
    return and_(ModuleRun.sign_up.is_(False), ModuleRun.cohort_id == Enrolment.cohort_id)


def _is_offered() -> ColumnElement[bool]:
    return exists().where(
        ModuleRule.module_id == ModuleRun.module_id,
        ModuleRule.audience == Enrolment.audience,
        ModuleRule.rule != ModuleRuleKind.NOT_OFFERED,
    )


def _signed_up() -> ColumnElement[bool]:
    signed_up = exists().where(RunSignUp.run_id == ModuleRun.id, RunSignUp.enrolment_id == Enrolment.id)
    return and_(ModuleRun.sign_up.is_(True), signed_up)


def is_for(session: TeachingSession, audience: Audience) -> bool:
    return not session.audiences or audience.value in session.audiences


def lines(session: Session, enrolment_ids: Collection[int]) -> dict[int, list[Line]]:
    """Enrolment → its lines in the order they are held; somebody in no session has an empty list."""
    return _gathered(session, enrolment_ids, _rows().where(Enrolment.id.in_(enrolment_ids)))


def lines_of_cohort(session: Session, cohort_id: int) -> dict[int, list[Line]]:
    """The same for everybody in a cohort."""
    people = session.scalars(select(Enrolment.id).where(Enrolment.cohort_id == cohort_id)).all()
    return _gathered(session, people, _rows().where(Enrolment.cohort_id == cohort_id))


Row = Select[int, Audience, int, TeachingSession, bool, AttendanceStatus, int, int]


def _rows() -> Row:
    return (
        select(
            Enrolment.id,
            Enrolment.audience,
            ModuleRun.module_id,
            TeachingSession,
            takes_part(),
            Attendance.status,
            Attendance.late_minutes,
            Attendance.early_minutes,
        )
        .select_from(Enrolment)
        .join(ModuleRun, or_(_of_the_cohort(), _signed_up()))
        .join(TeachingSession, TeachingSession.run_id == ModuleRun.id)
        .outerjoin(
            Attendance,
            and_(Attendance.session_id == TeachingSession.id, Attendance.enrolment_id == Enrolment.id),
        )
        .order_by(TeachingSession.held_on, TeachingSession.starts_at, TeachingSession.id)
    )


def _gathered(session: Session, enrolment_ids: Collection[int], rows: Row) -> dict[int, list[Line]]:
    found: dict[int, list[Line]] = {enrolment_id: [] for enrolment_id in enrolment_ids}
    for enrolment_id, audience, module_id, taught, theirs, status, late, early in session.execute(rows):
        kept = taught.register_kept_at is not None
        if (theirs and is_for(taught, audience)) or (kept and status is not None):
            planned = planned_minutes(taught, audience)
            found[enrolment_id].append(
                Line(
                    session_id=taught.id,
                    run_id=taught.run_id,
                    module_id=module_id,
                    held_on=taught.held_on,
                    planned=planned,
                    attended=_attended(planned, status, late, early) if kept else None,
                    excused=kept and status is AttendanceStatus.EXCUSED,
                )
            )
    return found


def _attended(planned: int, status: AttendanceStatus | None, late: int | None, early: int | None) -> int:
    return attended_minutes(planned, status or AttendanceStatus.ABSENT, late=late or 0, early=early or 0)


def cohorts_with_sessions(session: Session, cohort_ids: Collection[int]) -> set[int]:
    """Those whose theory is planned here: what is attended is counted, not confirmed by hand.

    Runs that people sign up for are for every cohort of the programme.
    """
    host = aliased(Cohort)
    planned = exists().where(
        TeachingSession.run_id == ModuleRun.id,
        ModuleRun.cohort_id == host.id,
        or_(
            host.id == Cohort.id,
            and_(ModuleRun.sign_up.is_(True), host.programme_id == Cohort.programme_id),
        ),
    )
    return set(session.scalars(select(Cohort.id).where(Cohort.id.in_(cohort_ids), planned)))


def runs_without_sessions(session: Session, enrolment_ids: Collection[int]) -> dict[int, set[int]]:
    """Enrolment → the modules of its runs that nobody has planned yet."""
    planned = exists().where(TeachingSession.run_id == ModuleRun.id)
    query = (
        select(Enrolment.id, ModuleRun.module_id)
        .select_from(Enrolment)
        .join(ModuleRun, takes_part())
        .where(Enrolment.id.in_(enrolment_ids), ~planned)
    )
    found: dict[int, set[int]] = {enrolment_id: set() for enrolment_id in enrolment_ids}
    for enrolment_id, module_id in session.execute(query):
        found[enrolment_id].add(module_id)
    return found
