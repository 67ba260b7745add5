"""Eight diplomas are issued by keyboard alone, with scripts and without."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from placements import jobs as work
from placements.models.diplomas import Diploma
from placements.models.jobs import Job
from placements.models.users import User
from tests.browser.guards import assert_good_page, tab_to
from tests.factories import Factory

SignIn = Callable[[Page, User], Page]
NAMES = ["Amalie", "Bo", "Carla", "Dan", "Else", "Finn", "Gry", "Hans"]


@pytest.fixture
def coordinator(make: Factory) -> User:
    """Of a cohort in which eight are ready, one is not, and one has left after a session."""
    cohort = make.cohort(make.programme("viborg"), slug="viborg-2024", name="Hold 2024", seats=10)
    taught = make.teaching_session(make.run(cohort, make.module(cohort.programme)))
    for name in NAMES:
        person = make.enrolment(cohort, make.user(f"{name} Bak"))
        make.placement(enrolment=person, status="completed")
        make.attendance(taught, person)
    make.attendance(taught, make.enrolment(cohort, make.user("Ida Bak")), "absent")
    make.attendance(taught, make.enrolment(cohort, make.user("Jan Bak"), status="withdrawn"))
    return make.coordinator(cohort.programme)


def press(page: Page, role: str, name: str) -> None:
    """Reach it by Tab, and press Enter."""
    tab_to(page.get_by_role(role, name=name, exact=True))  # type: ignore[arg-type]
    page.keyboard.press("Enter")


def let_the_worker_work(session: Session) -> None:
    session.rollback()
    job = session.scalars(select(Job).order_by(Job.id.desc())).first()
    assert job is not None
    while work.do_next(job.id):
        pass


def test_eight_are_issued_by_keyboard_alone(
    app: Flask, any_page: Page, sign_in: SignIn, coordinator: User, session: Session
) -> None:
    page = sign_in(any_page, coordinator)
    page.goto("/diplomas")
    press(page, "link", "Hold 2024")
    ready = page.get_by_role("group", name="Hvem skal have uddannelsesbevis?").get_by_role("checkbox")
    expect(ready).to_have_count(8)
    assert all(box.is_checked() for box in ready.all())
    expect(page.get_by_role("checkbox", name="Jan Bak")).to_be_checked()
    expect(page.get_by_role("row", name="Ida Bak")).to_be_visible()
    tab_to(ready.first)
    press(page, "button", "Gennemse uddannelsesbeviserne")
    expect(page.get_by_role("heading", level=1)).to_have_text("Udsted 8 uddannelsesbeviser")
    expect(page.get_by_role("rowheader")).to_have_text([f"{name} Bak" for name in NAMES])
    assert_good_page(page)
    press(page, "button", "Udsted nu")
    expect(page.get_by_role("link", name="Se, hvor langt det er")).to_be_visible()
    let_the_worker_work(session)
    if not page.evaluate("matchMedia('(scripting: enabled)').matches"):  # with scripts it looks by itself
        press(page, "link", "Se, hvor langt det er")
    expect(page.get_by_text("8 af 8")).to_be_visible()
    press(page, "link", "Beviser for Hold 2024")
    given = page.get_by_role("table", name="Deltagere med bevis")
    expect(given.get_by_role("row")).to_have_count(9)
    expect(given.get_by_role("row", name="Hans Bak")).to_contain_text(re.compile(r"UB-2025-000\d"))
    session.rollback()
    numbers = sorted(session.scalars(select(Diploma.number)))
    assert numbers == [f"UB-2025-{number:04d}" for number in range(1, 9)]
