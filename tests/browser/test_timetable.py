"""A timetable is adjusted before it is saved, without JavaScript; a run is signed up for by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from placements.models.programmes import Audience
from placements.models.teaching import RunSignUp, TeachingSession
from placements.models.users import User
from tests.browser.guards import assert_good_page
from tests.factories import Factory

SignIn = Callable[[Page, User], Page]
RULES = {"paid_peer": "compulsory"}


def press_until(page: Page, key: str, name: str) -> None:
    """Tab on until the button with this name has the focus."""
    for _step in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim()").startswith(name):
            page.keyboard.press(key)
            return
    raise AssertionError(f"{name} is not reached by Tab")


@pytest.mark.expects_status(422)
def test_proposal_is_adjusted_and_saved_without_scripts(
    make: Factory, session: Session, page_without_js: Page, sign_in: SignIn
) -> None:
    """V-05."""
    programme = make.programme(teachers_required=["professional", "peer"])
    values = {"starts_on": date(2025, 3, 3), "theory_time": time(9)}
    empty = {"practicum_starts_on": None, "practicum_ends_on": None}
    cohort = make.cohort(programme, slug="viborg-2025", **values, **empty)
    page = sign_in(page_without_js, make.coordinator(programme))
    page.goto(f"/cohorts/{cohort.slug}")
    page.get_by_role("link", name="Skema", exact=True).click()
    expect(page.get_by_text("3 gange, 9 timer")).to_be_visible()
    page.get_by_label("Dato, linje 2", exact=True).fill("2025-04-21")
    page.get_by_label("Sted eller link til resten").fill("Lokale 2")
    assert_good_page(page)
    page.get_by_role("button", name="Gem skemaet").click()
    expect(page.get_by_text("er en helligdag").first).to_be_visible()
    page.get_by_label("Dato, linje 2", exact=True).fill("2025-03-06")
    page.get_by_role("button", name="Gem skemaet").click()
    expect(page.get_by_text("Skemaet er gemt.")).to_be_visible()
    expect(page.get_by_text("Mangler en peer-underviser").first).to_be_visible()
    assert_good_page(page)
    session.rollback()
    kept = session.scalars(select(TeachingSession).order_by(TeachingSession.held_on)).all()
    assert [one.held_on.day for one in kept] == [3, 6, 10]
    assert {one.place for one in kept} == {"Lokale 2"}


def test_run_is_signed_up_for_by_keyboard(
    make: Factory, session: Session, page: Page, sign_in: SignIn
) -> None:
    """H-17."""
    cohort = make.cohort(make.programme(deadline_months=12))
    run = make.run(cohort, make.module(cohort.programme, rules=RULES), sign_up=True, seats=1)
    make.teaching_session(run, held_on=date(2025, 2, 10), place="Lokale 2")
    peer = make.enrolment(cohort, audience=Audience.PAID_PEER)
    sign_in(page, peer.user).goto("/my")
    press_until(page, "Enter", "Dine moduler og din tilmelding")
    expect(page.get_by_text("Du mangler ét obligatorisk modul")).to_be_visible()
    assert_good_page(page)
    press_until(page, "Space", "Meld til")
    expect(page.get_by_text("Du er tilmeldt alle obligatoriske moduler")).to_be_visible()
    expect(page.get_by_role("row", name="mandag 10. februar 2025")).to_contain_text("Lokale 2")
    expect(page.locator(f"#run-{run.id}")).to_be_focused()
    assert_good_page(page)
    assert session.scalars(select(RunSignUp.enrolment_id)).all() == [peer.id]
    press_until(page, "Enter", "Meld fra")
    expect(page.get_by_text("Du mangler ét obligatorisk modul")).to_be_visible()
