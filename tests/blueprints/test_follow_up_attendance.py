"""V-06 on screen: the register of a follow-up day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select
from sqlalchemy.orm import Session

from placements.models.cohorts import Cohort
from placements.models.follow_up_days import AttendanceStatus, FollowUpAttendance, FollowUpDay, FollowUpTopic
from placements.models.users import User
from tests.blueprints.follow_up_scene import student
from tests.conftest import Client
from tests.factories import Factory

AsUser = Callable[[User], Client]
Count = Callable[[Callable[[], object]], int]


def attendance(day: FollowUpDay, **values: str) -> dict[str, Any]:
    return {"version": day.version, **values}


def stored(session: Session) -> dict[int, AttendanceStatus]:
    rows = session.execute(select(FollowUpAttendance.placement_id, FollowUpAttendance.status))
    return dict(rows.all())


# The register


def test_register_has_everybody_present_until_somebody_says_otherwise(
    make: Factory, teacher: Client, held: FollowUpDay
) -> None:
    people = [student(make, held.cohort, name) for name in ("Amalie Holm", "Claus Dam")]
    page = BeautifulSoup(teacher.get(f"/follow-up-days/{held.id}").text, "html.parser")
    checked = {found["name"]: found["value"] for found in page.select("#register [checked]")}
    assert checked == {f"placement_{placement.id}": "present" for placement in people}
    assert "Alle står som til stede" in page.text


def test_register_saves_all_at_once(
    make: Factory, session: Session, teacher: Client, held: FollowUpDay
) -> None:
    one, two, three = (student(make, held.cohort, name).id for name in ("Anna", "Bo", "Carl"))
    sent = {f"placement_{one}": "present", f"placement_{two}": "absent", f"placement_{three}": "excused"}
    answer = teacher.post(f"/follow-up-days/{held.id}/attendance", data=attendance(held, **sent))
    assert answer.location == f"/follow-up-days/{held.id}#register"
    assert stored(session) == {
        one: AttendanceStatus.PRESENT,
        two: AttendanceStatus.ABSENT,
        three: AttendanceStatus.EXCUSED,
    }
    page = BeautifulSoup(teacher.get(f"/follow-up-days/{held.id}").text, "html.parser")
    checked = {str(found["name"]): str(found["value"]) for found in page.select("#register [checked]")}
    assert checked == sent


def test_register_answers_htmx_with_the_register_and_keeps_the_focus(
    make: Factory, teacher: Client, held: FollowUpDay
) -> None:
    placement = student(make, held.cohort, "Amalie Holm")
    sent = attendance(held, **{f"placement_{placement.id}": "excused"})
    fragment = teacher.htmx("POST", f"/follow-up-days/{held.id}/attendance", data=sent).text
    assert fragment.strip().startswith('<div id="register">')
    assert f'name="version" type="hidden" value="{held.version}"' in fragment
    assert fragment.count(" autofocus") == 1
    assert "Fremmødet er gemt." in fragment


def test_register_change_is_told_with_the_name(make: Factory, teacher: Client, held: FollowUpDay) -> None:
    placement = student(make, held.cohort, "Amalie Holm")
    for status in ("absent", "excused"):
        sent = attendance(held, **{f"placement_{placement.id}": status})
        teacher.post(f"/follow-up-days/{held.id}/attendance", data=sent)
    page = BeautifulSoup(teacher.get(f"/follow-up-days/{held.id}").text, "html.parser")
    newest = page.select(".history > li")[0].text
    assert "Fremmøde ændret for Amalie Holm" in newest
    assert "Uffe Underviser" in newest
    assert newest.index("Ikke til stede") < newest.index("Lovligt fravær")


def test_register_without_a_choice_or_with_a_wrong_one_is_refused(
    make: Factory, session: Session, teacher: Client, held: FollowUpDay
) -> None:
    one, two = (student(make, held.cohort, name).id for name in ("Amalie Holm", "Claus Dam"))
    for sent in (
        {f"placement_{one}": "excused"},
        {f"placement_{one}": "excused", f"placement_{two}": "sick"},
    ):
        answer = teacher.post(f"/follow-up-days/{held.id}/attendance", data=attendance(held, **sent))
        assert answer.status_code == 422
        page = BeautifulSoup(answer.text, "html.parser")
        kept = page.select(f"[name=placement_{one}][checked]")
        assert [found["value"] for found in kept] == ["excused"]
        assert {found["name"] for found in page.select("[aria-invalid]")} == {f"placement_{two}"}
        assert page.select(f'.error-summary a[href="#placement_{two}-0"]') != []
        assert stored(session) == {}


def test_register_before_the_day_is_refused(
    make: Factory, session: Session, teacher: Client, cohort: Cohort
) -> None:
    day = make.follow_up_day(cohort, held_on=date(2025, 2, 4))
    placement = student(make, cohort, "Amalie Holm")
    assert (
        "Fremmødet kan registreres fra tirsdag 4. februar 2025 (uge 6)."
        in teacher.get(f"/follow-up-days/{day.id}").text
    )
    sent = attendance(day, **{f"placement_{placement.id}": "present"})
    answer = teacher.post(f"/follow-up-days/{day.id}/attendance", data=sent)
    assert answer.status_code == 422
    assert "når dagen er nået" in answer.text
    assert stored(session) == {}


def test_register_opened_before_somebody_elses_save_shows_both(
    make: Factory, session: Session, teacher: Client, coordinator: Client, held: FollowUpDay
) -> None:
    placement = student(make, held.cohort, "Amalie Holm")
    path, field = f"/follow-up-days/{held.id}/attendance", f"placement_{placement.id}"
    first, second = (attendance(held, **{field: status}) for status in ("absent", "excused"))
    assert coordinator.post(path, data=first).status_code == 303
    for answer in (teacher.htmx("POST", path, data=second), teacher.post(path, data=second)):
        assert answer.status_code == 409
        row = BeautifulSoup(answer.text, "html.parser").select_one(".conflict-table tbody tr")
        assert row is not None
        assert [cell.text for cell in row.select("th, td")] == [
            "Amalie Holm",
            "Ikke til stede",
            "Lovligt fravær",
        ]
        assert "Karen Koordinator" in answer.text
    assert stored(session) == {placement.id: AttendanceStatus.ABSENT}
    assert teacher.post(path, data=second | {"version": held.version}).status_code == 303
    assert stored(session) == {placement.id: AttendanceStatus.EXCUSED}


def test_day_costs_the_same_for_one_person_as_for_three(
    make: Factory, teacher: Client, query_count: Count, held: FollowUpDay
) -> None:
    def add(name: str) -> None:
        placement = student(make, held.cohort, name)
        make.keep(FollowUpTopic(day_id=held.id, text=name, module=held.cohort.programme.modules[0]))
        make.keep(
            FollowUpAttendance(day_id=held.id, placement_id=placement.id, status=AttendanceStatus.PRESENT)
        )

    add("Amalie Holm")
    one = query_count(lambda: teacher.get(f"/follow-up-days/{held.id}"))
    for name in ("Claus Dam", "Dorte Lund"):
        add(name)
    assert query_count(lambda: teacher.get(f"/follow-up-days/{held.id}")) == one


@pytest.mark.usefixtures("with_csrf")
def test_register_needs_the_token_of_its_page(
    make: Factory, session: Session, teacher: Client, held: FollowUpDay
) -> None:
    placement = student(make, held.cohort, "Amalie Holm")
    sent = attendance(held, **{f"placement_{placement.id}": "present"})
    path = f"/follow-up-days/{held.id}/attendance"
    assert teacher.post(path, data=sent).status_code == 400
    assert stored(session) == {}
    page = BeautifulSoup(teacher.get(f"/follow-up-days/{held.id}").text, "html.parser")
    token = page.select_one("#register [name=csrf_token]")
    assert token is not None
    assert teacher.post(path, data=sent | {"csrf_token": token["value"]}).status_code == 303
    assert stored(session) == {placement.id: AttendanceStatus.PRESENT}
