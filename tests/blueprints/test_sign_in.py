"""Asking for a link, following it or typing the code: what the browser meets."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from placements.db import writing
from placements.models.sign_ins import SignInChallenge, UserSession
from placements.models.users import User
from tests.conftest import Client
from tests.factories import Factory
from tests.mailbox import Mailbox

EMAIL = "anne@example.org"


@pytest.fixture
def anne(make: Factory) -> User:
    return make.user("Anne Ager", email=EMAIL)


@pytest.fixture
def other_browser(app: Flask, client: Client) -> Client:
    other = app.test_client()
    assert isinstance(other, Client)
    return other


def ask(client: Client, email: str = EMAIL, next_path: str = "/") -> Any:
    return client.post("/login", query_string={"next": next_path}, data={"email": email})


def is_signed_in(client: Client) -> bool:
    return "Log ud" in client.get("/").text


def let_pass(session: Session, **time: float) -> None:
    """Everything asked for was asked for that much earlier."""
    with writing():
        session.rollback()
        for row, asked_at in session.execute(select(SignInChallenge.id, SignInChallenge.created_at)).all():
            earlier = asked_at - timedelta(**time)
            session.execute(
                update(SignInChallenge).where(SignInChallenge.id == row).values(created_at=earlier)
            )
        session.commit()


def count(session: Session, model: type[Any]) -> int:
    return session.scalar(select(func.count()).select_from(model)) or 0


# Asking


def test_ask_mails_a_link_and_a_code(client: Client, anne: User, mailbox: Mailbox) -> None:
    answer = ask(client)
    assert (answer.status_code, answer.location) == (303, "/login/code")
    assert mailbox.newest()["To"] == EMAIL
    assert mailbox.link().startswith("/login/")
    assert len(mailbox.code()) == 8


def test_ask_gives_nothing_away(client: Client, other_browser: Client, anne: User, mailbox: Mailbox) -> None:
    """A known and an unknown address get the same bytes, at once and on the page that follows."""
    known, unknown = ask(client), ask(other_browser, "nobody@example.org")
    assert (known.status_code, known.data) == (unknown.status_code, unknown.data)
    assert {*known.headers.keys()} == {*unknown.headers.keys()}
    pages = [bare(browser.get("/login/code").text) for browser in (client, other_browser)]
    assert pages[0] == pages[1]
    assert len(mailbox.files()) == 1
    wrong = {"code": "00000000" if mailbox.code() != "00000000" else "11111111"}
    refused = [browser.post("/login/code", data=wrong) for browser in (client, other_browser)]
    assert [answer.status_code for answer in refused] == [422, 422]
    assert bare(refused[0].text) == bare(refused[1].text)


def bare(page: str) -> str:
    """The page without the tokens that differ in every answer."""
    return "\n".join(line for line in page.splitlines() if "csrf" not in line)


@pytest.mark.parametrize(
    ("email", "sentence"),
    [
        ("", "Skriv din e-mail."),
        ("anne", "E-mailen ser ikke rigtig ud."),
        ("anne@example.org\nBcc: x@example.org", "E-mailen ser ikke rigtig ud."),
        ("a" * 250 + "@example.org", "E-mailen er for lang."),
    ],
)
def test_ask_with_what_is_no_address(client: Client, mailbox: Mailbox, email: str, sentence: str) -> None:
    answer = ask(client, email)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert email.split("\n")[0] in answer.text
    assert mailbox.files() == []


def test_ask_too_often(client: Client, anne: User, mailbox: Mailbox) -> None:
    assert [ask(client).status_code for _ in range(6)] == [303] * 5 + [429]
    assert "Vent et kvarter" in ask(client).text
    assert len(mailbox.files()) == 5


def test_ask_page_when_signed_in_goes_on(as_user: Callable[[User], Client], anne: User) -> None:
    assert as_user(anne).get("/login?next=/my?a=1").location == "/my?a=1"


# The link


def test_confirm_signs_nobody_in(client: Client, anne: User, mailbox: Mailbox, session: Session) -> None:
    """Programs that look at links may open them as often as they like."""
    ask(client)
    for _ in range(5):
        page = client.get(mailbox.link())
        assert client.head(mailbox.link()).status_code == 200
    assert f'<form method="post" action="{mailbox.link()}"' in page.text
    assert not is_signed_in(client)
    assert count(session, UserSession) == 0
    assert client.post(mailbox.link()).status_code == 303


def test_use_link_opens_the_page_asked_for(client: Client, anne: User, mailbox: Mailbox) -> None:
    ask(client, next_path="/placements?status=active&q=%C3%A6")
    answer = client.post(mailbox.link())
    assert (answer.status_code, answer.location) == (303, "/placements?status=active&q=%C3%A6")
    assert is_signed_in(client)


def test_use_link_twice(client: Client, anne: User, mailbox: Mailbox) -> None:
    ask(client)
    client.post(mailbox.link())
    client.post("/logout")
    assert client.post(mailbox.link()).status_code == 422
    assert not is_signed_in(client)


def test_use_link_in_another_browser(
    client: Client, other_browser: Client, anne: User, mailbox: Mailbox
) -> None:
    ask(client)
    answer = other_browser.post(mailbox.link())
    assert answer.status_code == 422
    assert "i den browser, hvor du bad om det" in answer.text
    assert not is_signed_in(other_browser)
    assert client.post(mailbox.link()).status_code == 303


def test_use_link_after_ten_minutes_offers_a_new_one(
    client: Client, anne: User, mailbox: Mailbox, session: Session
) -> None:
    ask(client, next_path="/my")
    let_pass(session, minutes=10, seconds=1)
    answer = client.post(mailbox.link())
    assert answer.status_code == 422
    assert "Send mig et nyt link" in answer.text
    old = mailbox.link()
    token = old.removeprefix("/login/")
    again = client.post("/login/again", data={"token": token})
    assert (again.status_code, again.location) == (303, "/login/code")
    assert mailbox.link() != old
    assert client.post(mailbox.link()).location == "/my"


def test_send_again_in_another_browser(
    client: Client, other_browser: Client, anne: User, mailbox: Mailbox
) -> None:
    """The new link is bound to the browser that asked for it, here the one the mail was opened in."""
    ask(client)
    other_browser.post("/login/again", data={"token": mailbox.link().removeprefix("/login/")})
    assert client.post(mailbox.link()).status_code == 422
    assert other_browser.post(mailbox.link()).status_code == 303


def test_send_again_from_the_page_of_the_code(client: Client, anne: User, mailbox: Mailbox) -> None:
    ask(client)
    assert client.post("/login/again").location == "/login/code"
    assert len(mailbox.files()) == 2
    assert client.post("/login/code", data={"code": mailbox.code()}).status_code == 303


def test_send_again_for_nothing(client: Client, mailbox: Mailbox) -> None:
    assert client.post("/login/again").location == "/login"
    assert client.post("/login/again", data={"token": "cut short"}).location == "/login"
    assert mailbox.files() == []


def test_send_again_too_often(client: Client, anne: User, mailbox: Mailbox) -> None:
    ask(client)
    assert [client.post("/login/again").status_code for _ in range(5)] == [303] * 4 + [429]


# The code


def test_use_code(client: Client, anne: User, mailbox: Mailbox) -> None:
    ask(client, next_path="/my")
    answer = client.post("/login/code", data={"code": mailbox.code()})
    assert (answer.status_code, answer.location) == (303, "/my")
    assert is_signed_in(client)


@pytest.mark.parametrize("code", ["", "1234", "abcdefgh", "123456789", "1234567٨"])
def test_use_code_of_another_shape(client: Client, anne: User, code: str) -> None:
    ask(client)
    answer = client.post("/login/code", data={"code": code})
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.text


def test_use_code_five_wrong_ones(client: Client, anne: User, mailbox: Mailbox) -> None:
    ask(client)
    wrong = "00000000" if mailbox.code() != "00000000" else "11111111"
    for _ in range(5):
        answer = client.post("/login/code", data={"code": wrong})
        assert (answer.status_code, wrong in answer.text) == (422, True)
    assert client.post("/login/code", data={"code": mailbox.code()}).status_code == 422
    assert not is_signed_in(client)


def test_use_code_counts_before_it_checks(
    client: Client, anne: User, mailbox: Mailbox, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A check that never ends has still been counted."""
    ask(client)

    def stop(*_args: Any, **_values: Any) -> None:
        raise InterruptedError

    monkeypatch.setattr("placements.domain.sign_ins.use_code", stop)
    with pytest.raises(InterruptedError):
        client.post("/login/code", data={"code": mailbox.code()})
    assert session.scalars(select(SignInChallenge.tries)).one() == 1


