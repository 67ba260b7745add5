"""A cohort, its staff, and what stands in it, for the tests that ask for nothing else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time
from typing import Any

import pytest

from placements.models.cohorts import Cohort
from placements.models.follow_up_days import FollowUpDay
from placements.models.network_groups import NetworkGroup
from placements.models.placements import Placement
from placements.models.programmes import Programme
from placements.models.users import User
from tests.conftest import TODAY, Client
from tests.factories import Factory

AsUser = Callable[[User], Client]


@pytest.fixture
def programme(make: Factory) -> Programme:
    return make.programme()


@pytest.fixture
def cohort(make: Factory, programme: Programme) -> Cohort:
    return make.cohort(programme, slug="viborg-2024", name="Hold 2024")


@pytest.fixture
def coordinator(make: Factory, as_user: AsUser, programme: Programme) -> Client:
    return as_user(make.coordinator(programme))


@pytest.fixture
def teacher(make: Factory, as_user: AsUser, programme: Programme) -> Client:
    return as_user(make.teacher(programme))


@pytest.fixture
def place(make: Factory, cohort: Cohort) -> Callable[..., Placement]:
    """A placement of a student with this name."""

    def placed(name: str = "Stine Holm", **values: Any) -> Placement:
        person = make.user(name)
        enrolment = make.enrolment(values.pop("cohort", cohort), person)
        return make.placement(enrolment=enrolment, **values)

    return placed


@pytest.fixture
def held(make: Factory, cohort: Cohort) -> FollowUpDay:
    """A follow-up day that is held today."""
    return make.follow_up_day(cohort, held_on=TODAY, starts_at=time(9), ends_at=time(12), place="Lokale 2")


@pytest.fixture
def group(make: Factory, programme: Programme) -> NetworkGroup:
    return make.network_group(programme, "Gruppe Nord", seats=3, place="Medborgerhuset")
