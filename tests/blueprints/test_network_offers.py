"""H-19 on screen: one step for everybody who has not been offered a group, and the line for the seats."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from placements.models.cohorts import Cohort
from placements.models.mails import OutgoingMail
from placements.models.network_groups import (
    NetworkGroup,
    NetworkGroupProgramme,
    NetworkPlace,
    NetworkPlaceStatus,
)
from placements.models.users import User
from tests.blueprints.network_scene import parsed, peer, place_of
from tests.conftest import Client
from tests.factories import Factory

AsUser = Callable[[User], Client]
Count = Callable[[Callable[[], object]], int]
S = NetworkPlaceStatus
ALL = "/network-groups/offer-all"


def previewed(browser: Client, slug: str) -> dict[str, object]:
    """What the one button of the preview sends."""
    page = parsed(browser.get(f"{ALL}?programme={slug}").text)
    sent = page.select("#plan form input[type=hidden]")
    form: dict[str, object] = {str(one["name"]): one["value"] for one in sent if one["name"] != "group_ids"}
    return form | {"group_ids": [one["value"] for one in sent if one["name"] == "group_ids"]}


def test_everybody_is_offered_a_place_or_put_in_line_in_one_step(
    make: Factory, session: Session, coordinator: Client, cohort: Cohort, group: NetworkGroup
) -> None:
    """H-19: the list reaches zero."""
    people = [peer(make, cohort, name) for name in ("Anna", "Bo", "Carla", "Dea", "Emil")]
    small = make.network_group(group.programme, "Gruppe Syd", seats=1)
    slug = group.programme.slug
    start = parsed(coordinator.get("/network-groups").text).select_one("a[href^='/network-groups/offer-all']")
    assert start is not None
    assert start["href"] == f"{ALL}?programme={slug}"
    page = coordinator.get(str(start["href"])).text
    assert "4 får tilbudt en plads. 1 kommer på venteliste" in " ".join(page.split())
    answer = coordinator.post(ALL, data=previewed(coordinator, slug))
    assert answer.location == "/network-groups#to-be-offered"
    after = coordinator.get("/network-groups").text
    assert "4 har fået tilbudt en plads og får en mail. 1 står på venteliste." in after
    assert "Alle er tilbudt en netværksgruppe." in after
    made = session.execute(select(NetworkPlace.group_id, NetworkPlace.status)).all()
    assert Counter(map(tuple, made)) == {
        (group.id, S.OFFERED): 3,
        (group.id, S.WAITING): 1,
        (small.id, S.OFFERED): 1,
    }
    assert len(session.scalars(select(OutgoingMail)).all()) == len(people) - 1


def test_preview_answers_htmx_for_the_groups_that_are_ticked(
    make: Factory, session: Session, coordinator: Client, cohort: Cohort, group: NetworkGroup
) -> None:
    peer(make, cohort, "Anna")
    other = make.network_group(group.programme, "Gruppe Syd", seats=1)
    path = f"{ALL}?programme={group.programme.slug}&plan="
    fragment = coordinator.htmx("GET", f"{path}&group_ids={other.id}").text
    assert fragment.strip().startswith('<div id="plan">')
    assert ("Gruppe Syd" in fragment, "Gruppe Nord" in fragment, "Anna" in fragment) == (True, False, True)
    assert "Vælg mindst én gruppe" in coordinator.htmx("GET", path).text
    assert session.scalars(select(NetworkPlace)).all() == []


def test_plan_that_has_changed_since_is_shown_again(
    make: Factory, session: Session, coordinator: Client, cohort: Cohort, group: NetworkGroup
) -> None:
    peer(make, cohort, "Anna")
    sent = previewed(coordinator, group.programme.slug)
    peer(make, cohort, "Bo")
    answer = coordinator.post(ALL, data=sent)
    assert answer.status_code == 422
    assert "Der er sket noget siden forslaget blev lavet." in answer.text
    assert session.scalars(select(NetworkPlace)).all() == []
    [plan] = parsed(answer.text).select("#send-plan")
    assert plan["value"] != sent["plan"]
    assert coordinator.post(ALL, data=sent | {"plan": plan["value"]}).status_code == 303


def test_plan_of_a_neighbour_holds_their_own_people_alone(
    make: Factory, as_user: AsUser, cohort: Cohort, group: NetworkGroup
) -> None:
    """The same group, shared: each programme offers to its own."""
    peer(make, cohort, "Anna")
    guest = make.programme("hovedstaden")
    make.keep(NetworkGroupProgramme(group_id=group.id, programme_id=guest.id))
    peer(make, make.cohort(guest), "Vera")
    browser = as_user(make.coordinator(guest))
    page = browser.get(f"{ALL}?programme={guest.slug}").text
    assert ("Vera" in page, "Anna" in page, "Gruppe Nord" in page) == (True, False, True)
    assert "Anna" not in browser.get(f"{ALL}?programme={group.programme.slug}").text


def test_preview_costs_the_same_for_one_person_and_group_as_for_three(
    make: Factory, coordinator: Client, query_count: Count, cohort: Cohort, group: NetworkGroup
) -> None:
    path = f"{ALL}?programme={group.programme.slug}"
    peer(make, cohort, "Anna")
    one = query_count(lambda: coordinator.get(path))
    for number in (2, 3):
        peer(make, make.cohort(group.programme), f"Ny {number}")
        make.network_group(group.programme, f"Gruppe {number}")
    assert query_count(lambda: coordinator.get(path)) == one


def test_line_is_shown_with_positions_and_can_be_joined_and_left(
    make: Factory, as_user: AsUser, teacher: Client, coordinator: Client, cohort: Cohort
) -> None:
    full = make.network_group(cohort.programme, "Gruppe Øst", seats=1)
    place_of(make, full, peer(make, cohort, "Anna"), "accepted")
    bo, carla = peer(make, cohort, "Bo"), peer(make, cohort, "Carla")
    places = [place_of(make, full, person, "declined") for person in (carla, bo)]
    for place in places:
        assert teacher.post(f"/network-places/{place.id}/queue").status_code == 303
    page = parsed(coordinator.get(f"/network-groups/{full.id}").text)
    rows = [
        [" ".join(cell.text.split()) for cell in row.select("th, td")]
        for row in page.select("#members tbody tr")
    ]
    assert [row[:3] for row in rows[1:]] == [
        ["CarlaHold 2024", "På venteliste nr. 1", ""],
        ["BoHold 2024", "På venteliste nr. 2", ""],
    ]
    own = as_user(carla.user)
    assert "Alle pladser er taget lige nu." in own.get("/network-groups").text
    assert own.post(f"/network-places/{places[0].id}/leave-queue").status_code == 303
    assert places[0].status is S.DECLINED
    assert "nr. 1" in coordinator.get(f"/network-groups/{full.id}").text


# Moving


def test_move_answers_htmx_with_the_sentence_and_the_focus(
    make: Factory, session: Session, teacher: Client, cohort: Cohort, group: NetworkGroup
) -> None:
    place = place_of(make, group, peer(make, cohort, "Anna"), "accepted")
    other = make.network_group(group.programme, "Gruppe Syd", seats=1)
    full = make.network_group(group.programme, "Gruppe Øst", seats=1)
    place_of(make, full, peer(make, cohort, "Bo"), "accepted")
    page = parsed(teacher.get(f"/network-groups/{group.id}").text)
    offered = [option.text for option in page.select(f"#into-{place.id} option")]
    assert offered == ["Vælg gruppe", "Gruppe Syd (1 ledige)"]
    path = f"/network-places/{place.id}/move"
    assert "Vælg den gruppe" in teacher.htmx("POST", path, data={"group_id": ""}).text
    assert teacher.post(path, data={"group_id": full.id}).status_code == 422
    fragment = teacher.htmx("POST", path, data={"group_id": other.id}).text
    assert fragment.strip().startswith('<div id="members">')
    assert "Anna er flyttet til Gruppe Syd." in fragment
    focused = parsed(fragment).select("[data-focus]")
    assert [link["href"] for link in focused] == [f"/network-groups/{other.id}"]
    assert "Flyttet til en anden gruppe" in fragment
    told = teacher.get(f"/network-groups/{other.id}").text
    assert "Anna kom på gruppens liste" in told
    assert "Ny status for Anna" in teacher.get(f"/network-groups/{group.id}").text
    mails = session.execute(select(OutgoingMail.message, OutgoingMail.path)).all()
    assert mails == [("network_moved", f"/network-groups/{other.id}")]


def test_moved_peer_is_led_to_the_new_group(
    make: Factory, as_user: AsUser, teacher: Client, cohort: Cohort, group: NetworkGroup
) -> None:
    me = peer(make, cohort, "Anna")
    place = place_of(make, group, me, "accepted")
    other = make.network_group(group.programme, "Gruppe Syd", seats=1)
    answer = teacher.post(f"/network-places/{place.id}/move", data={"group_id": other.id})
    assert answer.location == f"/network-groups/{group.id}#members-title"
    browser = as_user(me.user)
    assert browser.get(f"/network-groups/{group.id}").location == "/network-groups"
    page = browser.get("/network-groups").text
    assert ("Gruppe Syd" in page, "Gruppe Nord" in page) == (True, False)


@pytest.mark.parametrize("role", ["coordinator", "teacher"])
def test_move_of_somebody_of_another_programme_is_not_there(
    make: Factory, as_user: AsUser, cohort: Cohort, group: NetworkGroup, role: str
) -> None:
    place = place_of(make, group, peer(make, cohort, "Anna"), "accepted")
    guest = make.programme("hovedstaden")
    make.keep(NetworkGroupProgramme(group_id=group.id, programme_id=guest.id))
    into = make.network_group(guest, "Gruppe Amager")
    browser = as_user(make.coordinator(guest) if role == "coordinator" else make.teacher(guest))
    answer = browser.post(f"/network-places/{place.id}/move", data={"group_id": into.id})
    assert (answer.status_code, place.status) == (404, S.ACCEPTED)
