"""Filtering and sorting the board in the browser: the address follows, the focus stays, going back works."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from placements.models.users import User
from tests.browser.board import AMALIE, BO, Board, lay_out
from tests.browser.guards import PHONE, assert_good_page
from tests.factories import Factory


@pytest.fixture
def board(any_page: Page, make: Factory, sign_in: Callable[[Page, User], Page]) -> Board:
    coordinator, ids = lay_out(make)
    return Board(sign_in(any_page, coordinator), coordinator, ids).open("/placements")


@pytest.fixture
def scripted(page: Page, make: Factory, sign_in: Callable[[Page, User], Page]) -> Board:
    coordinator, ids = lay_out(make)
    return Board(sign_in(page, coordinator), coordinator, ids).open("/placements")


def rows(board: Board) -> None:
    expect(board.page.locator("table.board tbody tr")).to_have_count(1)


def test_search_finds_and_can_be_taken_off_again(board: Board) -> None:
    box = board.page.get_by_role("searchbox", name="Studerende, sted eller vejleder")
    box.fill("amalie")
    box.press("Enter")
    rows(board)
    expect(board.row(AMALIE)).to_be_visible()
    expect(board.page).to_have_url(re.compile(r"[?&]q=amalie"))
    assert_good_page(board.page)
    board.page.get_by_role("link", name="Søgning amalie – fjern").click()
    expect(board.row(BO)).to_be_visible()
    expect(board.page).to_have_url(re.compile(r"/placements$"))


def test_choosing_filters_at_once_and_keeps_the_focus(scripted: Board) -> None:
    chosen = scripted.page.get_by_label("Status")
    chosen.focus()
    chosen.select_option("Kladde")
    expect(scripted.page).to_have_url(re.compile(r"/placements\?status=draft$"))
    expect(scripted.page.get_by_text("Her er ingen praktikforløb")).to_have_count(0)
    expect(scripted.page.get_by_role("link", name="Uden »Status: Kladde«")).to_be_visible()
    expect(scripted.said()).to_have_text("Ingen praktikforløb")
    expect(scripted.page.get_by_label("Status")).to_be_focused()
    scripted.page.go_back()
    expect(scripted.row(BO)).to_be_visible()
    expect(scripted.page).to_have_url(re.compile(r"/placements$"))


def test_sorting_keeps_the_focus_on_the_column(scripted: Board) -> None:
    column = scripted.page.get_by_role("link", name="Studerende", exact=True)
    column.focus()
    column.press("Enter")
    expect(scripted.page.locator("th[aria-sort=ascending]")).to_have_text("Studerende")
    expect(scripted.page.get_by_role("link", name="Studerende", exact=True)).to_be_focused()
    expect(scripted.said()).to_have_text("3 praktikforløb")


def test_board_fits_a_phone(scripted: Board) -> None:
    scripted.page.set_viewport_size(PHONE)
    scripted.edit(BO)
    assert_good_page(scripted.page)
