"""Two fast clicks, or a retry, make one change (ux 16)."""

from __future__ import annotations

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import Client as PlainClient

from placements import once
from placements.db import writing
from placements.domain import sent_forms
from placements.models.cohorts import Cohort
from placements.models.network_groups import NetworkGroup
from placements.models.sent_forms import SentForm
from placements.models.users import User
from tests.conftest import Client
from tests.factories import Factory

As = Callable[[User], Client]
GROUP = {"name": "Gruppe Nord", "seats": "8", "programme_id": "1"}


@pytest.fixture
def cohort(make: Factory) -> Cohort:
    return make.cohort(make.programme())


def form_key(browser: Client, path: str) -> str:
    found = re.search(
        r'action="/network-groups/new".*?name="once" value="([^"]+)"', browser.get(path).text, re.S
    )
    assert found
    return found[1]


def test_the_second_click_is_led_where_the_first_one_went(
    make: Factory, as_user: As, cohort: Cohort, session: Session
) -> None:
    browser = as_user(make.coordinator(cohort.programme))
    once = form_key(browser, "/network-groups/new")
    answers = [browser.post("/network-groups/new", data=GROUP | {"once": once}) for _click in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert answers[0].location == answers[1].location
    assert len(session.scalars(select(NetworkGroup)).all()) == 1


def test_another_showing_of_the_form_is_another_change(
    make: Factory, as_user: As, cohort: Cohort, session: Session
) -> None:
    browser = as_user(make.coordinator(cohort.programme))
    for name in ("Nord", "Syd"):
        once = form_key(browser, "/network-groups/new")
        browser.post("/network-groups/new", data=GROUP | {"name": name, "once": once})
    assert set(session.scalars(select(NetworkGroup.name))) == {"Nord", "Syd"}


def test_what_was_refused_may_be_mended_and_sent_again(
    make: Factory, as_user: As, cohort: Cohort, session: Session
) -> None:
    browser = as_user(make.coordinator(cohort.programme))
    once = form_key(browser, "/network-groups/new")
    assert browser.post("/network-groups/new", data={"name": "", "once": once}).status_code == 422
    assert browser.post("/network-groups/new", data=GROUP | {"once": once}).status_code == 303
    assert len(session.scalars(select(NetworkGroup)).all()) == 1


def test_of_many_at_once_one_is_first(
    app: Flask, make: Factory, cohort: Cohort, as_user: As, session: Session
) -> None:
    cookie = as_user(make.coordinator(cohort.programme)).get_cookie("session")
    assert cookie

    def click(_number: int) -> str:
        browser = PlainClient(app)
        browser.set_cookie("session", cookie.value)
        return str(
            browser.post("/network-groups/new", data=GROUP | {"once": "the-same-key"}).headers["Location"]
        )

    with ThreadPoolExecutor(8) as pool:
        went = list(pool.map(click, range(8)))
    session.rollback()
    assert len(session.scalars(select(NetworkGroup)).all()) == 1
    assert len(set(went)) == 1


def test_keys_are_kept_for_a_day(session: Session) -> None:
    now = datetime(2025, 2, 3, 9, 0, tzinfo=UTC)
    assert sent_forms.claim(session, "old", now=now)
    assert not sent_forms.claim(session, "old", now=now + timedelta(days=1))
    assert sent_forms.claim(session, "old", now=now + timedelta(days=1, seconds=1))
    assert len(session.scalars(select(SentForm)).all()) == 1


def test_what_was_given_up_on_the_way_is_said_and_may_be_sent_again(
    make: Factory, as_user: As, cohort: Cohort, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(once, "PATIENCE", 0.1)
    user = make.coordinator(cohort.programme)
    with writing():
        assert sent_forms.claim(session, f"{user.id} /network-groups/new abc", now=datetime.now(UTC))
        session.commit()
    browser = as_user(user)
    assert browser.post("/network-groups/new", data=GROUP | {"once": "abc"}).status_code == 409
    assert session.scalars(select(NetworkGroup)).all() == []
    assert browser.post("/network-groups/new", data=GROUP | {"once": "abc"}).status_code == 303
    assert len(session.scalars(select(NetworkGroup)).all()) == 1


def test_somebody_elses_key_is_not_mine(make: Factory, as_user: As, cohort: Cohort, session: Session) -> None:
    for name in ("Nord", "Syd"):
        browser = as_user(make.coordinator(cohort.programme))
        assert (
            browser.post("/network-groups/new", data=GROUP | {"name": name, "once": "abc"}).status_code == 303
        )
    assert set(session.scalars(select(NetworkGroup.name))) == {"Nord", "Syd"}
