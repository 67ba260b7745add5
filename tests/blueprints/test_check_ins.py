"""Checking in on screen (row 28): the code is shown to staff, and typed by those who are there."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, time

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select
from sqlalchemy.orm import Session

from placements.models.attendance import Attendance
from placements.models.users import User
from tests.class_scene import Class
from tests.conftest import Client
from tests.factories import Factory

AsUser = Callable[[User], Client]


@pytest.fixture
def room(make: Factory) -> Class:
    """All day long, whatever the clock says."""
    room = Class(make)
    room.session.starts_at, room.session.ends_at = time(0), time(23, 59)
    make.keep(room.session)
    return room


@pytest.fixture
def teacher(room: Class, as_user: AsUser) -> Client:
    return as_user(room.user)


def shown(page: str) -> str:
    found = BeautifulSoup(page, "html.parser").select_one(".check-in-code")
    assert found is not None
    return re.sub(r"\D", "", found.text)


def test_code_on_the_wall_checks_one_in(
    room: Class, session: Session, teacher: Client, as_user: AsUser
) -> None:
    wall = f"/teaching/{room.session.id}/check-in"
    page = teacher.get(wall)
    code = shown(page.text)
    assert "0 af 2 har tjekket ind." in page.text
    assert 'src="data:image/svg+xml' in page.text
    bo = as_user(room.bo.user)
    prefilled = BeautifulSoup(bo.get(f"/check-in?code={code}").text, "html.parser").select_one("#code")
    assert prefilled is not None
    assert prefilled["value"] == code
    assert bo.post("/check-in", data={"code": f" {code[:3]} {code[3:]} "}).location == "/check-in"
    record = session.scalars(select(Attendance)).one()
    assert (record.enrolment_id, record.checked_in_at is not None) == (room.bo.id, True)
    fragment = teacher.htmx("GET", wall).text
    assert fragment.strip().startswith('<div id="code">')
    assert "1 af 2 har tjekket ind." in fragment
    register = BeautifulSoup(teacher.get(f"/teaching/{room.session.id}").text, "html.parser")
    checked = {str(field["name"]): str(field["value"]) for field in register.select("#register [checked]")}
    assert checked == {f"status_{room.amalie.id}": "absent", f"status_{room.bo.id}": "present"}


def test_wrong_codes_are_refused_and_then_refused_for_a_while(
    room: Class, session: Session, as_user: AsUser
) -> None:
    bo = as_user(room.bo.user)
    answers = [bo.post("/check-in", data={"code": "wrong!"}).status_code for _ in range(11)]
    assert answers == [422] * 10 + [429]
    assert session.scalars(select(Attendance)).all() == []


def test_no_code_on_another_day(room: Class, teacher: Client) -> None:
    room.session.held_on = date(2025, 2, 4)
    room.make.keep(room.session)
    page = teacher.get(f"/teaching/{room.session.id}/check-in").text
    assert "Deltagerne kan tjekke ind på dagen: tirsdag 4. februar 2025 (uge 6)." in page
    assert "check-in-code" not in page
