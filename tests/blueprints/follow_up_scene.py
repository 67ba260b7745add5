"""Whom the tests of follow-up days on screen need: a student in practicum."""

from __future__ import annotations

from typing import Any

from placements.models.cohorts import Cohort
from placements.models.placements import Placement
from tests.factories import Factory


def student(make: Factory, cohort: Cohort, name: str, **values: Any) -> Placement:
    person = make.grant(make.user(name), "student")
    return make.placement(
        cohort=cohort, enrolment=make.enrolment(cohort, person), **({"status": "active"} | values)
    )
