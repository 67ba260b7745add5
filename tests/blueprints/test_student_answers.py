"""A student's yes and no by their addresses, and what each of the three sees of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from placements.models.placements import Placement, PlacementStatus
from placements.models.student_answers import Answer, DeclineReason, StudentAnswer
from placements.models.users import User
from tests.conftest import Client
from tests.factories import Factory

As = Callable[[User], Client]
YES = "Ja tak, jeg vil gerne have pladsen"


class Scene:
    def __init__(self, make: Factory, as_user: As) -> None:
        cohort, unit = make.cohort(), make.unit("Team Nord")
        self.offer = make.offer(unit, cohort, seats=1, status="closed")
        self.placement: Placement = make.placement(
            cohort=cohort, unit=unit, offer_id=self.offer.id, status="accepted"
        )
        self.path, self.version = f"/placements/{self.placement.id}", self.placement.version
        self.student = as_user(self.placement.enrolment.user)
        self.coordinator = as_user(make.coordinator(cohort.programme))
        self.host = as_user(make.host(unit))


@pytest.fixture
def scene(make: Factory, as_user: As) -> Scene:
    return Scene(make, as_user)


def test_student_is_asked_at_home_and_says_yes(scene: Scene, session: Session) -> None:
    assert "Vil du have pladsen hos Team Nord?" in scene.student.get("/my").text
    assert YES in scene.student.get(scene.path).text
    answer = scene.student.post(f"{scene.path}/student-answer/yes", data={"version": scene.version})
    assert answer.location == scene.path
    assert session.scalars(select(StudentAnswer.answer)).all() == [Answer.YES]
    page = scene.student.get(scene.path).text
    assert "Du har sagt ja tak." in page
    assert YES not in page
    assert "Vil du have pladsen" not in scene.student.get("/my").text
    assert "Den studerende har sagt ja tak." in scene.coordinator.get(scene.path).text


def test_student_says_no_with_a_reason_that_the_host_never_sees(scene: Scene, session: Session) -> None:
    page = scene.student.get(f"{scene.path}/student-answer/no").text
    assert "Det er i orden at sige nej." in page
    data = {"version": scene.version, "reason": "tasks"}
    answer = scene.student.post(f"{scene.path}/student-answer/no", data=data)
    assert answer.location == "/my"
    kept = session.scalars(select(StudentAnswer)).one()
    assert (kept.answer, kept.reason) == (Answer.NO, DeclineReason.TASKS)
    session.expire_all()
    assert scene.placement.status is PlacementStatus.CANCELLED
    home = scene.coordinator.get("/").text
    assert "Den studerende sagde nej tak: Opgaverne passer ikke til mig" in home
    assert f'href="/placements/new?offer={scene.offer.id}"' in scene.coordinator.get(scene.path).text
    for page in ("/host", f"/offers/{scene.offer.id}"):
        assert "passer ikke" not in scene.host.get(page).text


def test_no_without_a_reason_is_enough(scene: Scene, session: Session) -> None:
    answer = scene.student.post(f"{scene.path}/student-answer/no", data={"version": scene.version})
    assert answer.status_code == 303
    assert session.scalars(select(StudentAnswer.reason)).all() == [DeclineReason.UNSAID]


def test_coordinator_writes_the_answer_for_the_student(scene: Scene, session: Session) -> None:
    assert "Skriv den studerendes svar" in scene.coordinator.get(scene.path).text
    scene.coordinator.post(f"{scene.path}/student-answer/yes", data={"version": scene.version})
    kept = session.scalars(select(StudentAnswer)).one()
    assert (kept.answer, kept.answered_by.name) == (Answer.YES, "Karen Koordinator")


def test_host_neither_answers_nor_sees_the_question(scene: Scene) -> None:
    page = scene.host.get(scene.path).text
    assert "student-answer" not in page
    answer = scene.host.post(f"{scene.path}/student-answer/yes", data={"version": scene.version})
    assert answer.status_code == 403


def test_answer_to_an_old_version_is_refused(scene: Scene, session: Session) -> None:
    for verb in ("yes", "no"):
        answer = scene.student.post(f"{scene.path}/student-answer/{verb}", data={"version": 0})
        assert answer.status_code == 409
    assert session.scalars(select(StudentAnswer)).all() == []


@pytest.mark.usefixtures("with_csrf")
def test_answer_needs_the_token(scene: Scene, session: Session) -> None:
    answer = scene.student.post(f"{scene.path}/student-answer/yes", data={"version": scene.version})
    assert (answer.status_code, session.scalars(select(StudentAnswer)).all()) == (400, [])
