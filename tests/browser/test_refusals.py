"""What cannot be saved as it is: nothing typed is lost, and the focus is where it is mended."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect
from sqlalchemy.orm import Session

from placements.models.placements import Placement
from placements.models.programmes import Programme
from placements.models.users import User
from tests.browser.board import BO, Board, lay_out
from tests.browser.guards import assert_good_page
from tests.factories import Factory

REFUSED, STALE = 422, 409


@pytest.fixture
def board(any_page: Page, make: Factory, sign_in: Callable[[Page, User], Page]) -> Board:
    """With and without JavaScript: then the row is changed on a page of its own."""
    coordinator, ids = lay_out(make)
    return Board(sign_in(any_page, coordinator), coordinator, ids).open()


@pytest.fixture
def colleague(
    board: Board,
    make: Factory,
    new_context: Callable[..., BrowserContext],
    sign_in: Callable[[Page, User], Page],
) -> Board:
    """Somebody else with the same board, in another browser."""
    programme = make.session.get_one(Programme, board.coordinator.grants[0].programme_id)
    other = make.grant(make.user("Kirsten Kollega"), "coordinator", programme=programme)
    make.session.rollback()
    return Board(sign_in(new_context().new_page(), other), other, board.ids).open()


def save(editor: Locator) -> None:
    editor.get_by_role("button", name="Gem").click()


# Bad input


def focus_is_on_the_mistakes(board: Board, first: Locator) -> None:
    """In a row on the first bad field; a full page begins with a list that leads there."""
    summary = board.page.get_by_role("group", name="Ret dette, så kan du komme videre")
    expect(first).to_have_attribute("aria-invalid", "true")
    if summary.is_visible():
        expect(summary).to_be_focused()
        summary.get_by_role("link").first.click()
    expect(first).to_be_focused()


@pytest.mark.expects_status(REFUSED)
def test_bad_input_stays_and_the_first_bad_field_is_found(board: Board) -> None:
    editor = board.edit(BO)
    hours, last_day = editor.get_by_label("Timer om ugen"), editor.get_by_label("Sidste dag")
    hours.fill("en del")
    last_day.fill("")
    save(editor)
    focus_is_on_the_mistakes(board, last_day)
    expect(last_day).to_have_accessible_description("Vælg en dato.")
    expect(hours).to_have_value("en del")
    expect(hours).to_have_accessible_description("Skriv timer som et tal, fx 6 eller 7,5.")
    assert_good_page(board.page)


@pytest.mark.expects_status(REFUSED)
def test_broken_rule_is_said_at_its_field(board: Board, session: Session) -> None:
    editor = board.edit(BO)
    editor.get_by_label("Timer om ugen").fill("7")
    last_day = editor.get_by_label("Sidste dag")
    last_day.fill("2024-12-24")
    save(editor)
    focus_is_on_the_mistakes(board, last_day)
    expect(editor.get_by_label("Timer om ugen")).to_have_value("7")
    last_day.fill("2025-03-30")
    save(editor)
    expect(board.row(BO).locator("td.number")).to_have_text("7")
    assert session.get_one(Placement, board.ids[BO]).weekly_minutes == 7 * 60


@pytest.mark.expects_status(REFUSED)
def test_full_page_begins_with_what_must_be_mended(board: Board) -> None:
    page = board.open("/offers/new").page
    page.get_by_label("Opgaver").fill("Samtaler og ture")
    page.get_by_role("button", name="Gem som kladde").click()
    summary = page.get_by_role("group", name="Ret dette, så kan du komme videre")
    expect(summary).to_be_focused()
    expect(page.get_by_label("Opgaver")).to_have_value("Samtaler og ture")
    summary.get_by_role("link", name="Antal pladser").click()
    expect(page.get_by_label("Antal pladser")).to_be_focused()
    assert_good_page(page)


# Somebody else was first


def both_change_hours(board: Board, colleague: Board) -> Locator:
    """The colleague saves 8 hours, then this person tries to save 9."""
    mine = board.edit(BO)
    theirs = colleague.edit(BO)
    theirs.get_by_label("Timer om ugen").fill("8")
    save(theirs)
    expect(colleague.row(BO).locator("td.number")).to_have_text("8")
    mine.get_by_label("Timer om ugen").fill("9")
    save(mine)
    conflict = mine.get_by_role("group", name="Kirsten Kollega nåede at gemme før dig")
    expect(conflict.get_by_role("row", name="Timer om ugen")).to_contain_text("8")
    expect(conflict.get_by_role("row", name="Timer om ugen")).to_contain_text("9")
    expect(mine.get_by_label("Timer om ugen")).to_have_value("9")
    return mine


@pytest.mark.expects_status(STALE)
def test_stale_edit_shows_both_values_and_keeps_mine(board: Board, colleague: Board) -> None:
    editor = both_change_hours(board, colleague)
    assert_good_page(board.page)
    editor.get_by_role("button", name="Behold min").click()
    expect(board.row(BO).locator("td.number")).to_have_text("9")


@pytest.mark.expects_status(STALE)
def test_stale_edit_can_give_way_to_the_other(board: Board, colleague: Board) -> None:
    editor = both_change_hours(board, colleague)
    editor.get_by_role("link", name="Brug den andens").click()
    expect(board.row(BO).locator("td.number")).to_have_text("8")
    board.shows_same_rows()
