"""Cohorts: their weeks, their practicum, and who sees them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from placements.domain import cohorts, timelines
from placements.domain.actors import ANONYMOUS
from placements.domain.rules import RuleBroken
from placements.models.cohorts import Cohort
from placements.models.programmes import Programme
from tests.factories import Factory, actor_for


def viborg(**values: object) -> Cohort:
    defaults: dict[str, object] = {
        "starts_on": date(2024, 9, 9),
        "theory_skip_weeks": [42],
        "practicum_starts_on": date(2025, 1, 6),
        "practicum_ends_on": date(2025, 4, 6),
    }
    return Cohort(programme=Programme(theory_weeks=13), **(defaults | values))


def test_theory_takes_thirteen_weeks_and_skips_week_42() -> None:
    """V-05."""
    weeks = [monday.isocalendar().week for monday in cohorts.theory_weeks(viborg())]
    assert weeks == [37, 38, 39, 40, 41, 43, 44, 45, 46, 47, 48, 49, 50]


def test_practicum_takes_thirteen_weeks() -> None:
    """V-06."""
    weeks = cohorts.practicum_weeks(viborg())
    assert [monday.isocalendar().week for monday in weeks] == list(range(2, 15))
    assert cohorts.practicum_end(date(2025, 1, 6), 13) == date(2025, 4, 6)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(1, 60))
def test_practicum_of_whole_weeks_has_as_many_mondays(start: date, weeks: int) -> None:
    monday = start - timedelta(days=start.weekday())
    cohort = viborg(practicum_starts_on=monday, practicum_ends_on=cohorts.practicum_end(monday, weeks))
    found = cohorts.practicum_weeks(cohort)
    assert len(found) == weeks
    assert {day.weekday() for day in found} == {0}
    assert sum(count for _month, count in cohorts.months(found)) == weeks


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "field"),
    [
        (date(2025, 4, 6), date(2025, 1, 6), "practicum_ends_on"),
        (date(2024, 9, 9), date(2025, 1, 6), "practicum_starts_on"),
        (date(2024, 9, 1), date(2025, 1, 6), "practicum_starts_on"),
        (date(2025, 1, 6), date(2205, 4, 6), "practicum_ends_on"),
    ],
)
def test_set_practicum_refuses_dates_that_make_no_sense(
    session: Session, starts_on: date, ends_on: date, field: str
) -> None:
    cohort = viborg()
    with pytest.raises(RuleBroken) as refused:
        cohorts.set_practicum(session, cohort, starts_on=starts_on, ends_on=ends_on)
    assert refused.value.field == field
    assert cohort.practicum_starts_on == date(2025, 1, 6)


def test_set_practicum_takes_a_single_day_after_the_start(session: Session) -> None:
    cohort = viborg()
    cohorts.set_practicum(session, cohort, starts_on=date(2024, 9, 10), ends_on=date(2024, 9, 10))
    assert cohort.practicum_ends_on == date(2024, 9, 10)


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "field"),
    [
        (date(2025, 1, 7), date(2025, 4, 6), "practicum_starts_on"),
        (date(2025, 1, 6), date(2025, 4, 5), "practicum_ends_on"),
    ],
)
def test_set_practicum_leaves_out_nobody(
    session: Session, make: Factory, starts_on: date, ends_on: date, field: str
) -> None:
    cohort = make.cohort()
    make.placement(cohort=cohort, status="active")
    with pytest.raises(RuleBroken, match=r"6\. januar 2025 til 6\. april 2025") as refused:
        cohorts.set_practicum(session, cohort, starts_on=starts_on, ends_on=ends_on)
    assert refused.value.field == field
    cohorts.set_practicum(session, cohort, starts_on=date(2025, 1, 6), ends_on=date(2025, 4, 13))


def test_set_practicum_keeps_follow_up_days_inside(session: Session, make: Factory) -> None:
    cohort = make.cohort()
    make.placement(cohort=cohort, status="cancelled")
    make.follow_up_day(cohort, held_on=date(2025, 2, 10))
    cohorts.set_practicum(session, cohort, starts_on=date(2025, 2, 10), ends_on=date(2025, 2, 10))
    with pytest.raises(RuleBroken, match=r"10\. februar 2025"):
        cohorts.set_practicum(session, cohort, starts_on=date(2025, 2, 11), ends_on=date(2025, 4, 6))


def test_visible_to_each_role(session: Session, make: Factory) -> None:
    programme, other = make.programme("viborg"), make.programme("hovedstaden")
    cohort, foreign = make.cohort(programme), make.cohort(other)
    unit = make.unit()
    make.offer(unit, cohort)
    enrolment = make.enrolment(cohort)
    seen = {
        "admin": make.admin(),
        "coordinator": make.coordinator(programme),
        "teacher": make.teacher(programme),
        "host": make.host(unit),
        "other host": make.host(make.unit("B")),
        "student": enrolment.user,
        "nobody": make.user(),
    }
    found = {name: set(session.scalars(cohorts.visible_to(actor_for(user)))) for name, user in seen.items()}
    assert found == {
        "admin": {cohort, foreign},
        "coordinator": {cohort},
        "teacher": {cohort},
        "host": {cohort},
        "other host": set(),
        "student": {cohort},
        "nobody": set(),
    }
    assert session.scalars(cohorts.visible_to(ANONYMOUS)).all() == []


def test_timeline_fills_every_week_of_every_row(session: Session, make: Factory) -> None:
    cohort = make.cohort()
    make.follow_up_day(cohort, 1, held_on=date(2025, 2, 12))
    make.follow_up_day(cohort, 2)
    make.placement(cohort=cohort, status="active", starts_on=date(2025, 1, 20), ends_on=date(2025, 3, 9))
    make.placement(cohort=cohort, status="proposed")
    make.placement(cohort=cohort, status="declined")
    timeline = timelines.of_cohort(session, cohort, today=date(2025, 2, 3))
    assert timeline is not None
    assert [week.number for week in timeline.weeks if week.current] == [6]
    assert [sum(cell.span for cell in row.cells) for row in timeline.rows] == [13, 13, 13]
    days, active, planned = timeline.rows
    assert [index for index, cell in enumerate(days.cells) if cell.kind == "follow_up"] == [5]
    assert days.summary == "1 af 2 opfølgningsdage har en dato"
    assert [(cell.kind, cell.span) for cell in active.cells] == [("empty", 2), ("active", 7), ("empty", 4)]
    assert [(cell.kind, cell.span) for cell in planned.cells] == [("planned", 13)]


@given(st.integers(-200, 200), st.integers(0, 400))
def test_timeline_bars_never_leave_the_picture(offset: int, length: int) -> None:
    from placements.domain.timelines import _bar
    from placements.models.placements import Placement, PlacementStatus

    mondays = cohorts.practicum_weeks(viborg())
    start = mondays[0] + timedelta(days=offset)
    placement = Placement(
        starts_on=start, ends_on=start + timedelta(days=length), status=PlacementStatus.ACTIVE
    )
    cells = _bar(placement, mondays, "")
    assert sum(cell.span for cell in cells) == 13
    assert all(cell.span > 0 for cell in cells)
