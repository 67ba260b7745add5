"""The register of twenty people by keyboard alone, with and without scripts, and when the line is down."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from placements.models.attendance import AbsenceReason, Attendance
from placements.models.follow_up_days import AttendanceStatus
from placements.models.users import User
from tests.browser.guards import assert_good_page, tab_to
from tests.class_scene import Class
from tests.factories import Factory

SignIn = Callable[[Page, User], Page]
PRESENT, ABSENT, EXCUSED = AttendanceStatus


@pytest.fixture
def room(make: Factory) -> Class:
    """Twenty: Amalie and Bo, and eighteen more in the order of their numbers."""
    room = Class(make)
    for number in range(18):
        room.student(f"Deltager {number:02}")
    return room


def opened(page: Page, room: Class, sign_in: SignIn) -> Page:
    sign_in(page, room.user).goto(f"/teaching/{room.session.id}")
    return page


def person(page: Page, name: str) -> str:
    """The number that the fields of this person carry."""
    return str(page.locator(".register-name", has_text=name).get_attribute("id")).removeprefix("person-")


def test_twenty_people_by_keyboard_alone(
    any_page: Page, room: Class, session: Session, sign_in: SignIn
) -> None:
    page = opened(any_page, room, sign_in)
    keys = page.keyboard
    bo, third, ninth = person(page, "Bo"), person(page, "Deltager 03"), person(page, "Deltager 09")
    tab_to(page.locator(f"#status_{bo}-0"))
    keys.press("ArrowRight")
    tab_to(page.locator(f"#status_{third}-0"))
    keys.press("ArrowRight")
    keys.press("ArrowRight")
    keys.press("Tab")
    keys.type("Syg")
    tab_to(page.locator(f"#late_{ninth}"))
    keys.type("15")
    keys.press("Enter")
    expect(page.get_by_text("Protokollen er gemt.")).to_be_visible()
    session.rollback()
    kept = {str(record.enrolment_id): record for record in session.scalars(select(Attendance))}
    assert len(kept) == 20
    assert sorted(number for number, record in kept.items() if record.status is not PRESENT) == sorted(
        [bo, third]
    )
    assert (kept[bo].status, kept[third].status) == (ABSENT, EXCUSED)
    assert kept[third].reason is AbsenceReason.ILLNESS
    assert {number: record.late_minutes for number, record in kept.items() if record.late_minutes} == {
        ninth: 15
    }


@pytest.mark.allow_console("ERR_INTERNET_DISCONNECTED", "console: (Event|TypeError|htmx)")
def test_lost_connection_keeps_what_was_entered(
    page: Page, room: Class, session: Session, sign_in: SignIn
) -> None:
    opened(page, room, sign_in)
    assert_good_page(page)
    bo = person(page, "Bo")
    page.locator(f"#status_{bo}-1").check()
    page.context.set_offline(True)
    page.get_by_role("button", name="Gem protokollen").click()
    expect(page.get_by_role("alert")).to_contain_text("Intet er gemt")
    expect(page.locator(f"#status_{bo}-1")).to_be_checked()
    assert session.scalars(select(Attendance)).all() == []
    page.context.set_offline(False)
    page.get_by_role("button", name="Gem protokollen").click()
    expect(page.get_by_role("status")).to_contain_text("Protokollen er gemt.")
    expect(page.get_by_role("button", name="Gem protokollen")).to_be_focused()
    session.rollback()
    assert session.scalars(select(Attendance.status).where(Attendance.enrolment_id == int(bo))).all() == [
        ABSENT
    ]
