"""A programme with its coordinator, a cohort, a follow-up day, and a network group with three peers."""

from __future__ import annotations

import pytest

from placements.domain.actors import Actor
from placements.models.cohorts import Cohort
from placements.models.enrolments import Enrolment
from placements.models.follow_up_days import FollowUpDay
from placements.models.network_groups import NetworkGroup
from placements.models.programmes import Programme
from tests.factories import Factory, actor_for


@pytest.fixture
def programme(make: Factory) -> Programme:
    return make.programme()


@pytest.fixture
def coordinator(make: Factory, programme: Programme) -> Actor:
    return actor_for(make.coordinator(programme))


@pytest.fixture
def cohort(make: Factory, programme: Programme) -> Cohort:
    """The practicum goes from 6 January to 6 April 2025."""
    return make.cohort(programme)


@pytest.fixture
def day(make: Factory, cohort: Cohort) -> FollowUpDay:
    return make.follow_up_day(cohort)


@pytest.fixture
def group(make: Factory, programme: Programme) -> NetworkGroup:
    return make.network_group(programme, seats=2)


@pytest.fixture
def people(make: Factory, programme: Programme) -> list[Enrolment]:
    """Three of one cohort, none with a place in a group."""
    cohort = make.cohort(programme)
    return [make.enrolment(cohort) for _number in range(3)]
