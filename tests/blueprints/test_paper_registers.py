"""A pasted paper register on screen: read, looked through and saved as usual; the sheet in print."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select
from sqlalchemy.orm import Session

from placements.models.attendance import Attendance
from placements.models.users import User
from tests.class_scene import Class
from tests.conftest import Client
from tests.factories import Factory
from tests.pdf import reading

AsUser = Callable[[User], Client]
Count = Callable[[Callable[[], object]], int]


@pytest.fixture
def room(make: Factory) -> Class:
    return Class(make)


@pytest.fixture
def teacher(room: Class, as_user: AsUser) -> Client:
    return as_user(room.user)


def test_paper_fills_the_register_and_saves_nothing(room: Class, session: Session, teacher: Client) -> None:
    paste = f"/teaching/{room.session.id}/register/paste"
    answer = teacher.post(paste, data={"text": "Bo 15 min for sent\nBodil x\n"})
    page = BeautifulSoup(answer.text, "html.parser")
    notice = page.select_one("#register .notice")
    assert notice is not None
    assert "Intet er gemt endnu" in notice.text
    assert [line.text for line in notice.select("li")] == [
        "Linje 2: Bodil x Ingen på listen hedder det. Mente du Bo?"
    ]
    assert "Står ikke på listen og er som før: Amalie." in notice.text
    assert session.scalars(select(Attendance)).all() == []
    form = page.select_one("#register form")
    assert form is not None
    sent = {
        str(field["name"]): str(field.get("value", "")) for field in form.select("input:not([type=radio])")
    }
    sent |= {str(field["name"]): str(field["value"]) for field in form.select("[checked]")}
    assert teacher.post(str(form["action"]), data=sent).status_code == 303
    rows = session.execute(select(Attendance.enrolment_id, Attendance.late_minutes)).all()
    assert dict(rows) == {room.amalie.id: 0, room.bo.id: 15}


def test_paper_of_a_coming_day_is_refused(room: Class, teacher: Client) -> None:
    room.session.held_on = date(2025, 2, 4)
    room.make.keep(room.session)
    answer = teacher.post(f"/teaching/{room.session.id}/register/paste", data={"text": "Bo x"})
    assert answer.status_code == 422
    assert "Protokollen kan føres fra 4. februar 2025" in answer.text


def test_sheet_names_those_who_take_part_and_no_reason(
    room: Class, teacher: Client, query_count: Count
) -> None:
    room.make.absence_notice(room.session, room.bo, "illness")
    room.student("Withdrawn", status="withdrawn")
    address = f"/teaching/{room.session.id}/sheet.pdf"
    answer = teacher.get(address)
    assert answer.headers["Content-Disposition"] == 'inline; filename="fremmoede-2025-02-03.pdf"'
    text = reading.text(answer.data)
    assert ("Amalie" in text, "Bo" in text) == (True, True)
    assert [word for word in ("Withdrawn", "Sygdom", "afbud") if word in text] == []
    for day in (10, 11):
        room.make.teaching_session(room.run, held_on=date(2025, 2, day))
    assert query_count(lambda: teacher.get(f"{address}?all=1")) == query_count(lambda: teacher.get(address))
    assert len(reading.pages(teacher.get(f"{address}?all=1").data)) == 3
