"""Laying a placement on an open offer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select
from sqlalchemy.orm import Session

from placements.models.placements import LegalBasis, Placement, PlacementStatus
from placements.models.users import User
from tests.conftest import Client
from tests.domain.preference_scene import wishes_of
from tests.factories import Factory

As = Callable[[User], Client]


class Scene:
    def __init__(self, make: Factory, as_user: As) -> None:
        self.cohort, self.unit = make.cohort(), make.unit("Afsnit P4")
        self.offer = make.offer(self.unit, self.cohort, seats=1, weekly_minutes=450)
        self.enrolment = make.enrolment(self.cohort)
        self.path = f"/placements/new?offer={self.offer.id}"
        self.coordinator = as_user(make.coordinator(self.cohort.programme))
        self.data = {
            "enrolment_id": self.enrolment.id,
            "starts_on": "2025-01-13",
            "ends_on": "2025-04-06",
            "weekly_minutes": "7,5",
            "legal_basis": "study_practicum",
        }


@pytest.fixture
def scene(make: Factory, as_user: As) -> Scene:
    return Scene(make, as_user)


def test_new_is_filled_from_the_offer(make: Factory, scene: Scene) -> None:
    make.placement(cohort=scene.cohort, status="active")
    page = BeautifulSoup(scene.coordinator.get(scene.path).text, "html.parser")
    filled = {
        field["name"]: field.get("value")
        for field in page.select("main input[type=date], main input[type=text]")
    }
    assert filled == {"starts_on": "2025-01-06", "ends_on": "2025-04-06", "weekly_minutes": "7,5"}
    people = [option.get_text() for option in page.select("#enrolment_id option")]
    assert people == ["Vælg en studerende", scene.enrolment.user.name]


def test_create_makes_a_draft(scene: Scene, session: Session) -> None:
    answer = scene.coordinator.post(scene.path, data=scene.data)
    placement = session.scalars(select(Placement)).one()
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/placements/{placement.id}")
    assert placement.status is PlacementStatus.DRAFT
    assert (placement.enrolment_id, placement.offer_id) == (scene.enrolment.id, scene.offer.id)
    assert (placement.starts_on, placement.weekly_minutes) == (date(2025, 1, 13), 450)
    assert placement.legal_basis is LegalBasis.STUDY_PRACTICUM


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("ends_on", "2025-01-01", "Sidste dag ligger før første dag"),
        ("ends_on", "2025-04-07", "Holdets praktik slutter 6. april 2025"),
        ("starts_on", "2024-12-01", "Holdets praktik går fra 6. januar 2025"),
        ("starts_on", "i morgen", ""),
        ("weekly_minutes", "mange", "Skriv timer som et tal"),
        ("weekly_minutes", "38", "mellem 1 og 37"),
        ("weekly_minutes", "", "Skriv timer om ugen"),
        ("enrolment_id", "", "Vælg en studerende"),
        ("enrolment_id", "999999", ""),
        ("legal_basis", "magic", ""),
    ],
)
def test_create_refuses_and_keeps_what_was_typed(
    scene: Scene, session: Session, field: str, value: str, sentence: str
) -> None:
    answer = scene.coordinator.post(scene.path, data=scene.data | {field: value})
    assert answer.status_code == 422
    page = BeautifulSoup(answer.text, "html.parser")
    bad = page.select_one('main [aria-invalid="true"]')
    assert bad["name"] == field
    assert sentence in page.find(id=f"{field}-error").get_text()
    if bad.name == "input":
        assert bad["value"] == value
    chosen = page.select_one("#enrolment_id option[selected]")
    assert field == "enrolment_id" or chosen["value"] == str(scene.enrolment.id)
    assert session.scalars(select(Placement)).all() == []


def test_create_twice_takes_one_seat(scene: Scene, session: Session) -> None:
    assert scene.coordinator.post(scene.path, data=scene.data).status_code == 303
    again = scene.coordinator.post(scene.path, data=scene.data)
    assert again.status_code == 422
    assert "Alle pladser er optaget" in again.text
    assert len(session.scalars(select(Placement)).all()) == 1


def test_create_for_someone_of_another_cohort_is_refused(
    make: Factory, scene: Scene, session: Session
) -> None:
    stranger = make.enrolment(make.cohort())
    answer = scene.coordinator.post(scene.path, data=scene.data | {"enrolment_id": stranger.id})
    assert answer.status_code == 422
    assert session.scalars(select(Placement)).all() == []


def test_new_without_an_offer_shows_the_open_ones(scene: Scene) -> None:
    assert scene.coordinator.get("/placements/new").headers["Location"] == "/offers?status=open"


def test_new_says_why_it_cannot_be(make: Factory, scene: Scene) -> None:
    closed = make.offer(make.unit("Afsnit B"), scene.cohort, status="closed")
    assert "Praktikpladsen er ikke åben" in scene.coordinator.get(f"/placements/new?offer={closed.id}").text
    make.placement(enrolment=scene.enrolment)
    assert "Alle på holdet har en plads" in scene.coordinator.get(scene.path).text


def test_new_is_for_the_programmes_coordinator(make: Factory, as_user: As, scene: Scene) -> None:
    for browser, status in (
        (as_user(make.coordinator(make.programme("andet"))), 404),
        (as_user(make.host(scene.unit)), 403),
        (as_user(scene.enrolment.user), 403),
    ):
        assert browser.get(scene.path).status_code == status
        assert browser.post(scene.path, data=scene.data).status_code == status
    for unknown in ("999999", "x", ""):
        assert scene.coordinator.get(f"/placements/new?offer={unknown}").status_code == 404


def test_new_for_a_host_who_coordinates_elsewhere_is_not_found(
    make: Factory, as_user: As, scene: Scene
) -> None:
    person = make.grant(make.host(scene.unit), "coordinator", programme=make.programme("andet"))
    assert as_user(person).get(scene.path).status_code == 404


@pytest.mark.usefixtures("with_csrf")
def test_create_without_a_token_is_refused(scene: Scene) -> None:
    assert scene.coordinator.post(scene.path, data=scene.data).status_code == 400


def test_new_marks_a_student_who_cannot_come_here_and_never_says_why(
    make: Factory, scene: Scene, session: Session
) -> None:
    """Row 47."""
    other = make.enrolment(scene.cohort, make.user("Zenia Zoffmann"))
    wishes_of(make, scene.enrolment, excluded=[scene.unit.id])
    page = BeautifulSoup(scene.coordinator.get(scene.path).text, "html.parser")
    people = [option.get_text() for option in page.select("#enrolment_id option")][1:]
    assert people == [f"{scene.enrolment.user.name} – ikke en mulighed her", other.user.name]
    answer = scene.coordinator.post(scene.path, data=scene.data)
    page = BeautifulSoup(answer.text, "html.parser")
    error = page.find(id="enrolment_id-error").get_text(strip=True)
    assert error.endswith("Afsnit P4 er ikke en mulighed for den studerende. Vælg et andet sted.")
    assert (answer.status_code, session.scalars(select(Placement)).all()) == (422, [])


def test_a_host_answers_alike_whatever_the_student_excluded(
    make: Factory, as_user: As, scene: Scene, session: Session
) -> None:
    """Row 47: the supervisor's name and the yes meet no rule that could tell."""
    wishes_of(make, scene.enrolment, excluded=[scene.unit.id])
    asked = make.placement(enrolment=scene.enrolment, unit=scene.unit, offer_id=scene.offer.id)
    asked.status = PlacementStatus.PROPOSED
    host, supervisor = as_user(make.host(scene.unit)), make.contact(scene.unit)
    named = {"version": make.keep(asked).version, "supervisor_id": supervisor.id}
    first = host.post(f"/placements/{asked.id}/supervisor", data=named)
    session.expire_all()
    second = host.post(f"/placements/{asked.id}/accept", data={"version": asked.version})
    session.expire_all()
    assert (first.status_code, second.status_code) == (303, 303)
    assert (asked.supervisor_id, asked.status) == (supervisor.id, PlacementStatus.ACCEPTED)
