"""H-18: at the latest one year after the start, the day itself included."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placements.domain.deadlines import deadline_of, is_within, months_after
from placements.models.cohorts import Cohort
from placements.models.enrolments import Enrolment
from placements.models.programmes import Programme


def started(day: date, months: int | None) -> Enrolment:
    return Enrolment(starts_on=day, cohort=Cohort(programme=Programme(deadline_months=months)))


@pytest.mark.parametrize(
    ("start", "months", "deadline"),
    [
        (date(2017, 9, 4), 12, date(2018, 9, 4)),
        (date(2023, 3, 1), 12, date(2024, 3, 1)),
        (date(2023, 2, 28), 12, date(2024, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2024, 8, 31), 6, date(2025, 2, 28)),
        (date(2024, 12, 31), 1, date(2025, 1, 31)),
        (date(2024, 11, 30), 1, date(2024, 12, 30)),
        (date(2024, 9, 9), None, None),
    ],
)
def test_deadline_is_so_many_months_after_the_start(
    start: date, months: int | None, deadline: date | None
) -> None:
    assert deadline_of(started(start, months)) == deadline


def test_deadline_includes_the_day_itself() -> None:
    day = date(2025, 9, 9)
    assert [is_within(day + timedelta(days=number), day) for number in (-1, 0, 1)] == [True, True, False]
    assert is_within(date.max, None)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(1, 60))
def test_deadline_keeps_the_day_of_the_month_or_takes_its_last(start: date, months: int) -> None:
    end = months_after(start, months)
    assert (end.year * 12 + end.month) - (start.year * 12 + start.month) == months
    assert end.day == start.day or (end.day < start.day and (end + timedelta(days=1)).day == 1)
