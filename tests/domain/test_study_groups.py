"""V-05: study groups, divided in one step, each student in one at most."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from placements.domain import study_groups
from placements.domain.rules import RuleBroken
from placements.models.cohorts import Cohort
from tests.factories import Factory


@given(st.integers(0, 200), st.integers(2, 20))
def test_sizes_hold_everybody_in_even_groups(people: int, size: int) -> None:
    found = study_groups.sizes(people, size)
    assert sum(found) == people
    assert len(found) == -(-people // size)
    assert max(found, default=0) - min(found, default=0) <= 1


def shown(session: Session, cohort: Cohort) -> dict[str, int]:
    session.flush()
    session.expire_all()
    return {group.name: len(group.members) for group in study_groups.of_cohort(session, cohort)}


def test_divides_those_without_a_group_alone(make: Factory, session: Session, cohort: Cohort) -> None:
    first = make.enrolment(cohort)
    group = study_groups.create(session, cohort, name="Studiegruppe 2")
    session.flush()
    study_groups.move(session, first, group)
    session.flush()
    for _number in range(5):
        make.enrolment(cohort)
    make.enrolment(cohort, status="withdrawn")
    study_groups.divide(session, cohort, size=3)
    assert shown(session, cohort) == {"Studiegruppe 2": 1, "Studiegruppe 1": 3, "Studiegruppe 3": 2}
    with pytest.raises(RuleBroken):
        study_groups.divide(session, cohort, size=3)


def test_moves_between_groups_and_out(make: Factory, session: Session, cohort: Cohort) -> None:
    person = make.enrolment(cohort)
    one, other = (study_groups.create(session, cohort, name=name) for name in ("Nord", "Syd"))
    session.flush()
    found = []
    for group in (one, other, other, None, None):
        study_groups.move(session, person, group)
        found.append(shown(session, cohort))
    nord, syd, none = {"Nord": 1, "Syd": 0}, {"Nord": 0, "Syd": 1}, {"Nord": 0, "Syd": 0}
    assert found == [nord, syd, syd, none, none]


def test_refuses_another_cohorts_group_and_a_name_twice(
    make: Factory, session: Session, cohort: Cohort
) -> None:
    foreign = study_groups.create(session, make.cohort(cohort.programme), name="Nord")
    session.flush()
    with pytest.raises(RuleBroken):
        study_groups.move(session, make.enrolment(cohort), foreign)
    study_groups.create(session, cohort, name="Nord")
    session.flush()
    with pytest.raises(RuleBroken):
        study_groups.create(session, cohort, name="Nord")
