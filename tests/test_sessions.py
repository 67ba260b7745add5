"""A signed-in browser: how it begins, how long it lasts, and that its end is real."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from placements.access import ASKED_BY_ITSELF
from placements.clock import now
from placements.config import from_environment
from placements.db import writing
from placements.models.programmes import Programme
from placements.models.sign_ins import UserSession
from placements.models.users import User
from tests.blueprints.test_sign_in import ask, token_on
from tests.conftest import Client
from tests.factories import Factory
from tests.mailbox import Mailbox

TEMPLATES = Path(__file__).parent.parent / "placements" / "templates"
PAGE = "/cohorts?q=viborg&status=active"
ASKED_AGAIN = "/login?next=%2Fcohorts%3Fq%3Dviborg%26status%3Dactive"


@pytest.fixture
def programme(make: Factory) -> Programme:
    return make.programme()


@pytest.fixture
def karen(make: Factory, programme: Programme) -> User:
    return make.coordinator(programme, email="karen@example.org")


@pytest.fixture
def her_browser(as_user: Callable[[User], Client], karen: User) -> Client:
    her_browser = as_user(karen)
    assert her_browser.get("/cohorts").status_code == 200
    return her_browser


def fall_idle(her_browser: Client, minutes: int) -> None:
    with her_browser.session_transaction() as cookie:
        cookie["seen"] = int((now() - timedelta(minutes=minutes)).timestamp())


def enter(client: Client, mailbox: Mailbox, email: str = "karen@example.org") -> None:
    ask(client, email)
    client.post(mailbox.link())


# The beginning


def test_sign_in_leaves_nothing_of_the_session_before(client: Client, karen: User, mailbox: Mailbox) -> None:
    """What somebody planted in the browser beforehand is worth nothing (session fixation)."""
    with client.session_transaction() as cookie:
        cookie["csrf_token"] = "planted"
        cookie["planted"] = "planted"
    before = client.get_cookie("session")
    enter(client, mailbox)
    after = client.get_cookie("session")
    with client.session_transaction() as cookie:
        assert "planted" not in cookie.values()
        assert {"_user_id", "_fresh", "_id", "_permanent", "seen"} == set(cookie)
    assert before is not None
    assert after is not None
    assert before.value != after.value


def test_sign_in_opens_another_session_each_time(
    client: Client, karen: User, mailbox: Mailbox, session: Session
) -> None:
    """And the one that the same browser had before is closed."""
    keys = []
    for _ in range(2):
        enter(client, mailbox)
        with client.session_transaction() as cookie:
            keys.append(cookie["_user_id"])
    assert keys[0] != keys[1]
    assert [
        bool(ended) for ended in session.scalars(select(UserSession.ended_at).order_by(UserSession.id))
    ] == [
        True,
        False,
    ]


def test_cookie_flags(client: Client, app: Flask, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = str(tmp_path_factory.mktemp("instance"))
    settings = from_environment(
        {"PLACEMENTS_INSTANCE": folder, "PLACEMENTS_BASE_URL": "https://praktik.example"}
    )
    app.config.update({name: value for name, value in settings.items() if name.startswith("SESSION_")})
    answer = client.get("/login", base_url="https://localhost")
    flags = {part.strip() for part in answer.headers["Set-Cookie"].split(";")[1:]}
    assert answer.headers["Set-Cookie"].startswith("__Host-session=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= flags
    assert not any(flag.startswith("Domain") for flag in flags)
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"


# The end


def test_log_out_kills_copied_cookies(her_browser: Client, app: Flask) -> None:
    cookie = her_browser.get_cookie("session")
    assert cookie is not None
    answer = her_browser.post("/logout")
    assert (answer.status_code, answer.location) == (303, "/")
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    thief = app.test_client()
    thief.set_cookie("session", cookie.value)
    assert thief.get("/cohorts").location == "/login?next=%2Fcohorts"


def test_log_out_twice(her_browser: Client) -> None:
    her_browser.post("/logout")
    assert her_browser.post("/logout").status_code == 303


@pytest.mark.parametrize(("minutes", "status"), [(29, 200), (31, 303)])
def test_idle_for_half_an_hour(her_browser: Client, minutes: int, status: int) -> None:
    fall_idle(her_browser, minutes)
    assert her_browser.get("/cohorts").status_code == status


def test_each_page_keeps_the_session_awake(her_browser: Client) -> None:
    for _ in range(3):
        with her_browser.session_transaction() as cookie:
            cookie["seen"] -= 20 * 60
        assert her_browser.get("/cohorts").status_code == 200


@pytest.mark.parametrize(("headers", "awake"), [({"HX-Request": "true"}, False), ({}, True)])
def test_page_that_asks_again_by_itself_keeps_nobody_awake(
    her_browser: Client, make: Factory, programme: Programme, headers: dict[str, str], awake: bool
) -> None:
    """The code on a classroom's screen; whoever opens it themselves is there."""
    taught = make.teaching_session(make.run(make.cohort(programme), make.module(programme)))
    fall_idle(her_browser, 20)
    assert her_browser.get(f"/teaching/{taught.id}/check-in", headers=headers).status_code == 200
    with her_browser.session_transaction() as cookie:
        assert (now().timestamp() - cookie["seen"] < 60) is awake


def test_views_that_are_asked_again_by_themselves_are_just_those_of_the_templates(app: Flask) -> None:
    polled = {
        path.relative_to(TEMPLATES).as_posix()
        for path in TEMPLATES.rglob("*.html")
        if 'data-hx-trigger="every' in path.read_text()
    }
    assert polled == {"jobs/_job.html", "registers/_code.html"}
    assert set(app.view_functions) >= ASKED_BY_ITSELF


