"""V-05, H-13, H-14: the sessions that the generator lays."""

from __future__ import annotations

from datetime import date, time, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

import placements
from placements.domain import cohorts, follow_up_days, programme_files, programmes, public_holidays
from placements.domain import timetables as kept
from placements.domain.rules import RuleBroken
from placements.domain.schedules import Part, Planned, Rhythm, even, lay, minutes_of, teaching_days
from placements.models.cohorts import Cohort

PROGRAMMES = Path(placements.__file__).parent / "programmes"
MONDAYS = Rhythm(date(2025, 3, 3), frozenset({0}), time(9), 180)


def shipped(session: Session, name: str, slug: str) -> Cohort:
    programmes.load(session, programme_files.read_file(PROGRAMMES / f"{name}.toml"))
    return session.scalars(select(Cohort).where(Cohort.slug == slug)).one()


def span(planned: Planned) -> str:
    return f"{planned.module_id} {planned.held_on:%d.%m} {planned.starts_at:%H.%M}-{planned.ends_at:%H.%M}"


# The two programmes


def test_viborg_2024_is_26_sessions_and_78_hours(session: Session) -> None:
    """V-03: from 9 September 2024. V-05: 13 weeks of twice three hours. V-06: 13 weeks, two days."""
    cohort = shipped(session, "viborg", "viborg-2024")
    planned = kept.proposal(cohort)
    assert (len(planned), minutes_of(planned)) == (26, 78 * 60)
    assert (planned[0].held_on, planned[-1].held_on) == (date(2024, 9, 9), date(2024, 12, 11))
    weeks = [one.held_on.isocalendar().week for one in planned]
    assert weeks == [week for week in range(37, 51) if week != 42 for _twice in range(2)]
    assert {(one.starts_at, one.ends_at) for one in planned} == {(time(9), time(12))}
    hours = [
        minutes_of([one for one in planned if one.module_id == m.id]) // 60 for m in cohort.programme.modules
    ]
    assert hours == [9, 12, 12, 12, 12, 12, 9]
    first, last = cohort.practicum_starts_on, cohort.practicum_ends_on
    assert first
    assert last
    assert len(cohorts.practicum_weeks(cohort)) == 13
    days = follow_up_days.ensure(session, cohort)
    for day, held_on in zip(days, (first, last), strict=True):
        follow_up_days.plan(session, day, held_on=held_on, starts_at=time(9), ends_at=time(12), place=None)
    with pytest.raises(RuleBroken):
        follow_up_days.plan(
            session, days[1], held_on=last + timedelta(days=1), starts_at=None, ends_at=None, place=None
        )


def test_hovedstaden_introduction_has_days_and_hours_of_each_audience(session: Session) -> None:
    """H-13: four days for peers, three for colleagues. H-14: four hours a day, and an hour more for some."""
    cohort = shipped(session, "hovedstaden", "hovedstaden-2017")
    rhythm = Rhythm(date(2017, 9, 4), frozenset({0}), time(9), 240)
    planned = lay([kept.part_of(cohort.programme.modules[0])], rhythm)
    assert [(one.held_on.day, one.starts_at, one.ends_at) for one in planned] == [
        (day, time(9), time(13)) for day in (4, 11, 18, 25)
    ]
    assert [one.audiences for one in planned] == [(), (), (), ("paid_peer", "volunteer_peer")]
    assert [dict(one.extra_minutes) for one in planned] == [
        *({"colleague": 60, "paid_peer": 60} for _day in range(3)),
        {"paid_peer": 60},
    ]


# The rules


def test_day_is_split_where_a_module_ends_within_it() -> None:
    assert [span(one) for one in lay([Part(1, 240), Part(2, 120)], MONDAYS)] == [
        "1 03.03 09.00-12.00",
        "1 10.03 09.00-10.00",
        "2 10.03 10.00-12.00",
    ]


def test_holidays_skip_weeks_and_taken_days_are_left_out() -> None:
    """Easter Monday is 21 April 2025, Whit Monday 9 June."""
    rhythm = Rhythm(
        date(2025, 4, 14), frozenset({0}), time(9), 60, frozenset({18}), frozenset({date(2025, 5, 5)})
    )
    days = [one.held_on for one in lay([Part(1, 240)], rhythm)]
    assert days == [date(2025, 4, 14), date(2025, 5, 12), date(2025, 5, 19), date(2025, 5, 26)]


