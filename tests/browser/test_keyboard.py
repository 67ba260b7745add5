"""The board by keyboard alone: few presses, and the focus is never lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Dialog, Page, expect
from sqlalchemy.orm import Session

from placements.models.placements import Placement, PlacementStatus
from placements.models.users import User
from tests.browser.board import AMALIE, BO, Board, lay_out
from tests.browser.guards import assert_good_page, tab_to
from tests.factories import Factory


@pytest.fixture
def board(page: Page, make: Factory, sign_in: Callable[[Page, User], Page]) -> Board:
    coordinator, ids = lay_out(make)
    return Board(sign_in(page, coordinator), coordinator, ids).open()


def test_status_changes_in_three_presses(board: Board, session: Session) -> None:
    tab_to(board.edit_link(BO))
    board.page.keyboard.press("Enter")
    expect(board.editor(BO).get_by_label("Status")).to_be_focused()
    board.page.keyboard.press("ArrowDown")
    board.page.keyboard.press("Enter")
    board.has_status(BO, "Sagt ja")
    expect(board.edit_link(BO)).to_be_focused()
    expect(board.said()).to_contain_text(f"Forløbet for {BO} er gemt.")
    assert session.get_one(Placement, board.ids[BO]).status is PlacementStatus.ACCEPTED


def test_escape_gives_the_focus_back(board: Board) -> None:
    tab_to(board.edit_link(BO))
    board.page.keyboard.press("Enter")
    expect(board.editor(BO).get_by_label("Status")).to_be_focused()
    board.page.keyboard.press("Escape")
    expect(board.edit_link(BO)).to_be_focused()
    expect(board.editor(BO)).to_have_count(0)
    board.has_status(BO, "Afventer praktikværten")


def test_focus_after_saving_by_the_button(board: Board) -> None:
    editor = board.edit(BO)
    tab_to(editor.get_by_label("Timer om ugen"))
    board.page.keyboard.press("ControlOrMeta+A")
    board.page.keyboard.type("7,5")
    tab_to(editor.get_by_role("button", name="Gem"))
    board.page.keyboard.press("Space")
    expect(board.edit_link(BO)).to_be_focused()
    expect(board.row(BO).locator("td.number")).to_have_text("7,5")
    board.shows_same_rows()


def test_focus_can_be_seen_wherever_it_is(board: Board) -> None:
    outline = tab_to(board.edit_link(BO)).evaluate("element => getComputedStyle(element).outlineStyle")
    assert outline != "none"


def test_escape_asks_before_typed_text_is_lost(board: Board) -> None:
    hours = board.edit(BO).get_by_label("Timer om ugen")
    hours.fill("9")
    answers = _answer(board.page, False, True)
    hours.press("Escape")
    expect(hours).to_have_value("9")
    hours.press("Escape")
    expect(board.edit_link(BO)).to_be_focused()
    assert answers == []


def test_another_row_asks_before_typed_text_is_lost(board: Board) -> None:
    hours = board.edit(BO).get_by_label("Timer om ugen")
    hours.fill("9")
    answers = _answer(board.page, False, True)
    tab_to(board.edit_link(AMALIE)).press("Enter")
    expect(board.editor(AMALIE)).to_have_count(0)
    expect(hours).to_have_value("9")
    board.edit_link(AMALIE).press("Enter")
    expect(board.editor(AMALIE).get_by_label("Status")).to_be_focused()
    expect(board.editor(BO)).to_have_count(0)
    assert answers == []


def test_one_row_at_a_time_is_in_edit(board: Board) -> None:
    board.edit(BO)
    board.edit_link(AMALIE).press("Enter")
    expect(board.editor(AMALIE).get_by_label("Status")).to_be_focused()
    expect(board.page.locator("form.row-editor")).to_have_count(1)
    assert_good_page(board.page)


def _answer(page: Page, *answers: bool) -> list[bool]:
    """Answers the browser's questions one by one; what is left over was not asked."""
    left = list(answers)

    def reply(dialog: Dialog) -> None:
        assert "ikke er gemt" in dialog.message
        if left.pop(0):
            dialog.accept()
        else:
            dialog.dismiss()

    page.on("dialog", reply)
    return left
