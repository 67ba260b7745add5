"""`/placements/<id>/concerns`: raised by a party, handled by the coordinator, each look written down."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select
from sqlalchemy.orm import Session

from placements.domain import looks
from placements.models.concerns import Concern, ConcernStatus
from placements.models.placements import Placement
from placements.models.users import User
from tests.conftest import Client
from tests.factories import Factory

AsUser = Callable[[User], Client]
SECRET = "Jeg bliver sat alene om aftenen"


class Scene:
    def __init__(self, make: Factory, as_user: AsUser) -> None:
        unit = make.unit("Afsnit P4")
        self.placement: Placement = make.placement(unit=unit, status="active")
        self.url = f"/placements/{self.placement.id}/concerns"
        self.users = {
            "student": self.placement.enrolment.user,
            "host": make.host(unit),
            "coordinator": make.coordinator(self.placement.cohort.programme),
        }
        self.browsers = {role: as_user(user) for role, user in self.users.items()}


@pytest.fixture
def scene(make: Factory, as_user: AsUser) -> Scene:
    return Scene(make, as_user)


def text(answer: Any) -> str:
    return " ".join(BeautifulSoup(answer.text, "html.parser").find("main").get_text(" ").split())


def only(session: Session) -> Concern:
    return session.scalars(select(Concern)).one()


def test_raise_is_seen_by_the_coordinator_and_not_by_the_host(scene: Scene, session: Session) -> None:
    answer = scene.browsers["student"].post(scene.url, data={"text": f"  {SECRET}\r\n"})
    concern = only(session)
    page = f"{scene.url}/{concern.id}"
    assert (answer.status_code, answer.location, concern.text) == (303, scene.url, SECRET)
    assert SECRET in text(scene.browsers["coordinator"].get(page))
    assert scene.browsers["host"].get(page).status_code == 404
    listed = text(scene.browsers["host"].get(scene.url))
    assert "Det er sagt" not in listed
    assert SECRET not in text(scene.browsers["coordinator"].get(scene.url))


def test_raise_without_words_keeps_the_page_and_says_what_to_do(scene: Scene, session: Session) -> None:
    answer = scene.browsers["host"].post(scene.url, data={"text": " "})
    assert answer.status_code == 422
    assert "Skriv kort, hvad det handler om." in text(answer)
    assert list(session.scalars(select(Concern))) == []


def test_each_look_is_written_down_and_shown_to_the_coordinator_alone(
    scene: Scene, make: Factory, session: Session
) -> None:
    concern = make.concern(scene.placement, scene.users["student"])
    page = f"{scene.url}/{concern.id}"
    told = text(scene.browsers["student"].get(page))
    scene.browsers["host"].get(page)
    seen = text(scene.browsers["coordinator"].get(page))
    names = [scene.users["coordinator"].name, scene.users["student"].name]
    assert [entry.name for entry in looks.of(session, "concern", concern.id)] == names
    assert ("Hvem har set den" in told, "Hvem har set den" in seen) == (False, True)


def test_share_plan_reach_and_close(scene: Scene, make: Factory, session: Session) -> None:
    concern = make.concern(scene.placement, scene.users["student"])
    page, browser = f"{scene.url}/{concern.id}", scene.browsers["coordinator"]
    version = concern.version
    browser.post(f"{page}/share", data={"version": version, "shared_with_host": "y"})
    assert scene.browsers["host"].get(page).status_code == 200
    browser.post(f"{page}/goals", data={"text": "En makker", "due_on": "2025-03-01"})
    goal = only(session).goals[0]
    browser.post(f"{page}/reach/{goal.id}")
    closed = browser.post(f"{page}/close", data={"version": only(session).version, "outcome": "solved"})
    told = text(scene.browsers["host"].get(page))
    assert (closed.status_code, only(session).status) == (303, ConcernStatus.CLOSED)
    assert ("Det er løst" in told, "Nået 3. februar 2025" in told) == (True, True)


def test_share_on_an_old_version_shows_both(scene: Scene, make: Factory, session: Session) -> None:
    concern = make.concern(scene.placement, scene.users["student"])
    page, old = f"{scene.url}/{concern.id}", concern.version
    browser = scene.browsers["coordinator"]
    browser.post(f"{page}/share", data={"version": old, "shared_with_host": "y"})
    answer = browser.post(f"{page}/share", data={"version": old, "shared_with_student": "y"})
    assert answer.status_code == 409
    assert "nåede at gemme før dig" in text(answer)
    assert (only(session).shared_with_host, only(session).shared_with_student) == (True, False)


def test_goal_in_the_past_is_refused_at_its_field(scene: Scene, make: Factory) -> None:
    concern = make.concern(scene.placement, scene.users["student"])
    answer = scene.browsers["coordinator"].post(
        f"{scene.url}/{concern.id}/goals", data={"text": "En makker", "due_on": "2025-02-02"}
    )
    page = BeautifulSoup(answer.text, "html.parser")
    assert answer.status_code == 422
    assert page.select_one("#due_on-error").get_text() == "Vælg en dag, der ikke er gået."  # type: ignore[union-attr]
    assert page.select_one("#goal-text")["value"] == "En makker"  # type: ignore[index]


def test_goal_of_another_concern_is_404(scene: Scene, make: Factory) -> None:
    mine, other = (make.concern(scene.placement, scene.users["student"]) for _ in range(2))
    browser = scene.browsers["coordinator"]
    browser.post(f"{scene.url}/{other.id}/goals", data={"text": "En makker", "due_on": "2025-03-01"})
    goal = make.session.get_one(Concern, other.id).goals[0]
    assert browser.post(f"{scene.url}/{mine.id}/reach/{goal.id}").status_code == 404


@pytest.mark.usefixtures("with_csrf")
def test_raise_without_the_token_is_refused(scene: Scene) -> None:
    assert scene.browsers["student"].post(scene.url, data={"text": SECRET}).status_code == 400


@pytest.mark.parametrize("rows", [1, 3])
def test_list_asks_as_many_queries_for_few_and_many(
    scene: Scene, make: Factory, query_count: Callable[..., int], rows: int
) -> None:
    for _ in range(rows):
        make.concern(scene.placement, make.user("Nogen"))
    browser = scene.browsers["coordinator"]
    browser.get(scene.url)
    assert query_count(lambda: browser.get(scene.url)) == 3
