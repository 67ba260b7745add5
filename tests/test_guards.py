"""What guards every route of `test_access.py` besides: an audience, a token, headers on errors too."""

from __future__ import annotations

import pytest
from flask import Flask

from placements import access
from placements.web import CSP
from tests.factories import Factory
from tests.snapshots import changed_tables
from tests.test_access import POSTS, ask, unguarded
from tests.world import World


@pytest.fixture
def world(app: Flask, make: Factory) -> World:
    return World.of(app, make)


# An audience on every view


def test_every_view_declares_its_audience(app: Flask) -> None:
    for endpoint, view in app.view_functions.items():
        assert access.audience_of(view) is not None, endpoint


def test_view_without_an_audience_is_never_served() -> None:
    app = Flask(__name__)
    app.secret_key, app.testing = "only-for-tests", True
    access.init_app(app)
    app.add_url_rule("/forgotten", view_func=lambda: "secret", endpoint="forgotten")
    with pytest.raises(LookupError, match="declares no audience"):
        app.test_client().get("/forgotten")
    app.testing = False
    answer = app.test_client().get("/forgotten")
    assert (answer.status_code, b"secret" in answer.data) == (500, False)


# Forged requests, headers


@pytest.mark.usefixtures("with_csrf")
@pytest.mark.parametrize("role", ["anonymous", "coordinator", "host", "student"])
def test_no_change_without_the_token_of_the_page(world: World, role: str) -> None:
    assert {route: ask(world, route, role).status_code for route in POSTS} == dict.fromkeys(POSTS, 400)
    assert changed_tables(world.snapshot) == []


@pytest.mark.usefixtures("with_csrf")
def test_headers_on_every_error(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.app.testing = False
    world.app.config["TRUSTED_HOSTS"] = ["localhost"]
    browser = world.browser("coordinator")
    too_big = b"x" * (world.app.config["MAX_CONTENT_LENGTH"] + 1)
    answers = [
        browser.get("/no-such-page"),
        browser.put("/cohorts"),
        browser.post("/cohorts/viborg-2024/practicum"),
        browser.get("/host"),
        browser.get("/cohorts", base_url="http://evil.example"),
        browser.post("/login", data=too_big, content_type="application/x-www-form-urlencoded"),
    ]
    monkeypatch.setattr("placements.domain.cohorts.visible_to", lambda _actor: 1 / 0)
    answers.append(browser.get("/cohorts/viborg-2024"))
    world.app.testing = True
    assert [answer.status_code for answer in answers] == [404, 405, 400, 403, 400, 413, 500]
    assert [unguarded(answer) for answer in answers] == [[]] * len(answers)


def test_content_security_policy_allows_no_inline_code() -> None:
    parts = dict(part.strip().split(" ", 1) for part in CSP.split(";"))
    assert "unsafe" not in CSP
    assert {parts[name] for name in ("default-src", "object-src", "base-uri", "frame-ancestors")} == {
        "'none'"
    }
    assert {parts[name] for name in ("script-src", "style-src", "connect-src", "form-action")} == {"'self'"}
