"""H-19 and D-04 on screen: groups, offers to several peers, their own answers, meetings and attendance."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select
from sqlalchemy.orm import Session

from placements.models.cohorts import Cohort
from placements.models.enrolments import Enrolment
from placements.models.mails import OutgoingMail
from placements.models.network_groups import (
    MeetingForm,
    NetworkAttendance,
    NetworkGroup,
    NetworkMeeting,
    NetworkPlace,
    NetworkPlaceStatus,
)
from placements.models.programmes import Programme
from placements.models.users import User
from tests.conftest import Client
from tests.factories import Factory

AsUser = Callable[[User], Client]
Count = Callable[[Callable[[], object]], int]
S = NetworkPlaceStatus
NOW = datetime(2025, 1, 20, 9, tzinfo=UTC)
START = datetime(2025, 2, 3, 15, tzinfo=UTC)


@pytest.fixture
def programme(make: Factory) -> Programme:
    return make.programme()


@pytest.fixture
def cohort(make: Factory, programme: Programme) -> Cohort:
    return make.cohort(programme, name="Hold 2024")


@pytest.fixture
def group(make: Factory, programme: Programme) -> NetworkGroup:
    return make.network_group(programme, "Gruppe Nord", seats=3, place="Medborgerhuset")


@pytest.fixture
def coordinator(make: Factory, as_user: AsUser, programme: Programme) -> Client:
    return as_user(make.coordinator(programme))


@pytest.fixture
def teacher(make: Factory, as_user: AsUser, programme: Programme) -> Client:
    return as_user(make.teacher(programme))


def peer(make: Factory, cohort: Cohort, name: str) -> Enrolment:
    return make.enrolment(cohort, make.grant(make.user(name), "student"))


def place_of(make: Factory, group: NetworkGroup, person: Enrolment, status: str) -> NetworkPlace:
    return make.keep(NetworkPlace(group_id=group.id, enrolment_id=person.id, status=status, offered_at=NOW))


def meeting(make: Factory, group: NetworkGroup, theme: str = "At sige fra", **values: Any) -> NetworkMeeting:
    good = {"starts_at": START, "ends_at": START + timedelta(hours=2), "form": MeetingForm.CASE}
    return make.keep(NetworkMeeting(group_id=group.id, theme=theme, **(good | values)))


def parsed(text: str) -> BeautifulSoup:
    return BeautifulSoup(text, "html.parser")


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
    assert cells == ["1", "0", "2"]
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
        ["Anna", "Med i gruppen"],
        ["Bo", "Tilbudt"],
        ["Carla", "Takket nej"],
        ["Dea", "Har forladt gruppen"],
    ]
    for said in (
        "2 af 3 pladser",
        "Peernetværket Danmark",
        "Medborgerhuset",
        "At sige fra",
        "kl. 16.00-18.00",
    ):
        assert said in page.text
    assert "Anna fik tilbudt en plads" in page.text


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


def test_coordinator_notes_that_somebody_left_and_offers_again(
    make: Factory, session: Session, coordinator: Client, teacher: Client, cohort: Cohort, group: NetworkGroup
) -> None:
    place = place_of(make, group, peer(make, cohort, "Bo Dam"), "accepted")
    assert teacher.post(f"/network-places/{place.id}/leave").status_code == 403
    fragment = coordinator.htmx("POST", f"/network-places/{place.id}/leave").text
    assert fragment.strip().startswith('<div id="members">')
    assert "0 af 3 pladser" in fragment
    assert '<th scope="row" tabindex="-1" data-focus>Bo Dam</th>' in fragment
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


# Meetings


def typed(**values: Any) -> dict[str, Any]:
    good = {
        "theme": "At sige fra",
        "form": "case",
        "held_on": "2025-02-20",
        "starts_at": "16:00",
        "ends_at": "18:00",
        "place": "Medborgerhuset",
    }
    return good | values


def test_meeting_is_laid_on_the_clock_of_copenhagen(
    session: Session, teacher: Client, group: NetworkGroup
) -> None:
    """D-04."""
    assert 'value="Medborgerhuset"' in teacher.get(f"/network-groups/{group.id}/meetings/new").text
    answer = teacher.post(f"/network-groups/{group.id}/meetings/new", data=typed())
    assert answer.location == f"/network-groups/{group.id}#meetings"
    [made] = session.scalars(select(NetworkMeeting)).all()
    assert (made.starts_at, made.ends_at) == (
        datetime(2025, 2, 20, 15, tzinfo=UTC),
        datetime(2025, 2, 20, 17, tzinfo=UTC),
    )
    assert (made.theme, made.form, made.place) == ("At sige fra", MeetingForm.CASE, "Medborgerhuset")


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"theme": " "}, "theme"),
        ({"form": "party"}, "form"),
        ({"form": ""}, "form"),
        ({"held_on": ""}, "held_on"),
        ({"ends_at": "15:00"}, "ends_at"),
        ({"starts_at": "snart"}, "starts_at"),
    ],
)
def test_meeting_with_bad_input_is_refused_and_the_text_kept(
    session: Session, teacher: Client, group: NetworkGroup, values: dict[str, str], field: str
) -> None:
    answer = teacher.post(f"/network-groups/{group.id}/meetings/new", data=typed(**values))
    assert answer.status_code == 422
    page = parsed(answer.text)
    assert {found["name"] for found in page.select("[aria-invalid]")} == {field}
    assert 'value="Medborgerhuset"' in answer.text
    assert session.scalars(select(NetworkMeeting)).all() == []


def test_meeting_put_right_and_of_an_old_version(make: Factory, teacher: Client, group: NetworkGroup) -> None:
    held = meeting(make, group)
    path = f"/network-groups/{group.id}/meetings/{held.id}/edit"
    page = parsed(teacher.get(path).text)
    shown = {found["name"]: found.get("value") for found in page.select("form.form input[type=time]")}
    assert shown == {"starts_at": "16:00", "ends_at": "18:00"}
    sent = typed(version=held.version, theme="Grænser")
    assert teacher.post(path, data=sent).status_code == 303
    assert (held.theme, held.starts_at) == ("Grænser", datetime(2025, 2, 20, 15, tzinfo=UTC))
    answer = teacher.post(path, data=sent | {"form": "talk", "theme": "Grænser"})
    assert answer.status_code == 409
    row = parsed(answer.text).select_one(".conflict-table tbody tr")
    assert row is not None
    assert [cell.text for cell in row.select("th, td")] == ["Form", "Case", "Oplæg"]


def test_attendance_has_every_member_present_until_somebody_says_otherwise(
    make: Factory, session: Session, teacher: Client, cohort: Cohort, group: NetworkGroup
) -> None:
    anna, bo, carla = (peer(make, cohort, name) for name in ("Anna", "Bo", "Carla"))
    for person, status in ((anna, "accepted"), (bo, "accepted"), (carla, "offered")):
        place_of(make, group, person, status)
    held = meeting(make, group)
    path = f"/network-groups/{group.id}/meetings/{held.id}"
    page = parsed(teacher.get(path).text)
    ticked = [found["value"] for found in page.select("[name=present_ids][checked]")]
    assert ticked == [str(anna.id), str(bo.id)]
    answer = teacher.post(path, data={"version": held.version, "present_ids": [anna.id]})
    assert answer.location == path
    kept = session.execute(select(NetworkAttendance.enrolment_id, NetworkAttendance.present)).all()
    assert sorted(kept) == [(anna.id, True), (bo.id, False)]
    assert "1 af 2" in teacher.get(f"/network-groups/{group.id}").text


def test_attendance_answers_htmx_and_tells_who_was_first(
    make: Factory, teacher: Client, coordinator: Client, cohort: Cohort, group: NetworkGroup
) -> None:
    anna, bo = (peer(make, cohort, name) for name in ("Anna", "Bo"))
    for person in (anna, bo):
        place_of(make, group, person, "accepted")
    held = meeting(make, group)
    path, version = f"/network-groups/{group.id}/meetings/{held.id}", held.version
    fragment = coordinator.htmx("POST", path, data={"version": version, "present_ids": [anna.id]}).text
    assert fragment.strip().startswith('<div id="attendance">')
    assert "Fremmødet er gemt." in fragment
    assert fragment.count(" autofocus") == 1
    answer = teacher.post(path, data={"version": version, "present_ids": [bo.id]})
    assert answer.status_code == 409
    assert "Karen Koordinator nåede at gemme før dig" in answer.text
    row = parsed(answer.text).select_one(".conflict-table tbody tr")
    assert row is not None
    assert [cell.text for cell in row.select("th, td")] == ["Hvem var med?", "Anna", "Bo"]


def test_attendance_before_the_meeting_is_refused(
    make: Factory, session: Session, teacher: Client, cohort: Cohort, group: NetworkGroup
) -> None:
    person = peer(make, cohort, "Anna")
    place_of(make, group, person, "accepted")
    later = START + timedelta(days=1)
    coming = meeting(make, group, starts_at=later, ends_at=later + timedelta(hours=1))
    path = f"/network-groups/{group.id}/meetings/{coming.id}"
    assert "Fremmødet kan registreres, når mødet holdes." in teacher.get(path).text
    answer = teacher.post(path, data={"version": coming.version, "present_ids": [person.id]})
    assert answer.status_code == 422
    assert session.scalars(select(NetworkAttendance)).all() == []


def test_meeting_under_another_group_or_of_another_programme_is_not_there(
    make: Factory, as_user: AsUser, teacher: Client, cohort: Cohort, group: NetworkGroup
) -> None:
    held, other = meeting(make, group), make.network_group(group.programme, "Gruppe Syd")
    member = peer(make, cohort, "Anna")
    place_of(make, group, member, "accepted")
    path = f"/network-groups/{group.id}/meetings/{held.id}"
    assert teacher.get(path).status_code == 200
    assert teacher.get(f"/network-groups/{other.id}/meetings/{held.id}").status_code == 404
    assert as_user(make.teacher(make.programme("hovedstaden"))).get(path).status_code == 404
    assert as_user(member.user).get(path).status_code == 403


def test_past_meetings_stand_below_the_coming_ones(
    make: Factory, as_user: AsUser, cohort: Cohort, group: NetworkGroup
) -> None:
    me = peer(make, cohort, "Amalie Holm")
    place_of(make, group, me, "accepted")
    for days, theme in ((-20, "Det der var"), (14, "Det der kommer")):
        moment = START + timedelta(days=days)
        meeting(make, group, theme, starts_at=moment, ends_at=moment + timedelta(hours=1))
    page = as_user(me.user).get(f"/network-groups/{group.id}").text
    assert page.index("Kommende møder") < page.index("Det der kommer") < page.index("Tidligere møder")
    assert page.index("Tidligere møder") < page.index("Det der var")
    assert date(2025, 2, 17) > START.date()
