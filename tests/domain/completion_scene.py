"""A module in five sessions of three hours, and how somebody attended them, a word for each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from placements.models.cohorts import Cohort
from placements.models.enrolments import Enrolment
from placements.models.programmes import Programme
from placements.models.teaching import ModuleRun, TeachingSession
from tests.factories import Factory

FIRST = date(2024, 9, 9)
WORDS = {"p": "present", "a": "absent", "e": "excused"}


def planned(make: Factory, cohort: Cohort, number: int = 2, sessions: int = 5, **values: Any) -> ModuleRun:
    run = make.run(cohort, make.module(cohort.programme, number), **values)
    for day in range(sessions):
        make.teaching_session(run, held_on=FIRST + timedelta(weeks=day))
    return run


def sessions_of(make: Factory, run: ModuleRun) -> Sequence[TeachingSession]:
    make.session.refresh(run)
    return run.sessions


def attended(make: Factory, run: ModuleRun, person: Enrolment, marks: str) -> None:
    """p present, a absent, e excused, - no register yet."""
    for held, mark in zip(sessions_of(make, run), marks, strict=False):
        if mark != "-":
            make.attendance(held, person, WORDS[mark])


def without_practicum(make: Factory, **values: Any) -> Programme:
    return make.programme(f"p{next(make.numbers)}", practicum_weeks=None, **values)