@pytest.mark.parametrize(("hours", "status"), [(11.9, 200), (12.1, 303)])
def test_twelve_hours_at_most(her_browser: Client, session: Session, hours: float, status: int) -> None:
    with writing():
        session.execute(update(UserSession).values(created_at=now() - timedelta(hours=hours)))
        session.commit()
    assert her_browser.get("/cohorts").status_code == status


def test_deactivated_user_is_out_at_the_next_request(
    her_browser: Client, karen: User, session: Session
) -> None:
    karen.active = False
    session.commit()
    assert her_browser.get("/cohorts").status_code == 303


def test_role_taken_away_counts_at_the_next_request(
    her_browser: Client, karen: User, session: Session
) -> None:
    session.delete(karen.grants[0])
    session.commit()
    assert her_browser.get("/cohorts").status_code == 403


def test_cookie_changed_by_hand(her_browser: Client) -> None:
    cookie = her_browser.get_cookie("session")
    assert cookie is not None
    content, signature = cookie.value.rsplit(".", 1)
    her_browser.set_cookie("session", f"{content}.{signature[::-1]}")
    assert her_browser.get("/cohorts").status_code == 303


# Back to where one was


def test_expired_session_comes_back_to_the_page_and_filter(her_browser: Client, mailbox: Mailbox) -> None:
    fall_idle(her_browser, 31)
    assert her_browser.get(PAGE).location == ASKED_AGAIN
    page = her_browser.get(ASKED_AGAIN)
    assert "Du har været væk et stykke tid" in page.text
    action = page.text.split('<form method="post" action="/login')[1].split('"')[0]
    her_browser.post(f"/login{action}", data={"email": "karen@example.org"})
    assert her_browser.post(mailbox.link()).location == PAGE


def test_expired_session_of_htmx_asks_for_the_page_not_the_fragment(her_browser: Client) -> None:
    fall_idle(her_browser, 31)
    headers = {"HX-Request": "true", "HX-Current-URL": f"http://localhost{PAGE}"}
    answer = her_browser.get("/cohorts?part=rows", headers=headers)
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (401, ASKED_AGAIN)


@pytest.mark.parametrize("url", ["https://evil.example//evil.example/", "http://[", "/\\evil", ""])
def test_expired_session_of_htmx_on_a_strange_page(her_browser: Client, url: str) -> None:
    fall_idle(her_browser, 31)
    answer = her_browser.get("/cohorts", headers={"HX-Request": "true", "HX-Current-URL": url})
    assert answer.headers["HX-Redirect"] == "/login?next=%2F"


def test_expired_session_leaves_the_text_of_a_form_of_htmx_alone(her_browser: Client) -> None:
    """A redirect would take the page away; 401 alone lets it stand, and the page says what happened."""
    fall_idle(her_browser, 31)
    answer = her_browser.htmx("POST", "/cohorts/viborg-2024/practicum")
    assert (answer.status_code, answer.data, answer.headers.get("HX-Redirect")) == (401, b"", None)


@pytest.mark.usefixtures("with_csrf")
def test_expired_session_keeps_what_was_typed_and_saves_it_afterwards(
    her_browser: Client, make: Factory, programme: Programme, mailbox: Mailbox, session: Session
) -> None:
    cohort = make.cohort(programme)
    path = f"/cohorts/{cohort.slug}/practicum"
    token = token_on(her_browser.get(path).text)
    typed = {
        "practicum_starts_on": "2025-01-13",
        "practicum_ends_on": "2025-04-13",
        "version": "1",
        "note": "to ord <b>",
    }
    fall_idle(her_browser, 31)
    answer = her_browser.post(
        path, data={**typed, "csrf_token": token}, headers={"Referer": f"http://localhost{path}"}
    )
    assert answer.status_code == 401
    assert "Intet er gemt endnu" in answer.text
    assert ">to ord &lt;b&gt;</textarea>" in answer.text
    assert '<input type="hidden" name="practicum_starts_on" value="2025-01-13">' in answer.text
    assert f'href="/login?next=%2Fcohorts%2F{cohort.slug}%2Fpracticum"' in answer.text

    kept = token_on(answer.text)
    page = her_browser.get("/login")
    her_browser.post("/login", data={"email": "karen@example.org", "csrf_token": token_on(page.text)})
    her_browser.post(mailbox.link(), data={"csrf_token": kept})
    assert her_browser.post(path, data={**typed, "csrf_token": kept}).status_code == 303
    session.refresh(cohort)
    assert str(cohort.practicum_starts_on) == "2025-01-13"


@pytest.mark.usefixtures("with_csrf")
def test_somebody_else_does_not_inherit_the_token(
    her_browser: Client, make: Factory, programme: Programme, mailbox: Mailbox
) -> None:
    """Who sits down at a computer that somebody has left gets nothing of theirs."""
    kept = token_on(her_browser.get("/cohorts").text)
    make.coordinator(programme, email="bo@example.org")
    fall_idle(her_browser, 31)
    her_browser.post("/login", data={"email": "bo@example.org", "csrf_token": kept})
    her_browser.post(mailbox.link(), data={"csrf_token": kept})
    assert her_browser.get("/cohorts").status_code == 200
    assert her_browser.post("/logout", data={"csrf_token": kept}).status_code == 400
