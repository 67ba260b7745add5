"""D-04 on screen: meetings of a network group, and who came."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from placements.models.cohorts import Cohort
from placements.models.mails import OutgoingMail
from placements.models.network_groups import (
    MeetingForm,
    NetworkAttendance,
    NetworkFacilitator,
    NetworkGroup,
    NetworkMeeting,
)
from placements.models.users import User
from tests.blueprints.network_scene import START, meeting, parsed, peer, place_of
from tests.conftest import Client
from tests.factories import Factory

AsUser = Callable[[User], Client]


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


# Changes, and those who hold the group together


def test_meeting_moved_or_cancelled_tells_the_members(
    make: Factory, session: Session, teacher: Client, cohort: Cohort, group: NetworkGroup
) -> None:
    """Members and facilitators: a link, once each; who has only been offered a place hears nothing."""
    anna, bo = peer(make, cohort, "Anna"), peer(make, cohort, "Bo")
    place_of(make, group, anna, "accepted")
    place_of(make, group, bo, "offered")
    helper = make.teacher(group.programme)
    make.keep(NetworkFacilitator(group_id=group.id, user_id=helper.id))
    later = START + timedelta(days=17)
    coming = meeting(make, group, starts_at=later, ends_at=later + timedelta(hours=2), place="Medborgerhuset")
    path = f"/network-groups/{group.id}/meetings/{coming.id}"
    same = typed(version=coming.version, theme="Grænser")
    assert teacher.post(f"{path}/edit", data=same).status_code == 303
    assert session.scalars(select(OutgoingMail)).all() == []
    teacher.post(f"{path}/edit", data=typed(version=coming.version, place="Salen"))
    assert teacher.post(f"{path}/cancel").location == f"/network-groups/{group.id}#meetings"
    told = session.execute(select(OutgoingMail.message, OutgoingMail.user_id, OutgoingMail.path)).all()
    assert set(told) == {
        (message, user_id, f"/network-groups/{group.id}")
        for message in ("network_meeting_moved", "network_meeting_cancelled")
        for user_id in (anna.user_id, helper.id)
    }
    assert len(told) == 4
    assert "Aflyst" in teacher.get(f"/network-groups/{group.id}").text
    assert teacher.post(f"{path}/cancel").status_code == 422
    assert teacher.post(path, data={"version": coming.version}).status_code == 422


def test_meeting_with_attendance_is_not_cancelled(
    make: Factory, session: Session, teacher: Client, cohort: Cohort, group: NetworkGroup
) -> None:
    person = peer(make, cohort, "Anna")
    place_of(make, group, person, "accepted")
    held = meeting(make, group)
    path = f"/network-groups/{group.id}/meetings/{held.id}"
    teacher.post(path, data={"version": held.version, "present_ids": [person.id]})
    assert "Aflys mødet" not in teacher.get(path).text
    assert teacher.post(f"{path}/cancel").status_code == 422
    assert (held.cancelled_at, session.scalars(select(OutgoingMail)).all()) == (None, [])


def test_facilitator_keeps_attendance_and_offers_nothing(
    make: Factory, session: Session, as_user: AsUser, cohort: Cohort, group: NetworkGroup
) -> None:
    """Somebody who teaches elsewhere sees this group whole, and nothing else of the programme."""
    person = peer(make, cohort, "Anna Ager")
    place = place_of(make, group, person, "accepted")
    peer(make, cohort, "Bo Dam")
    other = make.network_group(group.programme, "Gruppe Syd")
    helper = make.teacher(make.programme("hovedstaden"))
    make.keep(NetworkFacilitator(group_id=group.id, user_id=helper.id))
    held, browser = meeting(make, group), as_user(helper)
    page = browser.get(f"/network-groups/{group.id}").text
    assert ("Anna Ager" in page, f"/network-places/{place.id}/" in page) == (True, False)
    listed = browser.get("/network-groups").text
    assert ("Gruppe Nord" in listed, "Gruppe Syd" in listed, "Bo Dam" in listed) == (True, False, False)
    path = f"/network-groups/{group.id}/meetings/{held.id}"
    assert browser.post(path, data={"version": held.version, "present_ids": [person.id]}).status_code == 303
    assert session.scalars(select(NetworkAttendance.present)).all() == [True]
    for address in (f"/network-groups/{other.id}", f"/network-groups/{group.id}/edit"):
        assert browser.get(address).status_code == 404
    assert browser.post(f"/network-places/{place.id}/leave").status_code in {403, 404}


def test_three_meetings_of_sparring_alone_get_a_gentle_word(
    make: Factory, teacher: Client, group: NetworkGroup
) -> None:
    """D-04: pure sparring failed as a standing frame."""
    hint = "Gruppens møder er alle sparring."
    for _number in range(3):
        assert hint not in teacher.get(f"/network-groups/{group.id}").text
        meeting(make, group, form=MeetingForm.SPARRING)
    assert hint in teacher.get(f"/network-groups/{group.id}").text
    meeting(make, group, form=MeetingForm.TALK)
    assert hint not in teacher.get(f"/network-groups/{group.id}").text
