"""The last day on which a participant can complete (H-18)."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from placements.models.enrolments import Enrolment


def months_after(day: date, months: int) -> date:
    """The same day of the month so many months later; where the month is shorter, its last day."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def deadline_of(enrolment: Enrolment) -> date | None:
    """The day itself still counts. Counted from the participant's own start; None: no deadline."""
    months = enrolment.cohort.programme.deadline_months
    return None if months is None else months_after(enrolment.starts_on, months)


def is_within(day: date, deadline: date | None) -> bool:
    return deadline is None or day <= deadline
