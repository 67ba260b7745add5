"""The ground: headers, errors, probes."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError

from placements import web
from placements.models.users import User
from tests.conftest import Client
from tests.factories import Factory

As = Callable[[User], Client]
TOO_BIG = str(2**63)


def test_probe_answers(client: Client) -> None:
    assert client.get("/healthz").text == "ok"
    assert client.get("/readyz").text == "ready"


def test_factory_and_history(make, session) -> None:  # type: ignore[no-untyped-def]
    placement = make.placement()
    from placements.domain import history

    assert [entry.event.action.value for entry in history.of(session, placement)] == ["created"]


def test_front_page_is_public(client: Client) -> None:
    answer = client.get("/")
    assert answer.status_code == 200
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        (f"/placements/{TOO_BIG}", 404),
        (f"/hosts/{TOO_BIG}", 404),
        (f"/placements/new?offer={TOO_BIG}", 404),
        (f"/hosts?after={TOO_BIG}", 200),
        (f"/offers?after={TOO_BIG}", 200),
        (f"/placements?after={TOO_BIG}", 200),
        ("/hosts?q=%00", 400),
        ("/hosts?q=a&q=%00", 400),
        ("/cohorts/%00", 400),
        ("/verify/%00", 400),
    ],
)
def test_what_no_database_can_look_for_is_no_crash(
    make: Factory, as_user: As, path: str, status: int
) -> None:
    assert as_user(make.coordinator(make.programme())).get(path).status_code == status


def test_text_with_a_zero_character_is_refused(make: Factory, as_user: As) -> None:
    browser, unit = as_user(make.coordinator(make.programme())), make.unit()
    data = {"name": "Vera\0", "is_host": "y"}
    assert browser.post(f"/hosts/{unit.id}/contacts/new", data=data).status_code == 400


def test_a_version_that_is_no_number_is_a_stale_one(make: Factory, as_user: As) -> None:
    offer = make.offer(make.unit(), make.cohort(), status="draft")
    browser = as_user(make.coordinator(offer.cohort.programme))
    assert browser.post(f"/offers/{offer.id}/release", data={"version": "²"}).status_code == 409


def test_whoever_could_not_write_in_time_is_told_to_try_again(app: Flask) -> None:
    with app.test_request_context("/"):
        answer = web.busy_or_crash(OperationalError("", {}, Exception("database is locked")))
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "10")
        assert "prøv igen om lidt" in answer.get_data(as_text=True)
        with pytest.raises(OperationalError):
            web.busy_or_crash(OperationalError("", {}, Exception("disk I/O error")))
