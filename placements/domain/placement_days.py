"""The follow-up days of a placement: when they are, and what was registered for this student."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from placements.domain.follow_up_attendance import ATTENDED, registered_for
from placements.models.follow_up_days import AttendanceStatus, FollowUpAttendance, FollowUpDay
from placements.models.placements import Placement


@dataclass(frozen=True, slots=True)
class DayOfPlacement:
    day: FollowUpDay
    status: AttendanceStatus | None


def of_placement(session: Session, placement: Placement) -> list[DayOfPlacement]:
    """The cohort's days in order, each with this student's attendance where it is registered."""
    query = (
        select(FollowUpDay, FollowUpAttendance.status)
        .outerjoin(
            FollowUpAttendance,
            and_(
                FollowUpAttendance.day_id == FollowUpDay.id, FollowUpAttendance.placement_id == placement.id
            ),
        )
        .where(FollowUpDay.cohort_id == placement.cohort_id)
        .order_by(FollowUpDay.number)
    )
    return [DayOfPlacement(day, status) for day, status in session.execute(query)]


def attended(session: Session, placement: Placement) -> frozenset[int]:
    """Numbers of the days where the student was present or excused."""
    registered = registered_for(session, [placement.id])[placement.id]
    return frozenset(number for number, status in registered.items() if status in ATTENDED)
