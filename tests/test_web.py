"""The ground: headers, errors, probes."""

from __future__ import annotations

from tests.conftest import Client


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
