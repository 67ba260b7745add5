"""The report of the absent on screen and as a file (row 30)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from bs4 import BeautifulSoup

from placements.models.users import User
from tests.class_scene import Class
from tests.conftest import Client
from tests.factories import Factory

AsUser = Callable[[User], Client]
Count = Callable[[Callable[[], object]], int]


@pytest.fixture
def room(make: Factory) -> Class:
    return Class(make)


@pytest.fixture
def teacher(room: Class, as_user: AsUser) -> Client:
    return as_user(room.user)


def rows(answer: object) -> list[list[str]]:
    page = BeautifulSoup(answer.text, "html.parser")  # type: ignore[attr-defined]
    return [[cell.text for cell in row.select("th, td.number")] for row in page.select("#results tbody tr")]


def test_report_shows_people_and_leads_to_the_days(room: Class, teacher: Client) -> None:
    room.make.attendance(room.session, room.bo, "absent")
    room.make.attendance(room.session, room.amalie, late_minutes=15)
    address = f"/teaching/absences?cohort={room.cohort.slug}&from=2025-02-03&to=2025-02-03"
    page = teacher.get(address)
    assert rows(page) == [["Amalie", "0,25", "0", "8 %"], ["Bo", "3", "0", "100 %"]]
    links = [link["href"] for link in BeautifulSoup(page.text, "html.parser").select("#results a")]
    assert links[0] == f"/teaching/{room.session.id}"
    file = teacher.get(links[-1])
    assert file.mimetype == "text/csv"
    assert file.headers["Content-Disposition"] == f'attachment; filename="fravaer-{room.cohort.slug}.csv"'
    assert len(file.data.decode("utf-8-sig").strip().split("\r\n")) == 3
    assert rows(teacher.get(f"{address}&from=2025-02-04")) == rows(page)
    assert rows(teacher.get(f"/teaching/absences?cohort={room.cohort.slug}&from=2025-02-04")) == []


def test_report_is_of_own_cohorts_alone(room: Class, teacher: Client, make: Factory) -> None:
    assert teacher.get(f"/teaching/absences?cohort={make.cohort().slug}").status_code == 404


def test_report_asks_as_often_for_many_as_for_few(room: Class, teacher: Client, query_count: Count) -> None:
    room.make.attendance(room.session, room.bo, "absent")
    few = query_count(lambda: teacher.get("/teaching/absences"))
    for day in range(4, 7):
        later = room.make.teaching_session(room.run, held_on=date(2025, 2, day))
        room.make.attendance(later, room.student(f"Nummer {day}"), "absent")
    assert query_count(lambda: teacher.get("/teaching/absences")) == few
