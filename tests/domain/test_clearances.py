"""Checks and clearances: what is asked for, what holds on a day, and whom a missing one stops (row 46)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from placements.db import writing
from placements.domain import clearances, placements
from placements.domain.rules import RuleBroken, Stale
from placements.models.clearances import Clearance, ClearanceKind, ClearanceRule, ClearanceState
from placements.models.enrolments import Enrolment
from tests.factories import Factory

TODAY = date(2025, 2, 3)
CRIMINAL, CHILD = ClearanceKind.CRIMINAL_RECORD, ClearanceKind.CHILD_PROTECTION
SITE = ClearanceKind.SITE_APPROVAL
S = ClearanceState

some_day = st.none() | st.dates(TODAY - timedelta(3), TODAY + timedelta(3))


@given(requested=some_day, seen=some_day, expires=some_day)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_state_is_told_by_the_dates(requested: date | None, seen: date | None, expires: date | None) -> None:
    state = clearances.state_on(Clearance(requested_on=requested, seen_on=seen, expires_on=expires), TODAY)
    if seen is not None:
        assert state is (S.EXPIRED if expires is not None and expires < TODAY else S.SEEN)
    else:
        assert state is (S.MISSING if requested is None else S.REQUESTED)


def rule(make: Factory, unit_id: int, kind: ClearanceKind, *, mandatory: bool = True) -> None:
    make.keep(ClearanceRule(unit_id=unit_id, kind=kind, mandatory=mandatory))


@pytest.mark.parametrize(
    ("seen_on", "expires_on", "blocked"),
    [
        (None, None, True),
        (date(2025, 1, 2), None, False),
        (date(2025, 1, 2), TODAY, False),
        (date(2025, 1, 2), TODAY - timedelta(1), True),
    ],
)
def test_mandatory_check_that_does_not_hold_blocks_the_pair(
    make: Factory, session: Session, seen_on: date | None, expires_on: date | None, blocked: bool
) -> None:
    cohort = make.cohort()
    student, unit, easy = make.enrolment(cohort), make.unit(), make.unit("Let")
    rule(make, unit.id, CRIMINAL)
    rule(make, easy.id, CRIMINAL, mandatory=False)
    make.keep(
        Clearance(
            enrolment_id=student.id,
            kind=CRIMINAL,
            requested_on=date(2025, 1, 1),
            seen_on=seen_on,
            expires_on=expires_on,
        )
    )
    found = clearances.blocked_pairs(session, [student.id], [unit.id, easy.id], on=TODAY)
    assert found == ({(student.id, unit.id)} if blocked else set())


def test_each_mandatory_check_counts_for_its_own_student_and_unit(make: Factory, session: Session) -> None:
    cohort = make.cohort()
    cleared, half = make.enrolment(cohort), make.enrolment(cohort)
    both, one, unapproved, free = (make.unit(name) for name in ("Begge", "Én", "Ikke godkendt", "Fri"))
    for unit, kinds in ((both, (CRIMINAL, CHILD)), (one, (CRIMINAL,)), (unapproved, (SITE,))):
        for kind in kinds:
            rule(make, unit.id, kind)
    for student, kind in ((cleared, CRIMINAL), (cleared, CHILD), (half, CRIMINAL)):
        make.keep(Clearance(enrolment_id=student.id, kind=kind, seen_on=TODAY))
    students, units = [cleared.id, half.id], [both.id, one.id, unapproved.id, free.id]
    expected = {(half.id, both.id), *product(students, [unapproved.id])}
    assert clearances.blocked_pairs(session, students, units, on=TODAY) == expected
    make.keep(Clearance(unit_id=unapproved.id, kind=SITE, seen_on=TODAY))
    assert clearances.blocked_pairs(session, students, units, on=TODAY) == {(half.id, both.id)}


def test_blocked_pairs_costs_the_same_for_one_and_for_three(
    make: Factory, session: Session, query_count: Callable[[Callable[[], object]], int]
) -> None:
    cohort = make.cohort()
    students = [make.enrolment(cohort).id for _number in range(3)]
    units = [make.unit().id for _number in range(3)]
    for unit_id in units:
        rule(make, unit_id, CRIMINAL)
    counts = [
        query_count(
            lambda few=few: clearances.blocked_pairs(session, students[:few], units[:few], on=TODAY)  # type: ignore[misc]
        )
        for few in (1, 3)
    ]
    assert counts == [3, 3]


def test_placement_warns_of_what_is_missing_and_of_what_will_not_last(
    make: Factory, session: Session
) -> None:
    """A warning only: placing by hand goes on."""
    placement = make.placement(status="draft")
    make.host(placement.unit)
    for kind, mandatory in ((CRIMINAL, True), (CHILD, True), (ClearanceKind.CONFIDENTIALITY, False)):
        rule(make, placement.unit_id, kind, mandatory=mandatory)
    early = placement.ends_on - timedelta(1)
    make.keep(
        Clearance(enrolment_id=placement.enrolment_id, kind=CHILD, seen_on=date(2025, 1, 2), expires_on=early)
    )
    said = clearances.warnings(session, placement)
    assert said == [
        "Skal være i orden, før praktikken begynder: Straffeattest.",
        "Børneattest udløber 5. april 2025, før praktikken slutter.",
    ]
    assert placements.warnings(session, placement)[-2:] == said
    placement.status = "cancelled"  # type: ignore[assignment]
    assert placements.warnings(session, placement) == []


@pytest.mark.parametrize(
    ("dates", "field"),
    [
        ((None, None, None), "requested_on"),
        ((TODAY + timedelta(1), None, None), "requested_on"),
        ((TODAY, TODAY - timedelta(1), None), "seen_on"),
        ((TODAY, None, TODAY), "seen_on"),
        ((None, TODAY, TODAY - timedelta(1)), "expires_on"),
    ],
)
def test_register_refuses_dates_in_the_wrong_order(
    make: Factory, session: Session, dates: tuple[date | None, ...], field: str
) -> None:
    with pytest.raises(RuleBroken) as refused:
        register(session, make.enrolment(make.cohort()), *dates)
    assert refused.value.field == field


def register(session: Session, student: Enrolment, *dates: date | None, version: int = -1) -> Clearance:
    requested, seen, expires = dates
    return clearances.register(
        session,
        student,
        CRIMINAL,
        requested_on=requested,
        seen_on=seen,
        expires_on=expires,
        version=version,
        today=TODAY,
    )


def test_register_twice_from_the_same_form_is_stale(make: Factory, session: Session) -> None:
    student = make.enrolment(make.cohort())
    with writing():
        first = register(session, student, TODAY, None, None)
        session.commit()
        with pytest.raises(Stale):
            register(session, student, None, TODAY, None)
        assert register(session, student, TODAY, TODAY, None, version=first.version) is first


def test_ask_twice_keeps_one_rule(make: Factory, session: Session) -> None:
    unit = make.unit()
    with writing():
        clearances.ask_for(session, unit, CRIMINAL, mandatory=True)
        clearances.ask_for(session, unit, CRIMINAL, mandatory=False)
        session.commit()
    assert [(rule.kind, rule.mandatory) for rule in clearances.rules_of(session, unit.id)] == [
        (CRIMINAL, False)
    ]
    with writing():
        clearances.ask_no_longer(session, unit, CRIMINAL)
        session.commit()
    assert clearances.rules_of(session, unit.id) == []
