"""*Fortryd*: from the message after a save, and from the history of a placement."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select
from sqlalchemy.orm import Session

from placements.models.events import Event
from placements.models.placements import Placement
from placements.models.users import User
from tests.conftest import Client
from tests.factories import Factory

As = Callable[[User], Client]


class Scene:
    """A placement whose coordinator has just named a supervisor."""

    def __init__(self, make: Factory, as_user: As, session: Session) -> None:
        placement = make.placement(status="accepted")
        self.id, self.path = placement.id, f"/placements/{placement.id}"
        self.programme, self.unit = placement.cohort.programme, placement.unit
        self.student = as_user(placement.enrolment.user)
        self.coordinator, self.host = as_user(make.coordinator(self.programme)), as_user(make.host(self.unit))
        self.data = {"supervisor_id": make.contact(self.unit).id, "version": placement.version}
        self.coordinator.post(f"{self.path}/supervisor", data=self.data)
        self.event = session.scalars(select(Event.id).order_by(Event.id.desc()).limit(1)).one()
        self.undo = f"/history/{self.event}/undo"


@pytest.fixture
def scene(make: Factory, as_user: As, session: Session) -> Scene:
    return Scene(make, as_user, session)


def supervisor(session: Session, scene: Scene) -> int | None:
    placement = session.get(Placement, scene.id)
    assert placement is not None
    return placement.supervisor_id


def test_undo_from_the_message_and_from_the_history(scene: Scene, session: Session) -> None:
    page = BeautifulSoup(scene.coordinator.get(scene.path).text, "html.parser")
    assert page.select_one(".message-undo")["formaction"] == scene.undo
    assert [form["action"] for form in page.select(".history-undo")] == [scene.undo]
    answer = scene.coordinator.post(scene.undo)
    assert (answer.status_code, answer.headers["Location"]) == (303, scene.path)
    assert supervisor(session, scene) is None
    page = BeautifulSoup(scene.coordinator.get(scene.path).text, "html.parser")
    assert "er taget tilbage" in page.select_one(".flashes").get_text()
    assert len(page.select(".history > li")) == 3


def test_undo_leads_back_to_the_board_as_it_was(scene: Scene) -> None:
    came_from = {"Referer": "http://localhost/placements?sector=regional&q=bæk"}
    answer = scene.coordinator.post(scene.undo, headers=came_from)
    assert answer.headers["Location"].startswith("/placements?sector=regional&q=")


def test_undo_in_the_answer_to_htmx(scene: Scene) -> None:
    data = {"legal_basis": "employment", "version": scene.data["version"] + 1}
    answer = scene.coordinator.htmx("POST", f"{scene.path}/legal-basis", data=data)
    button = BeautifulSoup(answer.text, "html.parser").select_one("#status .message-undo")
    assert button["formaction"] == f"/history/{scene.event + 1}/undo"


def test_undo_twice_says_that_it_changed(scene: Scene, session: Session) -> None:
    assert scene.coordinator.post(scene.undo).status_code == 303
    again = scene.coordinator.post(scene.undo)
    assert again.status_code == 422
    assert "Forløbet er ændret siden" in again.text
    assert supervisor(session, scene) is None


def test_undo_is_for_the_programmes_coordinators(
    make: Factory, as_user: As, scene: Scene, session: Session
) -> None:
    stranger = as_user(make.coordinator(make.programme("andet")))
    for browser, status in ((scene.host, 403), (scene.student, 403), (stranger, 404)):
        assert browser.post(scene.undo).status_code == status
    assert scene.coordinator.post("/history/999999/undo").status_code == 404
    assert supervisor(session, scene) == scene.data["supervisor_id"]
    assert "history-undo" not in scene.host.get(scene.path).text


def test_undo_of_another_kind_of_record_is_not_found(scene: Scene, session: Session) -> None:
    contact = session.scalars(select(Event.id).where(Event.table_name == "contact")).one()
    assert scene.coordinator.post(f"/history/{contact}/undo").status_code == 404


@pytest.mark.usefixtures("with_csrf")
def test_undo_without_a_token_is_refused(make: Factory, as_user: As, session: Session) -> None:
    placement = make.placement(status="accepted")
    event = session.scalars(select(Event.id).where(Event.table_name == "placement")).one()
    browser = as_user(make.coordinator(placement.cohort.programme))
    assert browser.post(f"/history/{event}/undo").status_code == 400
