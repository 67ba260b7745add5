"""The follow-up days of a placement: when they are, and what was registered for this student."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from placements.models.follow_up_days import AttendanceStatus, FollowUpAttendance, FollowUpDay
from placements.models.placements import Placement

ATTENDED = frozenset({AttendanceStatus.PRESENT, AttendanceStatus.EXCUSED})


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
    days = of_placement(session, placement)
    return frozenset(line.day.number for line in days if line.status in ATTENDED)
