"""A cohort in figures: where everybody stands, and nothing about the few (V-14)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from placements.domain import cohort_reports
from placements.domain.cohort_report_people import Layout
from placements.domain.outcome_reports import Bar, Distribution
from placements.i18n import _
from placements.models.cohorts import Cohort
from placements.models.follow_up_days import AttendanceStatus, FollowUpAttendance
from placements.models.network_groups import NetworkPlace
from tests.factories import MOMENT, Factory

TODAY = date(2025, 2, 3)


def layout(key: str = "proofs", *, nested: bool = True, **counts: int) -> Layout:
    return Layout(key, _("Beviser"), {place: _("Her") for place in counts}, counts, nested)


def figures(shown: Distribution) -> list[int | None]:
    return [bar.number for bar in shown.bars]


@pytest.mark.parametrize(
    ("first", "counts", "shown"),
    [
        ((13, 7), {"diploma": 13, "none": 7}, [13, 7]),
        ((12, 8), {"diploma": 11, "none": 9}, [None, None]),
        ((12, 8), {"diploma": 8, "none": 12}, [None, None]),
        ((20, None), {"diploma": 15, "none": 5}, [15, 5]),
        ((20, None), {"diploma": 16, "none": 5}, [None, None]),
        ((None, None), {"diploma": 11, "none": 9}, [11, 9]),
        ((12, 8), {"diploma": 18, "none": 2}, [None, None]),
    ],
)
def test_layout_that_gives_away_a_few_with_another_is_hidden(
    first: tuple[int | None, int | None], counts: dict[str, int], shown: list[int | None]
) -> None:
    """Twelve have completed and eleven have a diploma: one person is known."""
    before = Distribution("result", _("Sådan gik det"), [Bar(_("Her"), number) for number in first])
    (found,) = cohort_reports.kept_apart(before, [layout(**counts)])
    assert figures(found) == shown


def test_layouts_that_have_nothing_to_do_with_each_other_may_be_close() -> None:
    before = Distribution("result", _("Sådan gik det"), [Bar(_("Her"), 12), Bar(_("Her"), 8)])
    (found,) = cohort_reports.kept_apart(before, [layout("network", nested=False, member=11, none=9)])
    assert figures(found) == [11, 9]


def test_those_without_practicum_are_hidden_in_both_tables_or_in_none() -> None:
    before = Distribution("result", _("Sådan gik det"), [])
    tables = [
        layout("ending", finished=9, stopped=2, none=7),
        layout("sector", nested=False, regional=6, municipal=5, none=7),
    ]
    ending, sector = cohort_reports.kept_apart(before, tables)
    assert (figures(ending), figures(sector)) == ([None, None, None], [None, None, None]) or (
        figures(ending)[2] is None
    ) == (figures(sector)[2] is None)


@pytest.fixture
def cohort(make: Factory) -> Cohort:
    return make.cohort(make.programme())


def counted(session: Session, cohort: Cohort) -> dict[str, list[int | None]]:
    report = cohort_reports.of_cohort(session, cohort, today=TODAY)
    groups = report.people, report.attendance, report.practicum, report.network
    return {part.key: figures(part) for group in groups for part in group}


def test_everybody_is_in_one_place_of_each_table(session: Session, make: Factory, cohort: Cohort) -> None:
    """Five who have completed with a diploma, and five on the way, who are in a group."""
    group = make.network_group(cohort.programme)
    day = make.follow_up_day(cohort, held_on=TODAY)
    for number in range(10):
        placed = make.placement(cohort=cohort, status="completed" if number < 5 else "active")
        if number < 5:
            make.diploma(placed.enrolment, f"UB-{number}")
            there = {"day_id": day.id, "placement_id": placed.id}
            make.keep(FollowUpAttendance(status=AttendanceStatus.PRESENT, **there))
        else:
            place: dict[str, Any] = {"group_id": group.id, "enrolment_id": placed.enrolment_id}
            make.keep(NetworkPlace(status="accepted", offered_at=MOMENT, **place))
    found = counted(session, cohort)
    assert found == {
        "result": [None, None, None, 5],
        "proofs": [None, None, 5],
        "attendance": [None, None, None],
        "ending": [None, 5, None, None, None],
        "sector": [None, None, None, None],
        "day-1": [5, 5],
        "network": [None, None, None, 5],
    }


def test_hours_are_those_of_the_cohort_and_the_share_is_of_five_or_more(
    session: Session, make: Factory, cohort: Cohort
) -> None:
    run = make.run(cohort, make.module(cohort.programme))
    held = make.teaching_session(run)
    make.teaching_session(run, held_on=date(2025, 2, 10))
    people = [make.enrolment(cohort) for _number in range(4)]
    for number, person in enumerate(people):
        make.attendance(held, person, "absent" if number == 3 else "present")
    teaching = cohort_reports.of_cohort(session, cohort, today=TODAY).teaching
    assert (teaching.sessions, teaching.minutes, teaching.held, teaching.held_minutes) == (2, 360, 1, 180)
    assert teaching.share is None
    make.attendance(held, make.enrolment(cohort))
    assert cohort_reports.of_cohort(session, cohort, today=TODAY).teaching.share == 80
