"""Framework agreements and when they run out (row 36); reviews and when they are due (row 37)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from placements.domain import frameworks, quality, workday_hosts
from placements.domain.rules import RuleBroken
from placements.models.clearances import Clearance, ClearanceKind, ClearanceRule
from placements.models.frameworks import FrameworkAgreement
from placements.models.hosts import Unit
from placements.models.pauses import UnitPause
from placements.models.quality import QualityReview
from tests.factories import Factory, actor_for

TODAY = date(2025, 2, 3)
START = date(2023, 1, 1)


def framework(make: Factory, owner_id: int, expires_on: date | None) -> FrameworkAgreement:
    return make.keep(
        FrameworkAgreement(organisation_id=owner_id, reference="R-1", starts_on=START, expires_on=expires_on)
    )


@pytest.mark.parametrize(
    ("ends", "warned"),
    [
        ([], False),
        ([None], False),
        ([TODAY + timedelta(90)], True),
        ([TODAY + timedelta(91)], False),
        ([TODAY - timedelta(1)], True),
        ([TODAY - timedelta(1), TODAY + timedelta(400)], False),
        ([TODAY - timedelta(1), None], False),
    ],
)
def test_framework_warns_three_months_before_the_last_one_ends(
    make: Factory, session: Session, ends: list[date | None], warned: bool
) -> None:
    owner = make.organisation()
    made = [framework(make, owner.id, day) for day in ends]
    expected = [made[-1]] if warned else []
    assert frameworks.all_expiring(session, today=TODAY) == expected
    found = frameworks.expiring(frameworks.of_organisation(session, owner.id), today=TODAY)
    assert ([found] if found else []) == expected


def test_framework_that_ends_before_it_begins_is_refused(make: Factory, session: Session) -> None:
    with pytest.raises(RuleBroken) as refused:
        frameworks.add(
            session, make.organisation(), reference="R", starts_on=TODAY, expires_on=TODAY - timedelta(1)
        )
    assert refused.value.field == "expires_on"


def review(make: Factory, unit: Unit, reviewed_on: date, again: date | None) -> QualityReview:
    return make.keep(
        QualityReview(
            unit_id=unit.id,
            author_id=make.user().id,
            reviewed_on=reviewed_on,
            review_again_on=again,
            note="God modtagelse.",
        )
    )


def test_review_is_due_a_month_before_unless_a_newer_one_stands(make: Factory, session: Session) -> None:
    due, later, seen_again = make.unit(), make.unit(), make.unit()
    first = review(make, due, START, TODAY + timedelta(30))
    review(make, later, START, TODAY + timedelta(31))
    review(make, seen_again, START, TODAY)
    review(make, seen_again, TODAY, None)
    assert quality.due(session, today=TODAY) == [first]


@pytest.mark.parametrize(
    ("reviewed_on", "again", "field"),
    [(TODAY + timedelta(1), None, "reviewed_on"), (TODAY, TODAY, "review_again_on")],
)
def test_review_on_an_impossible_day_is_refused(
    make: Factory, session: Session, reviewed_on: date, again: date | None, field: str
) -> None:
    actor = actor_for(make.admin())
    with pytest.raises(RuleBroken) as refused:
        quality.write(
            session,
            make.unit(),
            actor,
            reviewed_on=reviewed_on,
            review_again_on=again,
            note="Note",
            today=TODAY,
        )
    assert refused.value.field == field


def test_home_lists_what_to_follow_up_on_in_as_many_statements_for_one_as_for_three(
    make: Factory, session: Session, query_count: Callable[[Callable[[], object]], int]
) -> None:
    counts, numbers = [], []
    for few in (1, 2):
        for _number in range(few):
            unit = make.unit()
            owner = unit.periods[0].organisation_id
            framework(make, owner, TODAY)
            review(make, unit, START, TODAY)
            make.keep(UnitPause(unit_id=unit.id, reason="-", paused_on=START, ask_again_on=TODAY))
        group = workday_hosts.to_follow_up(session, today=TODAY)
        numbers.append(group.number)
        counts.append(query_count(lambda: workday_hosts.to_follow_up(session, today=TODAY)))
    assert numbers == [3, 9]
    assert counts[0] == counts[1]


def test_home_lists_own_students_and_units_whose_checks_run_out(make: Factory, session: Session) -> None:
    programme = make.programme()
    actor = actor_for(make.coordinator(programme))
    own, foreign = make.enrolment(make.cohort(programme)), make.enrolment(make.cohort())
    left = make.enrolment(make.cohort(programme), status="withdrawn")
    unit, idle = make.unit("Team Nord"), make.unit()
    site, criminal = ClearanceKind.SITE_APPROVAL, ClearanceKind.CRIMINAL_RECORD
    make.keep(ClearanceRule(unit_id=unit.id, kind=site))
    soon, later = TODAY + timedelta(60), TODAY + timedelta(61)
    for subject, kind, day in (
        ({"enrolment_id": own.id}, criminal, TODAY - timedelta(1)),
        ({"enrolment_id": own.id}, ClearanceKind.CHILD_PROTECTION, later),
        ({"enrolment_id": foreign.id}, criminal, soon),
        ({"enrolment_id": left.id}, criminal, soon),
        ({"unit_id": unit.id}, site, soon),
        ({"unit_id": idle.id}, site, soon),
    ):
        make.keep(Clearance(kind=kind, seen_on=START, expires_on=day, **subject))
    group = workday_hosts.expiring_clearances(session, actor, today=TODAY)
    assert [(task.text, task.note) for task in group.tasks] == [
        (f"Straffeattest for {own.user.name}", "Udløb 2. februar 2025"),
        ("Godkendelse som praktiksted for Team Nord", "Udløber 4. april 2025"),
    ]