def test_use_code_in_another_browser(
    client: Client, other_browser: Client, anne: User, mailbox: Mailbox
) -> None:
    ask(client)
    assert other_browser.get("/login/code").location == "/login"
    assert other_browser.post("/login/code", data={"code": mailbox.code()}).status_code == 422
    assert not is_signed_in(other_browser)


# Sixteen at once, and forged requests


@pytest.mark.parametrize("way", ["link", "code"])
def test_enter_sixteen_at_once(
    app: Flask, client: Client, anne: User, mailbox: Mailbox, session: Session, way: str
) -> None:
    ask(client)
    cookie = client.get_cookie("session")
    assert cookie is not None
    path, data = (mailbox.link(), {}) if way == "link" else ("/login/code", {"code": mailbox.code()})
    session.rollback()

    def post(_number: int) -> int:
        browser = FlaskClient(app, app.response_class)
        browser.set_cookie("session", cookie.value)
        return browser.post(path, data=data).status_code

    with ThreadPoolExecutor(16) as threads:
        statuses = sorted(threads.map(post, range(16)))
    assert statuses == [303] + [422] * 15
    assert count(session, UserSession) == 1


@pytest.mark.usefixtures("with_csrf")
def test_forged_requests_are_refused(client: Client, anne: User, mailbox: Mailbox) -> None:
    for path in ("/login", "/login/code", "/login/again", "/login/abc", "/logout", "/language", "/tasks/abc"):
        assert client.post(path, data={"email": EMAIL}).status_code == 400
    assert mailbox.files() == []


