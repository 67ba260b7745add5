"""The pages of what came afterwards: consent, its withdrawal, and the figures of a cohort."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from placements.models.cohorts import Cohort
from placements.models.enrolments import Enrolment
from placements.models.outcomes import Afterwards, Outcome
from placements.models.placements import Placement
from placements.models.users import User
from tests.conftest import Client
from tests.factories import Factory

AsUser = Callable[[User], Client]
SENT = {"version": "0", "result": "", "consented_on": "2025-02-01", "afterwards": "peer_job"}


@pytest.fixture
def enrolment(make: Factory, place: Callable[..., Placement]) -> Enrolment:
    enrolment = place(status="completed").enrolment
    make.grant(enrolment.user, "student")
    return enrolment


def test_student_sees_what_is_kept_and_takes_the_consent_back(
    session: Session, coordinator: Client, as_user: AsUser, enrolment: Enrolment
) -> None:
    here, student = f"/enrolments/{enrolment.id}/outcome", as_user(enrolment.user)
    assert "Vi har ikke gemt noget" in student.get(here).text
    assert coordinator.post(here, data=SENT).location == "/cohorts/viborg-2024/outcomes"
    assert "Job som peer" in student.get(here).text
    assert student.post(f"{here}/withdraw").location == here
    assert "Vi har ikke gemt noget" in student.get(here).text
    session.rollback()
    assert session.scalars(select(Outcome)).one().afterwards is None
    assert student.post(f"{here}/withdraw").status_code == 422


def test_outcome_without_consent_is_refused_at_its_field(coordinator: Client, enrolment: Enrolment) -> None:
    answer = coordinator.post(f"/enrolments/{enrolment.id}/outcome", data=SENT | {"consented_on": ""})
    assert answer.status_code == 422
    assert "Skriv, hvilken dag personen har sagt ja til, at det må gemmes." in answer.text


def test_figures_hide_the_few(
    make: Factory, coordinator: Client, cohort: Cohort, place: Callable[..., Placement]
) -> None:
    """V-14: two who did not complete would follow from twelve and ten."""
    for number in range(12):
        placed = place(f"Person {number}", status="completed" if number < 10 else "ended_early")
        if number < 6:
            kept = {"consented_on": date(2025, 2, 1), "afterwards": Afterwards.EDUCATION}
            make.keep(Outcome(enrolment_id=placed.enrolment_id, **kept))
    page = coordinator.get(f"/cohorts/{cohort.slug}/outcomes").text
    figures = page.partition('id="people"')[0]
    assert "12 deltagere" in figures
    assert figures.count("Skjult</span>") == 2
    assert figures.count("Tallene er skjult, fordi de handler om for få personer.") == 2
    for shown in ("</svg>10<", "</svg>6<"):
        assert shown in figures
    assert "</svg>2<" not in figures
    assert "Person 1" not in figures


def test_figures_that_are_all_hidden_are_one_sentence(
    coordinator: Client, cohort: Cohort, place: Callable[..., Placement]
) -> None:
    for number in range(8):
        place(f"Person {number}", status="active")
    page = coordinator.get(f"/cohorts/{cohort.slug}/outcomes").text
    assert page.count("Tallene er skjult, fordi de handler om for få personer.") == 1
    assert "Skjult" not in page
