"""A student's own goals: written until the agreement is sent, and printed in its section 3."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from placements import printing
from placements.domain.agreement_states import of_placement
from placements.models.own_goals import OwnGoals
from placements.models.users import User
from tests.conftest import Client
from tests.factories import Factory

As = Callable[[User], Client]
GOALS = "Jeg vil prøve at holde et oplæg.\n- fortælle om recovery"


class Scene:
    def __init__(self, make: Factory, as_user: As) -> None:
        unit = make.unit("Afsnit P4")
        supervisor = make.contact(unit)
        self.placement = make.placement(unit=unit, status="accepted", supervisor_id=supervisor.id)
        self.page = f"/placements/{self.placement.id}"
        self.path = f"{self.page}/goals"
        self.student = as_user(self.placement.enrolment.user)
        self.host = as_user(make.host(unit))
        self.coordinator = as_user(make.coordinator(self.placement.cohort.programme))

    def draft(self) -> None:
        self.coordinator.post(f"{self.page}/agreement/draft")
        data = {"version": 1, "number": 1, "section_3": "Tal med vejlederen.", "section_6": "Samtaler"}
        self.coordinator.post(f"{self.page}/agreement/edit", data=data)

    def send(self) -> None:
        data = {"version": 2, "number": 1}
        assert self.coordinator.post(f"{self.page}/agreement/send", data=data).status_code == 303

    def kept(self, session: Session) -> list[tuple[str, int]]:
        session.expire_all()
        return [(one.text, one.version) for one in session.scalars(select(OwnGoals).order_by(OwnGoals.id))]


@pytest.fixture
def scene(make: Factory, as_user: As) -> Scene:
    return Scene(make, as_user)


@pytest.mark.usefixtures("with_csrf")
def test_write_and_change_and_take_away(scene: Scene, session: Session) -> None:
    token = re.search(r'name="csrf_token" value="([^"]+)"', scene.student.get(scene.path).text)
    assert token is not None
    data = {"csrf_token": token[1], "version": 0, "text": GOALS}
    assert scene.student.post(scene.path, data=data | {"csrf_token": ""}).status_code == 400
    assert scene.student.post(scene.path, data=data).location == scene.page
    assert scene.kept(session) == [(GOALS, 1)]
    again = scene.student.post(scene.path, data=data | {"text": "Andet"})
    assert (again.status_code, "Jeg vil prøve" in again.text) == (409, True)
    scene.student.post(scene.path, data=data | {"version": 1, "text": " Andet "})
    assert scene.kept(session) == [("Andet", 2)]
    scene.student.post(scene.path, data=data | {"version": 2, "text": "  "})
    assert scene.kept(session) == []


def test_write_too_much_is_refused(scene: Scene, session: Session) -> None:
    answer = scene.student.post(scene.path, data={"version": 0, "text": "x" * 1001})
    assert (answer.status_code, scene.kept(session)) == (422, [])
    assert scene.student.post(scene.path, data={"version": 0, "text": "x" * 1000}).status_code == 303


def test_goals_stand_in_section_3_apart_from_the_coordinators_words(scene: Scene, session: Session) -> None:
    """H-05; the unit sees nothing of them before the agreement is sent, and nobody changes them after."""
    scene.draft()
    scene.student.post(scene.path, data={"version": 0, "text": GOALS})
    assert "holde et oplæg" not in scene.host.get(f"{scene.page}/agreement").text
    scene.send()
    session.expire_all()
    agreement = of_placement(session, scene.placement.id)
    assert agreement is not None
    section = printing.agreements.values_of(session, agreement.current)["sections"][2]
    assert section["paragraphs"] == [
        "Den studerendes egne mål:",
        "Jeg vil prøve at holde et oplæg.",
        "– fortælle om recovery",
        "Desuden aftalt:",
        "Tal med vejlederen.",
    ]
    assert "holde et oplæg" in scene.host.get(f"{scene.page}/agreement").text
    late = scene.student.post(scene.path, data={"version": 1, "text": "Noget andet"})
    assert (late.status_code, scene.kept(session)) == (422, [(GOALS, 1)])
    page = scene.student.get(scene.path).text
    said = [text in page for text in ("målene ligger fast", "holde et oplæg", "<textarea")]
    assert said == [True, True, False]


def test_link_is_the_students_alone(scene: Scene) -> None:
    found = [f'href="{scene.path}"' in one.get(scene.page).text for one in (scene.student, scene.host)]
    assert found == [True, False]
    assert f'href="{scene.path}"' not in scene.coordinator.get(scene.page).text
