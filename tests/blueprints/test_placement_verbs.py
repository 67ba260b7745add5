"""The verbs by their addresses: who may, from which state, with what reason, and once for two clicks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from placements.models.follow_up_days import FollowUpAttendance
from placements.models.mails import OutgoingMail
from placements.models.offers import Offer, OfferStatus
from placements.models.placements import Placement, PlacementStatus
from placements.models.users import User
from tests.conftest import Client
from tests.factories import Factory

As = Callable[[User], Client]
S = PlacementStatus
REASON = "Afsnittet lukker i foråret"
# Verb, the states it leaves, the state it leads to, whether hosts may use it too.
VERBS = [
    ("propose", {S.DRAFT}, S.PROPOSED, False),
    ("accept", {S.PROPOSED}, S.ACCEPTED, True),
    ("decline", {S.PROPOSED}, S.DECLINED, True),
    ("start", {S.AGREED}, S.ACTIVE, False),
    ("complete", {S.ACTIVE}, S.COMPLETED, False),
    ("end-early", {S.ACTIVE}, S.ENDED_EARLY, False),
    ("cancel", {S.DRAFT, S.PROPOSED, S.ACCEPTED, S.AGREED}, S.CANCELLED, False),
]
WITH_REASON = {"decline", "end-early", "cancel"}


class Scene:
    """A placement whose gates are all open, unless said otherwise."""

    def __init__(self, make: Factory, as_user: As, status: str, **values: object) -> None:
        cohort = make.cohort(make.programme(follow_up_days=0))
        unit = make.unit("Afsnit P4")
        self.offer = make.offer(unit, cohort)
        values = {"offer_id": self.offer.id, "ends_on": date(2025, 2, 3)} | values
        self.placement: Placement = make.placement(cohort=cohort, unit=unit, status=status, **values)
        self.id, self.version = self.placement.id, self.placement.version
        self.path = f"/placements/{self.id}"
        self.coordinator = as_user(make.coordinator(cohort.programme))
        self.host_user = make.host(unit)
        self.host = as_user(self.host_user)
        self.student = as_user(self.placement.enrolment.user)

    def data(self, verb: str) -> dict[str, object]:
        return {"version": self.version} | ({"reason": REASON} if verb in WITH_REASON else {})

    def post(self, browser: Client, verb: str, **values: object) -> int:
        return int(browser.post(f"{self.path}/{verb}", data=self.data(verb) | values).status_code)

    def state(self, session: Session) -> PlacementStatus:
        placement = session.get(Placement, self.id)
        assert placement is not None
        return placement.status


SceneOf = Callable[..., Scene]


@pytest.fixture
def scene_of(make: Factory, as_user: As) -> SceneOf:
    return lambda status, **values: Scene(make, as_user, status, **values)


def text_of(page: str) -> str:
    return " ".join(BeautifulSoup(page, "html.parser").get_text(" ").split())


@pytest.mark.parametrize(("verb", "sources", "target", "hosts_too"), VERBS)
@pytest.mark.parametrize("state", list(S))
def test_verb_follows_the_state_table(
    scene_of: SceneOf, session: Session, verb: str, sources: set[S], target: S, hosts_too: bool, state: S
) -> None:
    scene = scene_of(state)
    answer = scene.coordinator.post(f"{scene.path}/{verb}", data=scene.data(verb))
    if state in sources:
        assert (answer.status_code, answer.headers["Location"]) == (303, scene.path)
        assert scene.state(session) is target
    else:
        assert answer.status_code == 422
        assert scene.state(session) is state
        if verb in WITH_REASON:
            assert scene.coordinator.get(f"{scene.path}/{verb}").status_code == 422


@pytest.mark.parametrize(("verb", "sources", "target", "hosts_too"), VERBS)
def test_verb_by_role(
    make: Factory,
    as_user: As,
    scene_of: SceneOf,
    session: Session,
    verb: str,
    sources: set[S],
    target: S,
    hosts_too: bool,
) -> None:
    state = max(sources, key=list(S).index)
    scene = scene_of(state)
    assert scene.post(scene.student, verb) == 403
    assert scene.post(as_user(make.teacher(scene.placement.cohort.programme)), verb) == 403
    assert scene.post(as_user(make.coordinator(make.programme("andet"))), verb) == 404
    foreign = make.host(make.unit("Afsnit B"))
    assert scene.post(as_user(foreign), verb) == (404 if hosts_too else 403)
    assert scene.state(session) is state
    assert scene.post(scene.host, verb) == (303 if hosts_too else 403)
    assert scene.state(session) is (target if hosts_too else state)


def test_a_host_who_coordinates_elsewhere_only_answers(
    make: Factory, as_user: As, scene_of: SceneOf, session: Session
) -> None:
    scene = scene_of("agreed")
    make.grant(scene.host_user, "coordinator", programme=make.programme("andet"))
    both = as_user(scene.host_user)
    assert scene.post(both, "start") == 404
    assert scene.post(both, "cancel") == 404
    assert scene.state(session) is S.AGREED


@pytest.mark.parametrize(
    ("verb", "state"), [("propose", "draft"), ("accept", "proposed"), ("start", "agreed")]
)
def test_verb_on_an_old_page_is_stale(scene_of: SceneOf, session: Session, verb: str, state: str) -> None:
    scene = scene_of(state)
    assert scene.post(scene.coordinator, verb, version=scene.version - 1) == 409
    assert scene.post(scene.coordinator, verb, version="") == 409
    assert scene.state(session) == state


def test_decline_on_an_old_page_keeps_the_reason(scene_of: SceneOf, session: Session) -> None:
    """Stale is refused; nothing is lost, because the browser still has the form."""
    scene = scene_of("proposed")
    assert scene.post(scene.host, "decline", version=scene.version - 1) == 409
    assert scene.state(session) is S.PROPOSED


def test_propose_twice_asks_once(scene_of: SceneOf, session: Session) -> None:
    scene = scene_of("draft")
    assert scene.post(scene.coordinator, "propose") == 303
    again = scene.coordinator.post(f"{scene.path}/propose", data=scene.data("propose"))
    assert again.status_code == 422
    assert "Forløbet er allerede foreslået" in text_of(again.text)
    assert [mail.message for mail in session.scalars(select(OutgoingMail))] == ["task_accept"]


def test_propose_says_what_is_missing(scene_of: SceneOf, session: Session) -> None:
    scene = scene_of("draft", legal_basis=None)
    answer = scene.coordinator.post(f"{scene.path}/propose", data=scene.data("propose"))
    assert answer.status_code == 422
    page = text_of(answer.text)
    assert "Forløbet kan ikke foreslås endnu." in page
    assert "Retsgrundlaget er valgt" in page
    assert "Praktikpladsen er åben" not in page
    assert scene.state(session) is S.DRAFT


def test_complete_waits_for_the_follow_up_days(make: Factory, scene_of: SceneOf, session: Session) -> None:
    scene = scene_of("active")
    scene.placement.cohort.programme.follow_up_days = 1
    make.keep(scene.placement.cohort.programme)
    day = make.follow_up_day(scene.placement.cohort, 1)
    assert scene.post(scene.coordinator, "complete") == 422
    make.keep(FollowUpAttendance(day_id=day.id, placement_id=scene.id, status="excused"))
    assert scene.post(scene.coordinator, "complete") == 303
    assert scene.state(session) is S.COMPLETED


def test_verb_answers_htmx_with_the_fragment(scene_of: SceneOf) -> None:
    scene = scene_of("proposed")
    answer = scene.host.htmx("POST", f"{scene.path}/accept", data=scene.data("accept"))
    page = BeautifulSoup(answer.text, "html.parser")
    assert answer.status_code == 200
    assert page.find("h1") is None
    assert "Sagt ja" in page.find(id="placement").get_text()
    assert "Vælg nu en praktikvejleder" in page.find(id="status").get_text()


def test_verb_refused_answers_htmx_in_the_alert_region(scene_of: SceneOf) -> None:
    scene = scene_of("draft")
    answer = scene.coordinator.htmx("POST", f"{scene.path}/start", data=scene.data("start"))
    assert (answer.status_code, answer.headers["HX-Retarget"]) == (422, "#alert")
    assert "Kun et forløb med en underskrevet aftale kan begynde." in text_of(answer.text)


# With a reason


@pytest.mark.parametrize(
    ("verb", "state"), [("decline", "proposed"), ("cancel", "agreed"), ("end-early", "active")]
)
def test_reason_is_asked_for_and_kept(scene_of: SceneOf, session: Session, verb: str, state: str) -> None:
    scene = scene_of(state)
    page = BeautifulSoup(scene.coordinator.get(f"{scene.path}/{verb}").text, "html.parser")
    form = page.select_one("main form")
    assert (form["method"], form["action"]) == ("post", f"{scene.path}/{verb}")
    assert form.select_one("a.button-quiet")["href"] == scene.path
    refused = scene.coordinator.post(f"{scene.path}/{verb}", data={"version": scene.version, "reason": " "})
    assert refused.status_code == 422
    assert scene.state(session) == state
    long = scene.coordinator.post(
        f"{scene.path}/{verb}", data={"version": scene.version, "reason": "å" * 501}
    )
    assert long.status_code == 422
    assert "å" * 501 in long.text
    assert scene.post(scene.coordinator, verb) == 303
    placement = session.get(Placement, scene.id)
    assert placement is not None
    assert placement.reason == REASON


def test_decline_leads_the_host_home_and_out(scene_of: SceneOf, session: Session) -> None:
    scene = scene_of("proposed")
    answer = scene.host.post(f"{scene.path}/decline", data=scene.data("decline"))
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    assert scene.host.get(scene.path).status_code == 404
    assert REASON in scene.coordinator.get(scene.path).text
    coordinators = session.scalars(select(OutgoingMail.message).order_by(OutgoingMail.id)).all()
    assert coordinators == ["placement_declined"]


def test_end_early_opens_the_offer_again(make: Factory, scene_of: SceneOf, session: Session) -> None:
    scene = scene_of("active")
    scene.offer.status = OfferStatus.CLOSED
    make.keep(scene.offer)
    assert scene.post(scene.coordinator, "end-early") == 303
    offer = session.get(Offer, scene.offer.id)
    assert offer is not None
    assert offer.status is OfferStatus.OPEN


@pytest.mark.usefixtures("with_csrf")
def test_verb_without_a_token_is_refused(app: Flask, scene_of: SceneOf, session: Session) -> None:
    scene = scene_of("proposed")
    assert scene.post(scene.host, "accept") == 400
    page = BeautifulSoup(scene.host.get(scene.path).text, "html.parser")
    form = page.find("form", action=f"{scene.path}/accept")
    values = {field["name"]: field["value"] for field in form.select("input")}
    assert scene.host.post(form["action"], data=values).status_code == 303
    assert scene.state(session) is S.ACCEPTED
