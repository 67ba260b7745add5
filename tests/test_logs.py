"""The log tells who did what where, and never what somebody wrote or how they got in."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from placements import logs
from placements.models.users import User
from tests.conftest import Client
from tests.factories import Factory
from tests.mailbox import Mailbox

Lines = Callable[[], list[dict[str, Any]]]


@pytest.fixture
def output(capsys: pytest.CaptureFixture[str]) -> Callable[[], str]:
    """Everything that has been printed since."""
    return lambda: "".join(capsys.readouterr())


@pytest.fixture
def lines(output: Callable[[], str]) -> Lines:
    return lambda: [json.loads(line) for line in output().splitlines()]


@pytest.fixture
def anne(make: Factory) -> User:
    return make.user("Anne Ager", email="anne@example.org")


@pytest.fixture
def as_in_production(app: Flask) -> Iterator[None]:
    app.testing = False
    yield
    app.testing = True


def test_request_is_one_line(as_user: Callable[[User], Client], anne: User, lines: Lines) -> None:
    browser = as_user(anne)
    browser.get("/cohorts/hemmeligt-hold?q=hemmelig")
    (line,) = lines()
    assert set(line) == {
        "at",
        "level",
        "log",
        "message",
        "request",
        "route",
        "method",
        "status",
        "ms",
        "actor",
    }
    assert (line["method"], line["route"], line["status"], line["actor"]) == (
        "GET",
        "/cohorts/<slug>",
        403,
        anne.id,
    )
    assert len(line["request"]) == 16
    assert line["ms"] >= 0


def test_request_without_a_route(client: Client, lines: Lines) -> None:
    client.get("/no/such/secret-page")
    (line,) = lines()
    assert (line["route"], line["status"], line["actor"]) == (None, 404, None)


def test_probe_looks_nobody_up(
    as_user: Callable[[User], Client], anne: User, query_count: Callable[[Callable[[], object]], int]
) -> None:
    assert query_count(lambda: as_user(anne).application.test_client().get("/healthz")) <= query_count(
        lambda: as_user(anne)
    )


def test_sign_in_and_out_are_security_events(
    client: Client, anne: User, mailbox: Mailbox, lines: Lines
) -> None:
    client.post("/login", data={"email": anne.email})
    client.post("/login/code", data={"code": "00000000"})
    client.post(mailbox.link())
    client.post("/logout")
    events = [line for line in lines() if line["log"] == "placements.security"]
    assert [(line["message"], line["actor"], line["route"]) for line in events] == [
        ("sign_in_refused", None, "/login/code"),
        ("signed_in", anne.id, "/login/<token>"),
        ("signed_out", anne.id, "/logout"),
    ]
    assert {line["address"] for line in events} == {"127.0.0.1"}


def test_forwarded_address_is_not_believed_without_a_proxy(client: Client, anne: User, lines: Lines) -> None:
    client.post("/login/code", data={"code": "00000000"}, headers={"X-Forwarded-For": "203.0.113.9"})
    (event,) = [line for line in lines() if line["log"] == "placements.security"]
    assert event["address"] == "127.0.0.1"


def test_log_holds_no_token_code_or_address(
    client: Client, anne: User, mailbox: Mailbox, output: Callable[[], str]
) -> None:
    """Canaries in everything that a browser sends while it signs in."""
    client.post("/login?next=/KANARI-NEXT", data={"email": anne.email})
    link, code = mailbox.link(), mailbox.code()
    client.get(
        f"{link}?q=KANARI-QUERY", headers={"Referer": "http://localhost/KANARI-REFERER", "Cookie": "KANARI=1"}
    )
    client.post(link, data={"KANARI-NAME": "KANARI-VALUE"})
    client.post("/login/again", data={"token": link.rpartition("/")[2]})
    client.get("/tasks/KANARI-TASK")
    client.get("/KANARI-PATH")
    logged = output()
    assert logged.count("\n") == 7
    for secret in (
        link.rpartition("/")[2],
        code,
        mailbox.link().rpartition("/")[2],
        anne.email,
        anne.name,
        "KANARI",
    ):
        assert secret not in logged


@pytest.mark.usefixtures("as_in_production")
@pytest.mark.parametrize("text", ["KANARI diagnose", "KANARI\nlinje to", 'KANARI" , "actor": 1'])
def test_bug_is_logged_without_what_it_says(
    client: Client, anne: User, lines: Lines, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    def fail(*_args: Any, **_values: Any) -> None:
        raise ValueError(text)

    monkeypatch.setattr("placements.domain.sign_ins.ask", fail)
    answer = client.post("/login", data={"email": anne.email})
    bug, request = lines()
    assert (bug["message"], bug["error"], bug["level"], request["status"]) == (
        "bug",
        "ValueError",
        "error",
        500,
    )
    assert bug["frames"][-1].startswith("tests/test_logs.py:")
    assert bug["request"] == request["request"]
    assert "KANARI" not in json.dumps(bug)
    assert "KANARI" not in answer.text
    assert bug["request"] in answer.text


@pytest.mark.usefixtures("as_in_production")
def test_page_for_bugs_needs_nothing_that_may_be_broken(
    as_user: Callable[[User], Client], anne: User, lines: Lines, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not even whoever is asking, whose name stands in the database."""

    def fail(*_args: Any, **_values: Any) -> str:
        raise ValueError("KANARI")

    browser = as_user(anne)
    monkeypatch.setattr("placements.domain.sign_ins.actor_of", fail)
    answer = browser.get("/")
    assert (answer.status_code, "Der skete en fejl hos os" in answer.text) == (500, True)
    assert "KANARI" not in json.dumps(lines())


@pytest.mark.usefixtures("as_in_production")
def test_bug_leaves_nothing_behind(
    client: Client, anne: User, session: Session, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The transaction of a request that fails at its end is taken back."""

    def fail(*_args: Any, **_values: Any) -> None:
        raise ValueError

    monkeypatch.setattr("placements.blueprints.sign_in.views._remember", fail)
    assert client.post("/login", data={"email": anne.email}).status_code == 500
    assert mailbox.files() == []


def test_line_break_in_a_message_stays_one_line() -> None:
    record = logging.LogRecord("x", logging.INFO, "", 0, "one\ntwo\r\u2028three", None, None)
    line = logs.JsonLines().format(record)
    assert "\n" not in line
    assert json.loads(line)["message"] == "one\ntwo\r\u2028three"


def test_development_server_names_no_addresses() -> None:
    assert logging.getLogger("werkzeug").getEffectiveLevel() == logging.WARNING