@pytest.mark.usefixtures("with_csrf")
def test_sign_in_with_the_token_of_the_page(client: Client, anne: User, mailbox: Mailbox) -> None:
    client.post("/login", data={"email": EMAIL, "csrf_token": token_on(client.get("/login").text)})
    token = token_on(client.get(mailbox.link()).text)
    assert client.post(mailbox.link(), data={"csrf_token": token}).status_code == 303


def token_on(page: str) -> str:
    return page.split('name="csrf-token" content="')[1].split('"')[0]


OPEN_REDIRECTS = [
    "https://evil.example/",
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/\n//evil.example",
    "http:evil.example",
    "javascript:alert(1)",
    " //evil.example",
    "evil.example",
    "",
]


@pytest.mark.parametrize("payload", OPEN_REDIRECTS)
def test_next_stays_on_this_host(
    client: Client, anne: User, mailbox: Mailbox, as_user: Callable[[User], Client], payload: str
) -> None:
    ask(client, next_path=payload)
    assert client.post(mailbox.link()).location == "/"
    assert client.get("/login", query_string={"next": payload}).location == "/"
    assert client.post("/language", data={"locale": "en", "next": payload}).location == "/"


def test_next_with_a_character_that_no_address_has_is_refused(client: Client, anne: User) -> None:
    assert ask(client, next_path="\x00//evil.example").status_code == 400


def test_choose_language(client: Client) -> None:
    client.post("/language", data={"locale": "en", "next": "/login"})
    assert '<html lang="en">' in client.get("/login").text
    client.post("/language", data={"locale": "tlh", "next": "/login"})
    assert '<html lang="da">' in client.get("/login").text
