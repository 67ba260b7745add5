"""Whom the modules are for, cell by cell: by keyboard alone, and without JavaScript (H-12 to H-15)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect
from sqlalchemy.orm import Session

from placements.models.programmes import Programme
from placements.models.users import User
from tests.browser.guards import assert_good_page, tab_to
from tests.domain.test_programme_edits import loaded
from tests.factories import Factory

SignIn = Callable[[Page, User], Page]


@pytest.fixture
def programme(session: Session) -> Programme:
    return loaded(session, "hovedstaden")


def open_matrix(page: Page, sign_in: SignIn, make: Factory, programme: Programme) -> None:
    sign_in(page, make.coordinator(programme))
    page.goto("/programmes/hovedstaden")
    page.get_by_role("link", name="Ret, hvem modulerne er for").click()


def cell(page: Page, audience: str, module: str) -> Locator:
    return page.get_by_role("link", name=f"ret {audience} i {module}")


def rule(session: Session, programme: Programme, number: int, audience: str) -> tuple[str, int | None]:
    session.rollback()
    rows = next(each for each in programme.modules if each.number == number).rules
    found = next(each for each in rows if each.audience == audience)
    return found.rule, found.introduction_days


def test_coordinator_changes_cells_by_keyboard_alone(
    page: Page, sign_in: SignIn, make: Factory, programme: Programme, session: Session
) -> None:
    open_matrix(page, sign_in, make, programme)
    edited = cell(page, "kollega", "Individuel peer-støtte")
    tab_to(edited).press("Enter")
    chosen = page.get_by_label("Modulet er")
    expect(chosen).to_be_focused()
    assert_good_page(page)
    chosen.press("O")
    chosen.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Individuel peer-støtte, kollega: obligatorisk")
    expect(edited).to_be_focused()
    expect(edited).to_contain_text("Obligatorisk")
    assert rule(session, programme, 2, "colleague") == ("compulsory", None)

    days = cell(page, "lønnet peer", "Introduktionsforløb")
    tab_to(days).press("Enter")
    box = page.get_by_label("Introduktionsdage")
    tab_to(box).press("Escape")
    expect(box).to_have_count(0)
    expect(days).to_be_focused()
    days.press("Enter")
    tab_to(box).fill("5")
    box.press("Enter")
    expect(page.locator("#module-1 .number")).to_have_text("20")
    expect(days).to_be_focused()
    assert rule(session, programme, 1, "paid_peer") == ("compulsory", 5)


def test_coordinator_changes_a_cell_without_javascript(
    page_without_js: Page, sign_in: SignIn, make: Factory, programme: Programme, session: Session
) -> None:
    page = page_without_js
    open_matrix(page, sign_in, make, programme)
    cell(page, "lønnet peer", "Introduktionsforløb").click()
    page.get_by_label("Introduktionsdage").fill("5")
    page.get_by_role("button", name="Gem").click()
    expect(page.get_by_text("Introduktionsforløb, lønnet peer: obligatorisk")).to_be_visible()
    expect(page.locator("#module-1 .number")).to_have_text("20")
    expect(cell(page, "lønnet peer", "Introduktionsforløb")).to_be_visible()
    assert rule(session, programme, 1, "paid_peer") == ("compulsory", 5)


@pytest.mark.without_htmx
def test_actions_of_a_programme_leave_its_heading_in_one_line(
    page: Page, sign_in: SignIn, make: Factory, programme: Programme
) -> None:
    sign_in(page, make.coordinator(programme))
    page.goto("/programmes/hovedstaden")
    assert page.locator(".page-actions > *").count() > 3
    height = "element => element.offsetHeight / parseFloat(getComputedStyle(element).lineHeight)"
    assert page.get_by_role("heading", level=1).evaluate(height) == pytest.approx(1, abs=0.1)
    assert_good_page(page)
