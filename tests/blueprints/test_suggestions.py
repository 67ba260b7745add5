"""Suggesting a unit and answering it, by the pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from placements.models.cohorts import Cohort
from placements.models.hosts import Unit
from placements.models.suggestions import Suggestion, SuggestionStatus
from placements.models.users import User
from tests.conftest import Client
from tests.factories import Factory

As = Callable[[User], Client]


@pytest.fixture
def cohort(make: Factory) -> Cohort:
    return make.cohort(make.programme())


@pytest.fixture
def coordinator(make: Factory, as_user: As, cohort: Cohort) -> Client:
    return as_user(make.coordinator(cohort.programme))


def typed(enrolment_id: int, **values: Any) -> dict[str, Any]:
    good = {
        "enrolment_id": enrolment_id,
        "unit_name": "Værestedet Havnen",
        "organisation_name": "Aarhus Kommune",
        "sector": "municipal",
        "municipality": "Aarhus",
        "contact_name": "Hanne Holm",
        "contact_email": "hanne@example.org",
        "why": "Jeg kender caféen.",
    }
    return good | values


def test_student_suggests_and_sees_the_state(
    make: Factory, session: Session, as_user: As, coordinator: Client, cohort: Cohort
) -> None:
    enrolment = make.enrolment(cohort)
    student = as_user(enrolment.user)
    assert 'href="/suggestions"' in student.get("/my").text
    assert 'href="/suggestions/new"' in student.get("/suggestions").text
    answer = student.post("/suggestions/new", data=typed(enrolment.id))
    made = session.scalars(select(Suggestion)).one()
    assert answer.location == f"/suggestions/{made.id}"
    assert "Venter på svar" in student.get("/suggestions").text
    home = coordinator.get("/").text
    assert f"{enrolment.user.name} foreslår Værestedet Havnen" in home
    declined = {"version": made.version, "answer": "Der er ikke en vejleder i år."}
    assert coordinator.post(f"/suggestions/{made.id}/decline", data=declined).status_code == 303
    assert "Der er ikke en vejleder i år." in student.get(f"/suggestions/{made.id}").text


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"unit_name": " "}, "unit_name"),
        ({"contact_email": "hanne"}, "contact_email"),
        ({"sector": ""}, "sector"),
        ({"why": "x" * 301}, "why"),
    ],
)
def test_suggestion_with_bad_input_keeps_the_text(
    make: Factory, session: Session, as_user: As, cohort: Cohort, changed: dict[str, Any], field: str
) -> None:
    enrolment = make.enrolment(cohort)
    answer = as_user(enrolment.user).post("/suggestions/new", data=typed(enrolment.id, **changed))
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert 'value="Hanne Holm"' in answer.text
    assert session.scalars(select(Suggestion)).all() == []


def test_suggestion_on_somebody_elses_course_is_refused(
    make: Factory, session: Session, as_user: As, cohort: Cohort
) -> None:
    own, other = make.enrolment(cohort), make.enrolment(cohort)
    assert as_user(own.user).post("/suggestions/new", data=typed(other.id)).status_code == 422
    assert session.scalars(select(Suggestion)).all() == []


def test_placed_student_is_told_why_not(make: Factory, as_user: As, cohort: Cohort) -> None:
    enrolment = make.enrolment(cohort)
    make.placement(enrolment=enrolment, cohort=cohort, unit=make.unit())
    assert "Du kan ikke foreslå et sted lige nu" in as_user(enrolment.user).get("/suggestions/new").text


def test_approve_leads_to_the_draft_offer(
    make: Factory, session: Session, as_user: As, coordinator: Client, cohort: Cohort
) -> None:
    made = make.suggestion(make.enrolment(cohort))
    owner = make.organisation("aarhus kommune")
    page = coordinator.get(f"/suggestions/{made.id}").text
    assert f'<option selected value="{owner.id}">aarhus kommune</option>' in page
    data = {
        "version": made.version,
        "unit_id": "new",
        "organisation_id": str(owner.id),
        "ways": ["group"],
        "answer": "",
    }
    answer = coordinator.post(f"/suggestions/{made.id}/approve", data=data)
    session.expire_all()
    assert answer.location == f"/offers/{made.offer_id}"
    assert made.status is SuggestionStatus.APPROVED
    assert (
        "Koordinatoren har godkendt stedet"
        in as_user(made.enrolment.user).get(f"/suggestions/{made.id}").text
    )
    again = coordinator.post(f"/suggestions/{made.id}/approve", data=data)
    assert again.status_code == 422
    assert "Forslaget er allerede besvaret" in again.text
    assert len(session.scalars(select(Unit)).all()) == 1


def test_approve_a_new_organisation_asks_for_its_kind(
    make: Factory, session: Session, coordinator: Client, cohort: Cohort
) -> None:
    made = make.suggestion(make.enrolment(cohort))
    data = {"version": made.version, "unit_id": "new", "organisation_id": "new", "ways": ["group"]}
    answer = coordinator.post(f"/suggestions/{made.id}/approve", data=data)
    assert answer.status_code == 422
    assert 'id="kind-error">Vælg, hvad det er for en organisation.' in answer.text
    assert session.scalars(select(Unit)).all() == []


def test_list_holds_nothing_of_others(
    make: Factory, as_user: As, coordinator: Client, cohort: Cohort
) -> None:
    made = make.suggestion(make.enrolment(cohort))
    make.suggestion(make.enrolment(make.cohort()), unit_name="Et andet sted")
    assert "Værestedet Havnen" in coordinator.get("/suggestions").text
    assert "Et andet sted" not in coordinator.get("/suggestions").text
    neighbour = as_user(make.enrolment(cohort).user)
    assert "Værestedet" not in neighbour.get("/suggestions").text
    assert neighbour.get(f"/suggestions/{made.id}").status_code == 404


def test_list_costs_the_same_for_one_and_for_three(
    make: Factory, coordinator: Client, cohort: Cohort, query_count: Callable[[Callable[[], object]], int]
) -> None:
    counts = []
    for number in (1, 2):
        for _number in range(number):
            make.suggestion(make.enrolment(cohort))
        counts.append(query_count(lambda: coordinator.get("/suggestions")))
    assert counts[0] == counts[1]


def test_student_withdraws(make: Factory, as_user: As, cohort: Cohort) -> None:
    made = make.suggestion(make.enrolment(cohort))
    student = as_user(made.enrolment.user)
    data = {"version": made.version}
    assert student.post(f"/suggestions/{made.id}/withdraw", data=data).location == "/suggestions"
    assert made.status is SuggestionStatus.WITHDRAWN
    assert student.post(f"/suggestions/{made.id}/withdraw", data={"version": made.version}).status_code == 422


@pytest.mark.usefixtures("with_csrf")
def test_suggesting_needs_the_token(make: Factory, session: Session, as_user: As, cohort: Cohort) -> None:
    enrolment = make.enrolment(cohort)
    answer = as_user(enrolment.user).post("/suggestions/new", data=typed(enrolment.id))
    assert (answer.status_code, session.scalars(select(Suggestion)).all()) == (400, [])
