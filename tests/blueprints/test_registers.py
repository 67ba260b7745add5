"""The register on screen (rows 20 to 22 and 29): one page, one save, both values when two were at it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select
from sqlalchemy.orm import Session

from placements.models.attendance import AbsenceReason, Attendance, SessionGuest
from placements.models.enrolments import Enrolment
from placements.models.follow_up_days import AttendanceStatus
from placements.models.users import User
from tests.class_scene import Class
from tests.conftest import Client
from tests.factories import Factory

AsUser = Callable[[User], Client]
Count = Callable[[Callable[[], object]], int]
PRESENT, ABSENT, EXCUSED = AttendanceStatus


@pytest.fixture
def room(make: Factory) -> Class:
    return Class(make)


@pytest.fixture
def teacher(room: Class, as_user: AsUser) -> Client:
    return as_user(room.user)


def sent(version: int = 1, **people: dict[str, str]) -> dict[str, str]:
    """`_5={"status": "absent"}` → the fields of enrolment 5."""
    fields = {f"{name}{number}": value for number, said in people.items() for name, value in said.items()}
    return {"version": str(version), **fields}


def of(
    enrolment: Enrolment, status: str, late: str = "", early: str = "", reason: str = ""
) -> dict[str, dict[str, str]]:
    return {f"_{enrolment.id}": {"status": status, "late": late, "early": early, "reason": reason}}


def stored(session: Session) -> dict[int, tuple[object, ...]]:
    query = select(
        Attendance.enrolment_id,
        Attendance.status,
        Attendance.late_minutes,
        Attendance.early_minutes,
        Attendance.reason,
    )
    return {row[0]: tuple(row[1:]) for row in session.execute(query)}


def soup(answer: object) -> BeautifulSoup:
    return BeautifulSoup(answer.text, "html.parser")  # type: ignore[attr-defined]


def checked(page: BeautifulSoup) -> dict[str, str]:
    return {str(found["name"]): str(found["value"]) for found in page.select("#register [checked]")}


# The page


def test_page_says_when_where_and_who(room: Class, teacher: Client) -> None:
    room.session.place, room.session.link = "Lokale 2", "https://video.example.org/2"
    room.make.keep(room.session)
    page = soup(teacher.get(f"/teaching/{room.session.id}"))
    assert page.select_one("h1").text == "2. Modul 2"
    assert page.select_one(".lead").text == "mandag 3. februar 2025 (uge 6) kl. 9.00-12.00"
    assert "Lokale 2" in page.select_one("dl").text
    assert page.select_one("dl a[rel]")["href"] == "https://video.example.org/2"


def test_everybody_is_present_until_somebody_says_otherwise(room: Class, teacher: Client) -> None:
    """But for whoever gave notice: proposed as excused, with the class of reason."""
    room.make.absence_notice(room.session, room.bo, "work")
    page = soup(teacher.get(f"/teaching/{room.session.id}"))
    assert checked(page) == {f"status_{room.amalie.id}": "present", f"status_{room.bo.id}": "excused"}
    assert page.select_one(f"#person-{room.bo.id} .sub").text == "Har meldt afbud"
    assert page.select_one(f"#reason_{room.bo.id} [selected]")["value"] == "work"


def test_one_save_keeps_all(room: Class, session: Session, teacher: Client) -> None:
    data = sent(**of(room.amalie, "present", late="15"), **of(room.bo, "excused", late="9", reason="illness"))
    answer = teacher.post(f"/teaching/{room.session.id}/register", data=data)
    assert answer.location == f"/teaching/{room.session.id}#register"
    assert stored(session) == {
        room.amalie.id: (PRESENT, 15, 0, None),
        room.bo.id: (EXCUSED, 0, 0, AbsenceReason.ILLNESS),
    }
    page = soup(teacher.get(f"/teaching/{room.session.id}"))
    assert checked(page) == {f"status_{room.amalie.id}": "present", f"status_{room.bo.id}": "excused"}
    assert page.select_one(f"#late_{room.amalie.id}")["value"] == "15"
    assert "ygdom" not in page.select_one("section[aria-labelledby=history]").text


def test_htmx_gets_the_register_and_keeps_the_focus(room: Class, teacher: Client) -> None:
    data = sent(**of(room.amalie, "present"), **of(room.bo, "absent"))
    fragment = teacher.htmx("POST", f"/teaching/{room.session.id}/register", data=data).text
    assert fragment.strip().startswith('<div id="register">')
    assert re.search(r"<button[^>]* autofocus[^>]*>Gem protokollen", fragment)
    assert "Protokollen er gemt." in fragment


def test_too_many_minutes_are_refused_at_the_field(room: Class, session: Session, teacher: Client) -> None:
    data = sent(**of(room.amalie, "present", late="200"), **of(room.bo, "absent"))
    answer = teacher.post(f"/teaching/{room.session.id}/register", data=data)
    page = soup(answer)
    assert answer.status_code == 422
    assert page.select_one(f"#late_{room.amalie.id}")["aria-invalid"] == "true"
    assert page.select_one(f"#error-{room.amalie.id}").text == (
        "Det er flere minutter, end undervisningen varede: 180."
    )
    assert page.select_one(".error-summary a")["href"] == f"#late_{room.amalie.id}"
    assert checked(page)[f"status_{room.bo.id}"] == "absent"
    assert stored(session) == {}


def test_second_to_save_sees_both_values_and_loses_nothing(
    room: Class, session: Session, teacher: Client, as_user: AsUser
) -> None:
    first = as_user(room.make.coordinator(room.cohort.programme))
    address = f"/teaching/{room.session.id}/register"
    first.post(address, data=sent(**of(room.amalie, "absent"), **of(room.bo, "present")))
    mine = sent(**of(room.amalie, "present", late="20"), **of(room.bo, "excused", reason="family"))
    answer = teacher.post(address, data=mine)
    page = soup(answer)
    assert answer.status_code == 409
    assert page.select_one("#conflict-title").text == "Karen Koordinator nåede at gemme før dig"
    told = [[cell.text for cell in row.select("th, td")] for row in page.select(".conflict-table tbody tr")]
    assert told == [
        ["Amalie", "Ikke til stede", "Til stede"],
        ["Amalie, minutter for sent", "tomt", "20"],
        ["Bo", "Til stede", "Lovligt fravær"],
        ["Bo, grund", "Ikke oplyst", "Familie"],
    ]
    assert checked(page) == {f"status_{room.amalie.id}": "present", f"status_{room.bo.id}": "excused"}
    assert stored(session)[room.amalie.id][0] is ABSENT
    mine["version"] = page.select_one("[name=version]")["value"]
    assert teacher.post(address, data=mine).status_code == 303
    assert stored(session)[room.amalie.id] == (PRESENT, 20, 0, None)


def test_own_words_are_choices(room: Class, session: Session, teacher: Client) -> None:
    """Row 20."""
    online = room.make.own_status(room.cohort.programme, "Med online", "present")
    choice = f"own-{online.id}"
    data = sent(**of(room.amalie, choice, late="5"), **of(room.bo, "present"))
    assert teacher.post(f"/teaching/{room.session.id}/register", data=data).status_code == 303
    page = soup(teacher.get(f"/teaching/{room.session.id}"))
    assert checked(page)[f"status_{room.amalie.id}"] == choice
    assert stored(session)[room.amalie.id] == (PRESENT, 5, 0, None)


def test_coming_session_has_no_register_yet(room: Class, teacher: Client) -> None:
    room.session.held_on = date(2025, 2, 4)
    room.make.keep(room.session)
    page = soup(teacher.get(f"/teaching/{room.session.id}"))
    assert "Protokollen kan føres fra tirsdag 4. februar 2025 (uge 6)." in page.text
    assert page.select("#register form") == []
    data = sent(room.session.version, **of(room.amalie, "present"), **of(room.bo, "present"))
    assert teacher.post(f"/teaching/{room.session.id}/register", data=data).status_code == 422


@pytest.mark.usefixtures("with_csrf")
def test_register_without_the_token_is_refused(room: Class, session: Session, teacher: Client) -> None:
    data = sent(**of(room.amalie, "present"), **of(room.bo, "present"))
    assert teacher.post(f"/teaching/{room.session.id}/register", data=data).status_code == 400
    assert stored(session) == {}


def test_page_asks_as_often_for_many_as_for_few(room: Class, teacher: Client, query_count: Count) -> None:
    few = query_count(lambda: teacher.get(f"/teaching/{room.session.id}"))
    for number in range(6):
        late = room.student(f"Nummer {number}")
        room.make.attendance(room.session, late, "present", late_minutes=number)
        room.make.guest(room.session, f"Gæst {number}")
    room.make.attendance(room.session, room.amalie, "absent")
    many = query_count(lambda: teacher.get(f"/teaching/{room.session.id}"))
    assert many <= few + 1  # the names of those the history tells of


# Guests


def test_guest_is_written_on_and_taken_off(room: Class, session: Session, teacher: Client) -> None:
    """Row 29."""
    address = f"/teaching/{room.session.id}/guests"
    assert teacher.post(address, data={"name": " Gitte  Gæst "}).location.endswith("#guests")
    guest = session.scalars(select(SessionGuest)).one()
    assert (
        soup(teacher.get(f"/teaching/{room.session.id}"))
        .select_one("#guests li")
        .text.startswith("Gitte Gæst")
    )
    assert teacher.htmx("POST", address, data={"name": ""}).status_code == 422
    fragment = teacher.htmx("POST", f"{address}/{guest.id}/remove").text
    assert "Gitte" not in fragment
    assert session.scalars(select(SessionGuest)).all() == []