def test_extra_hours_are_spread_over_the_sessions_and_have_their_day_alone() -> None:
    planned = lay([Part(1, 60), Part(2, 240, extra={"colleague": 61}), Part(3, 60)], MONDAYS)
    assert [span(one) for one in planned] == [
        "1 03.03 09.00-10.00",
        "2 10.03 09.00-12.00",
        "2 17.03 09.00-10.00",
        "3 24.03 09.00-10.00",
    ]
    assert [dict(one.extra_minutes) for one in planned] == [{}, {"colleague": 31}, {"colleague": 30}, {}]


@pytest.mark.parametrize(
    ("rhythm", "part", "field"),
    [
        (Rhythm(date(2025, 3, 3), frozenset(), time(9), 180), Part(1, 60), "weekdays"),
        (Rhythm(date(2025, 3, 3), frozenset({0}), time(9), 0), Part(1, 60), "minutes"),
        (Rhythm(date(2025, 3, 3), frozenset({0}), time(22), 120), Part(1, 60), "minutes"),
        (
            Rhythm(date(2025, 3, 3), frozenset({0}), time(9), 60, frozenset(range(1, 54))),
            Part(1, 60),
            "weekdays",
        ),
        (
            Rhythm(date(2025, 3, 3), frozenset({0}), time(22), 60),
            Part(1, 60, extra={"colleague": 60}),
            "minutes",
        ),
    ],
)
def test_refuses_a_rhythm_that_gives_no_timetable(rhythm: Rhythm, part: Part, field: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        lay([part], rhythm)
    assert refused.value.field == field


AUDIENCES = ("paid_peer", "volunteer_peer", "colleague")
extras = st.dictionaries(st.sampled_from(AUDIENCES), st.integers(0, 90), max_size=2)
parts = st.lists(
    st.builds(
        Part,
        module_id=st.integers(1, 9),
        minutes=st.integers(1, 1500),
        days=st.one_of(st.just({}), st.dictionaries(st.sampled_from(AUDIENCES), st.integers(1, 5))),
        extra=extras,
    ),
    max_size=5,
    unique_by=lambda part: part.module_id,
)
rhythms = st.builds(
    Rhythm,
    starts_on=st.dates(date(2024, 1, 1), date(2030, 1, 1)),
    weekdays=st.frozensets(st.integers(0, 6), min_size=1),
    starts_at=st.just(time(8)),
    minutes=st.integers(30, 360),
    skip_weeks=st.frozensets(st.integers(1, 53), max_size=6),
)


@settings(max_examples=60, deadline=None)
@given(parts, rhythms)
def test_lays_all_minutes_on_days_of_teaching_without_overlap(parts: list[Part], rhythm: Rhythm) -> None:
    try:
        planned = lay(parts, rhythm)
    except RuleBroken:
        return
    allowed = set(teaching_days(rhythm))
    for part in parts:
        own = [one for one in planned if one.module_id == part.module_id]
        assert minutes_of(own) == part.minutes
        assert {a: sum(one.extra_minutes.get(a, 0) for one in own) for a in part.days or part.extra} == {
            a: part.extra.get(a, 0) for a in part.days or part.extra
        }
        for audience, days in part.days.items():
            assert sum(not one.audiences or audience in one.audiences for one in own) == days
    for one in planned:
        assert one.held_on in allowed
        assert public_holidays.name_of(one.held_on) is None
        assert one.held_on.isocalendar().week not in rhythm.skip_weeks
        assert one.starts_at < one.ends_at
    for one, after in pairwise(planned):
        assert (one.held_on, one.ends_at) <= (after.held_on, after.starts_at)
        assert one.held_on < after.held_on or not one.extra_minutes
    assert lay(parts, rhythm) == planned


@given(st.integers(0, 2000), st.integers(1, 30))
def test_even_shares_are_the_whole_and_differ_by_a_minute_at_most(minutes: int, times: int) -> None:
    shares = even(minutes, times)
    assert (len(shares), sum(shares)) == (times, minutes)
    assert max(shares) - min(shares) <= 1
