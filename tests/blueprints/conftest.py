"""A cohort, its coordinator and placements in it, for the tests that ask for nothing else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from placements.models.cohorts import Cohort
from placements.models.placements import Placement
from placements.models.programmes import Programme
from placements.models.users import User
from tests.conftest import Client
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
def place(make: Factory, cohort: Cohort) -> Callable[..., Placement]:
    """A placement of a student with this name."""

    def placed(name: str = "Stine Holm", **values: Any) -> Placement:
        person = make.user(name)
        enrolment = make.enrolment(values.pop("cohort", cohort), person)
        return make.placement(enrolment=enrolment, **values)

    return placed
