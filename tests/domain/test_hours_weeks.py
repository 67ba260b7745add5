"""Weeks as the calendar counts them, and the share of peer tasks (H-07) without rounding."""

from __future__ import annotations

from datetime import date, time, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from placements.domain import hours_weeks
from placements.domain.hours_weeks import Line
from placements.models.follow_up_days import FollowUpDay
from placements.models.hours import Activity

DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))
LINES = st.lists(
    st.builds(
        Line,
        day=st.dates(date(2025, 1, 27), date(2025, 2, 2)),
        activity=st.sampled_from(Activity),
        minutes=st.integers(1, 720),
    ),
    max_size=12,
)


@pytest.mark.parametrize(
    ("day", "key"),
    [
        (date(2024, 12, 29), "2024-W52"),
        (date(2024, 12, 30), "2025-W01"),
        (date(2025, 1, 1), "2025-W01"),
        (date(2026, 12, 31), "2026-W53"),
        (date(2027, 1, 3), "2026-W53"),
        (date(2027, 1, 4), "2027-W01"),
    ],
)
def test_week_has_the_year_of_its_thursday(day: date, key: str) -> None:
    assert hours_weeks.key_of(hours_weeks.monday_of(day)) == key


@pytest.mark.parametrize(
    "key", ["2025-W53", "2025-W00", "2025-W5", "2025-05", "0000-W01", "9999-W01", "week", "", "2025-W05 "]
)
def test_what_is_no_week_has_no_monday(key: str) -> None:
    assert hours_weeks.monday_from(key) is None


@settings(max_examples=200, deadline=None)
@given(day=DAYS)
def test_key_leads_back_to_its_monday(day: date) -> None:
    monday = hours_weeks.monday_of(day)
    assert hours_weeks.monday_from(hours_weeks.key_of(monday)) == monday
    assert monday <= day < monday + hours_weeks.WEEK


@settings(max_examples=200, deadline=None)
@given(first=DAYS, length=st.integers(0, 800))
def test_weeks_of_a_period_hold_each_of_its_days_once(first: date, length: int) -> None:
    last = first + timedelta(days=length)
    weeks = hours_weeks.mondays(first, last)
    days = [day for monday in weeks for day in hours_weeks.days_in(monday, first, last)]
    assert days == [first + timedelta(days=number) for number in range(length + 1)]
    assert all(hours_weeks.days_in(monday, first, last) for monday in weeks)


def test_thirteen_weeks_of_six_hours_are_78() -> None:
    """V-06, D-02."""
    assert len(hours_weeks.mondays(date(2025, 1, 6), date(2025, 4, 6))) == 13
    assert hours_weeks.planned_minutes(91, 360) == 78 * 60


@settings(max_examples=200, deadline=None)
@given(lines=LINES)
def test_share_is_two_thirds_exactly(lines: list[Line]) -> None:
    """H-07: as a fraction says it; merging lines changes no sum."""
    minutes, peer = hours_weeks.sums(lines)
    met = minutes == 0 or Fraction(peer, minutes) >= Fraction(2, 3)
    assert hours_weeks.reaches_share(peer, minutes) == met
    merged = hours_weeks.merged(lines)
    assert hours_weeks.sums(merged) == (minutes, peer)
    assert len({(line.day, line.activity) for line in merged}) == len(merged)


@pytest.mark.parametrize(("peer", "minutes", "met"), [(240, 360, True), (239, 360, False), (0, 0, True)])
def test_share_at_its_bound(peer: int, minutes: int, met: bool) -> None:
    assert hours_weeks.reaches_share(peer, minutes) is met


def test_suggestion_follows_the_weekly_plan_and_leaves_out_follow_up_days() -> None:
    week = [date(2025, 2, 10) + timedelta(days=number) for number in range(7)]
    plan = {"1": ["09:00", "12:30"], "2": ["09:00", "12:00"], "5": ["10:00", "11:00"]}
    lines = hours_weeks.suggested(plan, week, [date(2025, 2, 12)], Activity.GROUP)
    assert lines == [Line(week[1], Activity.GROUP, 210), Line(week[5], Activity.GROUP, 60)]
    open_lines = hours_weeks.suggested({}, week, [date(2025, 2, 12)], Activity.INDIVIDUAL)
    assert [line.day.weekday() for line in open_lines] == [0, 1, 3, 4]
    assert {line.minutes for line in open_lines} == {0}


def test_follow_up_day_counts_with_its_own_hours_or_the_programmes() -> None:
    timed = FollowUpDay(number=1, starts_at=time(9), ends_at=time(11, 30))
    assert hours_weeks.length_of(timed, 180) == 150
    assert hours_weeks.length_of(FollowUpDay(number=2), 180) == 180
    assert hours_weeks.length_of(FollowUpDay(number=2), None) == 0
