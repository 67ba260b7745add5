"""Two fast clicks, an ended session, a failing server, a line that is down: nothing lost or done twice."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NoReturn

import pytest
from flask import Flask, request
from playwright.sync_api import Page, Request, expect
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from placements.clock import now
from placements.db import writing
from placements.domain import board as board_domain
from placements.models.events import Action, Event
from placements.models.offers import Offer
from placements.models.placements import Placement
from placements.models.sign_ins import UserSession
from placements.models.users import User
from tests.browser.board import BO, Board, lay_out
from tests.browser.post import Post
from tests.factories import Factory
from tests.mailbox import Mailbox

NOTHING_SAVED = "Intet er gemt"
EXPIRED, BROKEN = 401, 500


@pytest.fixture
def board(page: Page, make: Factory, sign_in: Callable[[Page, User], Page]) -> Board:
    coordinator, ids = lay_out(make)
    return Board(sign_in(page, coordinator), coordinator, ids).open()


def type_hours(board: Board, hours: str) -> None:
    board.edit(BO).get_by_label("Timer om ugen").fill(hours)


def save(board: Board) -> None:
    board.editor(BO).get_by_role("button", name="Gem").click()


def kept_what_was_typed(board: Board, hours: str) -> None:
    expect(board.editor(BO).get_by_label("Timer om ugen")).to_have_value(hours)


def saved(board: Board, hours: str) -> None:
    expect(board.row(BO).locator("td.number")).to_have_text(hours)
    expect(board.edit_link(BO)).to_be_focused()


# Two fast clicks


@contextmanager
def slow(app: Flask) -> Iterator[None]:
    """A server that takes its time over what is saved."""
    waiting = app.before_request_funcs.setdefault(None, [])
    waiting.append(lambda: time.sleep(0.4) if request.method == "POST" else None)
    try:
        yield
    finally:
        waiting.pop()


def changes(session: Session, table: str) -> int:
    query = select(func.count(Event.id)).where(Event.table_name == table, Event.action == Action.CHANGED)
    return session.scalar(query) or 0


def test_two_fast_clicks_save_a_row_once(board: Board, session: Session) -> None:
    before = changes(session, "placement")
    session.rollback()
    type_hours(board, "7,5")
    board.editor(BO).get_by_role("button", name="Gem").dblclick()
    saved(board, "7,5")
    assert changes(session, "placement") == before + 1


def test_two_fast_clicks_carry_a_placement_one_step(board: Board, session: Session) -> None:
    page = board.open(f"/placements/{board.ids[BO]}").page
    page.get_by_role("button", name="Sig ja på stedets vegne").dblclick()
    expect(page.get_by_role("status")).to_contain_text("Der er sagt ja til pladsen.")
    expect(page.get_by_role("alert")).to_be_empty()


def test_two_fast_clicks_create_one_record(app: Flask, board: Board, session: Session) -> None:
    """However long the first takes, the second click is not another offer."""
    page = board.open("/offers/new").page
    page.get_by_label("Antal pladser").fill("2")
    page.get_by_label("Individuel peer-støtte").check()
    asked: list[Request] = []
    page.on("request", lambda sent: asked.append(sent) if sent.method == "POST" else None)
    with slow(app):
        page.get_by_role("button", name="Gem som kladde").click(click_count=2, delay=80)
        expect(page.get_by_text("Pladserne er gemt som kladde.")).to_be_visible()
    assert len(asked) == 1
    assert session.scalar(select(func.count(Offer.id)).where(Offer.seats == 2)) == 1


# A session that has ended


def end_sessions(session: Session) -> None:
    with writing():
        session.execute(update(UserSession).values(ended_at=now()))
        session.commit()


def sign_in_again(page: Page, board: Board, post: Post) -> None:
    page.get_by_label("E-mail").fill(board.coordinator.email)
    page.get_by_role("button", name="Send link og kode").click()
    page.get_by_label("Kode").fill(post.code_to(board.coordinator.email))
    page.get_by_role("button", name="Log ind").click()


@pytest.mark.expects_status(EXPIRED)
def test_expired_session_keeps_what_was_typed_until_it_can_be_saved(
    board: Board, session: Session, mailbox: Mailbox
) -> None:
    type_hours(board, "7,5")
    end_sessions(session)
    save(board)
    expect(board.alarm()).to_contain_text(NOTHING_SAVED)
    kept_what_was_typed(board, "7,5")
    with board.page.expect_popup() as opened:
        board.alarm().get_by_role("link", name="Log ind i et nyt faneblad").click()
    sign_in_again(opened.value, board, Post(mailbox))
    elsewhere = Board(opened.value, board.coordinator, board.ids)
    elsewhere.shows_same_rows()
    expect(elsewhere.row(BO).locator("td.number")).to_have_text("6")
    save(board)
    saved(board, "7,5")
    expect(board.alarm()).to_be_empty()


@pytest.mark.expects_status(EXPIRED)
def test_expired_session_leads_back_to_the_same_rows(
    board: Board, session: Session, mailbox: Mailbox
) -> None:
    end_sessions(session)
    board.edit_link(BO).click()
    expect(board.page.get_by_text("Du har været væk et stykke tid")).to_be_visible()
    sign_in_again(board.page, board, Post(mailbox))
    board.shows_same_rows()


@pytest.mark.expects_status(EXPIRED)
def test_expired_session_without_scripts_keeps_what_was_typed(
    page_without_js: Page,
    make: Factory,
    session: Session,
    mailbox: Mailbox,
    sign_in: Callable[[Page, User], Page],
) -> None:
    coordinator, ids = lay_out(make)
    board = Board(sign_in(page_without_js, coordinator), coordinator, ids).open(
        f"/placements/{ids[BO]}/cancel"
    )
    board.page.get_by_label("Begrundelse").fill("Stedet er lukket for i år.")
    end_sessions(session)
    board.page.get_by_role("button", name="Aflys forløbet").click()
    expect(board.page.get_by_role("heading", level=1)).to_contain_text(NOTHING_SAVED)
    expect(board.page.get_by_label("Det, du skrev")).to_have_value("Stedet er lukket for i år.")
    with board.page.expect_popup() as opened:
        board.page.get_by_role("link", name="Log ind i et nyt faneblad").click()
    sign_in_again(opened.value, board, Post(mailbox))
    expect(opened.value).to_have_url(re.compile(f"/placements/{ids[BO]}/cancel$"))
    board.page.get_by_role("button", name="Gem igen").click()
    expect(board.page.get_by_text("Forløbet er aflyst, og pladsen er fri igen.")).to_be_visible()
    session.rollback()
    assert session.get_one(Placement, ids[BO]).reason == "Stedet er lukket for i år."


# When it fails


def fail(*_args: object, **_values: object) -> NoReturn:
    raise RuntimeError("a bug")


@pytest.mark.expects_status(BROKEN)
def test_error_says_that_nothing_is_saved(app: Flask, board: Board, monkeypatch: pytest.MonkeyPatch) -> None:
    app.testing = False
    monkeypatch.setattr(board_domain, "save", fail)
    type_hours(board, "7,5")
    save(board)
    expect(board.alarm()).to_contain_text(NOTHING_SAVED)
    kept_what_was_typed(board, "7,5")
    monkeypatch.undo()
    save(board)
    saved(board, "7,5")
    expect(board.alarm()).to_be_empty()


@pytest.mark.allow_console("ERR_INTERNET_DISCONNECTED", "console: (Event|TypeError|htmx)")
def test_lost_connection_says_that_nothing_is_saved(board: Board) -> None:
    type_hours(board, "7,5")
    board.page.context.set_offline(True)
    save(board)
    expect(board.alarm()).to_contain_text(NOTHING_SAVED)
    kept_what_was_typed(board, "7,5")
    board.page.context.set_offline(False)
    save(board)
    saved(board, "7,5")
    expect(board.alarm()).to_be_empty()
