"""H-19 on screen: groups, who is to be offered a place, and offers to several peers."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from placements.models.cohorts import Cohort
from placements.models.mails import OutgoingMail
from placements.models.network_groups import NetworkAttendance, NetworkGroup, NetworkPlace, NetworkPlaceStatus
from placements.models.programmes import Programme
from placements.models.users import User
from tests.blueprints.network_scene import meeting, parsed, peer, place_of
from tests.conftest import Client
from tests.factories import Factory

AsUser = Callable[[User], Client]
Count = Callable[[Callable[[], object]], int]
S = NetworkPlaceStatus


# The list


def test_list_shows_groups_and_who_is_to_be_offered_one(
    make: Factory, teacher: Client, cohort: Cohort, group: NetworkGroup
) -> None:
    """H-19."""
    place_of(make, group, peer(make, cohort, "Amalie Holm"), "accepted")
    place_of(make, group, peer(make, cohort, "Bo Dam"), "declined")
    peer(make, cohort, "Carla Lund")
    page = parsed(teacher.get("/network-groups").text)
    cells = [cell.text for cell in page.select(".list tbody tr td.number")]
    assert cells == ["1", "0", "0", "2"]
    offered = {
        name: [label.text for label in page.select(f"label[for^={name}]")] for name in ("first", "again")
    }
    assert offered == {
        "first": ["Carla Lund (Hold 2024, studerende)"],
        "again": ["Bo Dam (Hold 2024, studerende)"],
    }
    assert page.select_one("section[aria-labelledby=to-be-offered] h2#to-be-offered") is not None


def test_list_without_groups_offers_the_first_step(make: Factory, teacher: Client, cohort: Cohort) -> None:
    peer(make, cohort, "Carla Lund")
    page = teacher.get("/network-groups").text
    assert "Der er ingen grupper endnu" in page
    assert "Carla Lund" in page
    assert 'action="/network-groups/offers"' not in page


def test_list_says_when_everybody_is_offered_a_group(
    make: Factory, coordinator: Client, cohort: Cohort, group: NetworkGroup
) -> None:
    """H-19: the list can reach zero."""
    place_of(make, group, peer(make, cohort, "Amalie Holm"), "offered")
    assert "Alle er tilbudt en netværksgruppe." in coordinator.get("/network-groups").text


def test_list_of_others_holds_none_of_it(
    make: Factory, as_user: AsUser, cohort: Cohort, group: NetworkGroup
) -> None:
    place_of(make, group, peer(make, cohort, "Amalie Holm"), "accepted")
    peer(make, cohort, "Carla Lund")
    outsider = peer(make, make.cohort(make.programme("hovedstaden")), "Dea Skov")
    for person in (make.coordinator(outsider.cohort.programme), outsider.user):
        page = as_user(person).get("/network-groups").text
        assert [name for name in ("Gruppe Nord", "Amalie", "Carla") if name in page] == []


def test_list_costs_the_same_for_one_group_and_peer_as_for_three(
    make: Factory, coordinator: Client, query_count: Count, cohort: Cohort, group: NetworkGroup
) -> None:
    def add(number: int) -> None:
        place_of(make, group, peer(make, cohort, f"Medlem {number}"), "accepted")
        place_of(make, group, peer(make, cohort, f"Ude {number}"), "left")
        peer(make, make.cohort(group.programme), f"Ny {number}")
        meeting(make, group)

    add(1)
    one = query_count(lambda: coordinator.get("/network-groups"))
    for number in (2, 3):
        make.network_group(group.programme, f"Gruppe {number}")
        add(number)
    assert query_count(lambda: coordinator.get("/network-groups")) == one


# Offering


def test_offer_to_several_at_once(
    make: Factory, session: Session, coordinator: Client, cohort: Cohort, group: NetworkGroup
) -> None:
    """H-19."""
    new, before = peer(make, cohort, "Carla Lund"), peer(make, cohort, "Bo Dam")
    left = place_of(make, group, before, "left")
    answer = coordinator.post(
        "/network-groups/offers", data={"first_ids": new.id, "again_ids": before.id, "group_id": group.id}
    )
    assert answer.location == "/network-groups#to-be-offered"
    assert "2 har fået tilbudt en plads" in coordinator.get("/network-groups").text
    made = session.scalars(select(NetworkPlace).order_by(NetworkPlace.enrolment_id)).all()
    assert [(place.enrolment_id, place.status) for place in made] == [
        (new.id, S.OFFERED),
        (before.id, S.OFFERED),
    ]
    assert left in made
    mails = session.execute(select(OutgoingMail.message, OutgoingMail.path)).all()
    assert mails == [("network_offer", f"/network-groups/{group.id}")] * 2


def test_offer_answers_htmx_with_the_new_list(
    make: Factory, teacher: Client, cohort: Cohort, group: NetworkGroup
) -> None:
    chosen, _other = peer(make, cohort, "Carla Lund"), peer(make, cohort, "Dea Skov")
    data = {"first_ids": chosen.id, "group_id": group.id}
    fragment = teacher.htmx("POST", "/network-groups/offers", data=data).text
    assert fragment.strip().startswith('<div id="groups">')
    assert ("Carla Lund" in fragment, "Dea Skov" in fragment) == (False, True)
    assert "Én har fået tilbudt en plads" in fragment
    assert fragment.count(" autofocus") == 1


def test_offer_with_nobody_or_no_group_chosen_explains(
    make: Factory, session: Session, coordinator: Client, cohort: Cohort, group: NetworkGroup
) -> None:
    person = peer(make, cohort, "Carla Lund")
    make.network_group(group.programme, "Gruppe Syd")
    for data, said, field in (
        ({"group_id": str(group.id)}, "Vælg mindst én", "first_ids"),
        ({"first_ids": str(person.id), "group_id": ""}, "Vælg en gruppe.", "group_id"),
    ):
        for answer in (
            coordinator.post("/network-groups/offers", data=data),
            coordinator.htmx("POST", "/network-groups/offers", data=data),
        ):
            assert (answer.status_code, said in answer.text) == (422, True)
            page = parsed(answer.text)
            assert {found["name"] for found in page.select("[aria-invalid]")} == {field}
            assert len(page.select("[name=first_ids][checked]")) == len(data.get("first_ids", ""))
    assert session.scalars(select(NetworkPlace)).all() == []


def test_offer_beyond_the_seats_is_refused_and_the_choice_kept(
    make: Factory, session: Session, coordinator: Client, cohort: Cohort, group: NetworkGroup
) -> None:
    chosen = [peer(make, cohort, name).id for name in ("Anna", "Bo", "Carla", "Dea")]
    data = {"first_ids": chosen, "group_id": group.id}
    answer = coordinator.post("/network-groups/offers", data=data)
    assert answer.status_code == 422
    assert "Gruppe Nord har 3 ledige pladser, og du har valgt 4" in answer.text
    assert len(parsed(answer.text).select("[name=first_ids][checked]")) == 4
    assert session.scalars(select(NetworkPlace)).all() == []


def test_offer_of_a_foreign_group_or_to_a_foreign_peer_is_refused(
    make: Factory, session: Session, coordinator: Client, cohort: Cohort, group: NetworkGroup
) -> None:
    own = peer(make, cohort, "Carla Lund")
    elsewhere = make.programme("hovedstaden")
    foreign_group, foreign = make.network_group(elsewhere), peer(make, make.cohort(elsewhere), "Dea Skov")
    for data in (
        {"first_ids": own.id, "group_id": foreign_group.id},
        {"first_ids": foreign.id, "group_id": group.id},
    ):
        answer = coordinator.post("/network-groups/offers", data=data)
        assert (answer.status_code, "Dea Skov" in answer.text) == (422, False)
    assert session.scalars(select(NetworkPlace)).all() == []


def test_group_page_leads_to_the_offer_with_itself_chosen(
    make: Factory, coordinator: Client, cohort: Cohort, group: NetworkGroup
) -> None:
    peer(make, cohort, "Carla Lund")
    make.network_group(group.programme, "Gruppe Syd")
    link = parsed(coordinator.get(f"/network-groups/{group.id}").text).select_one("#members .button")
    assert link is not None
    assert link["href"] == f"/network-groups?group={group.id}#to-be-offered"
    page = parsed(coordinator.get(f"/network-groups?group={group.id}").text)
    chosen = page.select_one("#group_id option[selected]")
    assert chosen is not None
    assert chosen["value"] == str(group.id)


# A group


def test_new_group_is_made_for_the_one_programme(
    session: Session, teacher: Client, programme: Programme
) -> None:
    page = parsed(teacher.get("/network-groups/new").text)
    values = {found["name"]: found.get("value") for found in page.select("form.form input")}
    assert (values["partner"], values["seats"], values["programme_id"]) == (
        "Peernetværket Danmark",
        "8",
        str(programme.id),
    )
    data = {"programme_id": programme.id, "name": "Gruppe Syd", "seats": "6", "partner": "", "place": "Salen"}
    answer = teacher.post("/network-groups/new", data=data)
    [made] = session.scalars(select(NetworkGroup)).all()
    assert answer.location == f"/network-groups/{made.id}"
    assert (made.name, made.seats, made.place, made.programme_id) == ("Gruppe Syd", 6, "Salen", programme.id)


@pytest.mark.parametrize(
    ("values", "field"),
    [({"name": " "}, "name"), ({"seats": "0"}, "seats"), ({"seats": "mange"}, "seats")],
)
def test_new_group_with_bad_input_is_refused_and_the_text_kept(
    session: Session, teacher: Client, programme: Programme, values: dict[str, str], field: str
) -> None:
    data = {"programme_id": programme.id, "name": "Gruppe Syd", "seats": "6", "place": "Salen"} | values
    answer = teacher.post("/network-groups/new", data=data)
    assert answer.status_code == 422
    page = parsed(answer.text)
    assert [found["name"] for found in page.select("[aria-invalid]")] == [field]
    assert 'value="Salen"' in answer.text
    assert session.scalars(select(NetworkGroup)).all() == []


def test_new_group_for_another_programme_is_refused(make: Factory, session: Session, teacher: Client) -> None:
    foreign = make.programme("hovedstaden")
    data = {"programme_id": foreign.id, "name": "Gruppe Syd", "seats": "6"}
    assert teacher.post("/network-groups/new", data=data).status_code == 422
    assert session.scalars(select(NetworkGroup)).all() == []


def test_group_page_shows_places_seats_meetings_and_history(
    make: Factory, coordinator: Client, cohort: Cohort, group: NetworkGroup
) -> None:
    for name, status in (("Anna", "accepted"), ("Bo", "offered"), ("Carla", "declined"), ("Dea", "left")):
        place_of(make, group, peer(make, cohort, name), status)
    meeting(make, group)
    page = parsed(coordinator.get(f"/network-groups/{group.id}").text)
    rows = [[cell.text.strip() for cell in row.select("th, td")] for row in page.select("#members tbody tr")]
    assert [row[:2] for row in rows] == [
        ["AnnaHold 2024", "Med i gruppen"],
        ["BoHold 2024", "Tilbudt"],
        ["CarlaHold 2024", "Takket nej"],
        ["DeaHold 2024", "Har forladt gruppen"],
    ]
    for said in (
        "2 af 3 pladser",
        "Peernetværket Danmark",
        "Medborgerhuset",
        "At sige fra",
        "kl. 16.00-18.00",
    ):
        assert said in page.text
    assert "Anna kom på gruppens liste" in page.text


def test_group_page_costs_the_same_for_one_place_and_meeting_as_for_three(
    make: Factory, coordinator: Client, query_count: Count, cohort: Cohort, group: NetworkGroup
) -> None:
    def add(number: int) -> None:
        person = peer(make, cohort, f"Medlem {number}")
        place_of(make, group, person, "accepted")
        held = meeting(make, group, f"Tema {number}")
        make.keep(NetworkAttendance(meeting=held, enrolment_id=person.id, present=True))

    add(1)
    one = query_count(lambda: coordinator.get(f"/network-groups/{group.id}"))
    add(2)
    add(3)
    assert query_count(lambda: coordinator.get(f"/network-groups/{group.id}")) == one


def test_edit_group_of_an_old_version_shows_both_values(teacher: Client, group: NetworkGroup) -> None:
    path = f"/network-groups/{group.id}/edit"
    sent = {"version": group.version, "name": "Gruppe Nord", "partner": "", "place": "Salen", "seats": "5"}
    assert teacher.post(path, data=sent).status_code == 303
    answer = teacher.post(path, data=sent | {"seats": "4"})
    assert answer.status_code == 409
    row = parsed(answer.text).select_one(".conflict-table tbody tr")
    assert row is not None
    assert [cell.text for cell in row.select("th, td")] == ["Pladser i gruppen", "5", "4"]
    assert (group.seats, group.place, group.partner) == (5, "Salen", None)


def test_edit_below_the_seats_that_are_held_is_refused(
    make: Factory, coordinator: Client, cohort: Cohort, group: NetworkGroup
) -> None:
    for name in ("Anna", "Bo"):
        place_of(make, group, peer(make, cohort, name), "offered")
    sent = {"version": group.version, "name": "Gruppe Nord", "place": "Salen", "seats": "1"}
    answer = coordinator.post(f"/network-groups/{group.id}/edit", data=sent)
    assert (answer.status_code, group.seats) == (422, 3)
    assert "2 pladser er optaget eller tilbudt" in answer.text
    assert 'value="Salen"' in answer.text


def test_edit_says_who_holds_it_together_and_whom_else_it_is_for(
    make: Factory, as_user: AsUser, coordinator: Client, group: NetworkGroup
) -> None:
    helper, guest = make.teacher(group.programme), make.programme("hovedstaden")
    path = f"/network-groups/{group.id}/edit"
    sent = {"version": group.version, "name": "Gruppe Nord", "seats": "3", "facilitator_ids": helper.id}
    sent |= {"facilitator_names": "Fri Frivillig, Ove Dam", "shared_ids": guest.id}
    assert coordinator.post(path, data=sent).status_code == 303
    page = coordinator.get(f"/network-groups/{group.id}").text
    assert f"{helper.name}, Fri Frivillig, Ove Dam" in page
    neighbour = as_user(make.coordinator(guest))
    assert neighbour.get(f"/network-groups/{group.id}").status_code == 200
    assert neighbour.get(path).status_code == 404
    stale = coordinator.post(path, data=sent | {"facilitator_names": ""})
    assert stale.status_code == 409
    row = parsed(stale.text).select_one(".conflict-table tbody tr")
    assert row is not None
    assert [cell.text for cell in row.select("th, td")][1:] == ["Fri Frivillig, Ove Dam", "tomt"]
