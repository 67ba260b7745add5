"""H-19 on screen: a peer's own answer, and what staff note about a place."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from placements.models.cohorts import Cohort
from placements.models.mails import OutgoingMail
from placements.models.network_groups import NetworkGroup, NetworkPlaceStatus
from placements.models.users import User
from tests.blueprints.network_scene import meeting, parsed, peer, place_of
from tests.conftest import Client
from tests.factories import Factory

AsUser = Callable[[User], Client]
S = NetworkPlaceStatus


# A peer's own answer


def test_peer_accepts_and_then_sees_who_is_in_the_group(
    make: Factory, as_user: AsUser, cohort: Cohort, group: NetworkGroup
) -> None:
    me = peer(make, cohort, "Amalie Holm")
    mine = place_of(make, group, me, "offered")
    for name, status in (("Bo Dam", "accepted"), ("Carla Lund", "declined"), ("Dea Skov", "left")):
        place_of(make, group, peer(make, cohort, name), status)
    place_of(make, group, peer(make, cohort, "Emil Krogh"), "offered")
    meeting(make, group)
    browser, path = as_user(me.user), f"/network-groups/{group.id}"
    others = ("Bo Dam", "Carla Lund", "Dea Skov", "Emil Krogh")
    before = browser.get(path).text
    assert ("At sige fra" in before, [name for name in others if name in before]) == (True, [])
    assert browser.post(f"/network-places/{mine.id}/accept").location == path
    assert mine.status is S.ACCEPTED
    after = browser.get(path).text
    assert "Velkommen i gruppen." in after
    assert [name for name in others if name in after] == ["Bo Dam"]
    assert "Historik" not in after
    assert f'action="/network-places/{mine.id}/leave"' in after


def test_peer_declines_and_leaves(
    make: Factory, as_user: AsUser, cohort: Cohort, group: NetworkGroup
) -> None:
    me = peer(make, cohort, "Amalie Holm")
    mine = place_of(make, group, me, "offered")
    place_of(make, group, peer(make, cohort, "Bo Dam"), "accepted")
    meeting(make, group)
    browser = as_user(me.user)
    browser.post(f"/network-places/{mine.id}/decline")
    assert mine.status is S.DECLINED
    page = browser.get(f"/network-groups/{group.id}").text
    assert "Vil du alligevel være med" in page
    assert ("At sige fra" in page, "Bo Dam" in page) == (False, False)
    other = make.network_group(group.programme, "Gruppe Syd")
    second = place_of(make, other, me, "accepted")
    browser.post(f"/network-places/{second.id}/leave")
    assert second.status is S.LEFT


@pytest.mark.parametrize("verb", ["accept", "decline", "leave"])
def test_answer_for_somebody_else_is_not_there(
    make: Factory, as_user: AsUser, cohort: Cohort, group: NetworkGroup, verb: str
) -> None:
    theirs = place_of(make, group, peer(make, cohort, "Bo Dam"), "accepted" if verb == "leave" else "offered")
    before = theirs.status
    somebody = peer(make, cohort, "Amalie Holm").user
    assert as_user(somebody).post(f"/network-places/{theirs.id}/{verb}").status_code == 404
    assert theirs.status is before


def test_second_answer_is_refused_with_a_sentence(
    make: Factory, as_user: AsUser, cohort: Cohort, group: NetworkGroup
) -> None:
    me = peer(make, cohort, "Amalie Holm")
    mine = place_of(make, group, me, "accepted")
    answer = as_user(me.user).post(f"/network-places/{mine.id}/decline")
    assert answer.status_code == 422
    assert "Tilbuddet er allerede besvaret." in answer.text
    assert mine.status is S.ACCEPTED


def test_own_groups_on_the_list(make: Factory, as_user: AsUser, cohort: Cohort, group: NetworkGroup) -> None:
    me = peer(make, cohort, "Amalie Holm")
    browser = as_user(me.user)
    assert "Du er ikke tilbudt en gruppe endnu" in browser.get("/network-groups").text
    mine = place_of(make, group, me, "offered")
    page = browser.get("/network-groups").text
    assert f'action="/network-places/{mine.id}/accept"' in page
    assert "Skal tilbydes en gruppe" not in page
    assert "/network-groups/new" not in page


def test_group_one_has_no_place_in_is_not_there(
    make: Factory, as_user: AsUser, cohort: Cohort, group: NetworkGroup
) -> None:
    browser = as_user(peer(make, cohort, "Amalie Holm").user)
    assert browser.get(f"/network-groups/{group.id}").status_code == 404


def test_coordinator_notes_a_no_that_was_said_on_the_phone(
    make: Factory, coordinator: Client, teacher: Client, cohort: Cohort, group: NetworkGroup
) -> None:
    """So that an offer nobody answers does not keep the line waiting."""
    place = place_of(make, group, peer(make, cohort, "Bo Dam"), "offered")
    assert teacher.post(f"/network-places/{place.id}/decline").status_code == 403
    fragment = coordinator.htmx("POST", f"/network-places/{place.id}/decline").text
    assert ("0 af 3 pladser" in fragment, place.status) == (True, S.DECLINED)


def test_coordinator_notes_that_somebody_left_and_offers_again(
    make: Factory, session: Session, coordinator: Client, teacher: Client, cohort: Cohort, group: NetworkGroup
) -> None:
    place = place_of(make, group, peer(make, cohort, "Bo Dam"), "accepted")
    assert teacher.post(f"/network-places/{place.id}/leave").status_code == 403
    fragment = coordinator.htmx("POST", f"/network-places/{place.id}/leave").text
    assert fragment.strip().startswith('<div id="members">')
    assert "0 af 3 pladser" in fragment
    assert '<th scope="row" tabindex="-1" data-focus>Bo Dam<span' in fragment
    answer = teacher.post(f"/network-places/{place.id}/offer-again")
    assert (answer.status_code, place.status) == (303, S.OFFERED)
    assert session.scalars(select(OutgoingMail.message)).all() == ["network_offer"]


@pytest.mark.usefixtures("with_csrf")
def test_answer_needs_the_token_of_its_page(
    make: Factory, as_user: AsUser, cohort: Cohort, group: NetworkGroup
) -> None:
    me = peer(make, cohort, "Amalie Holm")
    mine = place_of(make, group, me, "offered")
    browser = as_user(me.user)
    assert browser.post(f"/network-places/{mine.id}/accept").status_code == 400
    assert mine.status is S.OFFERED
    form = parsed(browser.get(f"/network-groups/{group.id}").text).select_one("form[action$=accept]")
    assert form is not None
    token = form.select_one("[name=csrf_token]")
    assert token is not None
    browser.post(f"/network-places/{mine.id}/accept", data={"csrf_token": token["value"]})
    assert mine.status is S.ACCEPTED
