"""What the tests of follow-up days do again and again: plan a day and register who was there."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from sqlalchemy.orm import Session

from placements.domain import follow_up_days
from placements.models.follow_up_days import AttendanceStatus, FollowUpDay
from tests.domain.saving import save

TODAY = date(2025, 2, 3)
PRESENT, ABSENT, EXCUSED = AttendanceStatus.PRESENT, AttendanceStatus.ABSENT, AttendanceStatus.EXCUSED
GOOD: dict[str, Any] = {
    "held_on": date(2025, 2, 12),
    "starts_at": time(9),
    "ends_at": time(12),
    "place": "Lokale 2",
}


def plan(session: Session, day: FollowUpDay, **changed: Any) -> None:
    save(session, lambda: follow_up_days.plan(session, day, **(GOOD | changed)))


def register(session: Session, day: FollowUpDay, attendance: dict[int, AttendanceStatus]) -> None:
    save(session, lambda: follow_up_days.register(session, day, attendance, today=TODAY))
