"""H-17, H-18: what a participant's plan says is missing."""

from __future__ import annotations

from datetime import date

import pytest

from placements.domain import plans
from placements.models.completion import CompletionRule
from placements.models.programmes import AttendanceScope
from tests.domain.completion_scene import attended, planned, without_practicum
from tests.factories import Factory

TODAY = date(2025, 2, 3)
MODULE, OVERALL = AttendanceScope.MODULE, AttendanceScope.OVERALL


@pytest.mark.parametrize(
    ("marks", "scope", "excepted", "missing"),
    [
        ("ppppa", MODULE, False, False),
        ("pppaa", MODULE, False, True),
        ("pppaa", MODULE, True, False),
        ("ppp--", MODULE, False, False),  # its registers are still to be kept
        ("pppaa", OVERALL, False, False),  # one need only be in it
    ],
)
def test_module_attended_too_little_is_missing_again(
    make: Factory, marks: str, scope: AttendanceScope, excepted: bool, missing: bool
) -> None:
    run = planned(make, make.cohort(without_practicum(make, attendance_scope=scope)))
    person = make.enrolment(run.cohort)
    attended(make, run, person, marks)
    if excepted:
        giver = make.coordinator(run.cohort.programme)
        values = {"rule": CompletionRule.COMPULSORY, "module_id": run.module_id}
        make.completion_exception(person.id, giver, **values)
    plan = plans.plan_of(make.session, person, today=TODAY)
    assert bool(plan.missing) is missing


def test_module_that_is_taken_again_is_not_missing(make: Factory) -> None:
    run = planned(make, make.cohort(without_practicum(make, attendance_scope=MODULE)))
    person = make.enrolment(run.cohort)
    attended(make, run, person, "pppaa")
    again = make.run(run.cohort, run.module, number=2, sign_up=True)
    make.teaching_session(again, held_on=date(2025, 3, 3))
    make.sign_up(again, person)
    assert plans.plan_of(make.session, person, today=TODAY).missing == []
