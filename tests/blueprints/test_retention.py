"""What is about to be deleted, the policy, and the figures that remain."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from placements.models.application_retention import ApplicationPolicy
from placements.models.applications import ApplicationStatus
from placements.models.users import User
from tests.conftest import TODAY, Client
from tests.factories import Factory
from tests.test_expiry import LONG_AGO

Count = Callable[[Callable[[], object]], int]
Browsers = Callable[[User], Client]


def test_preview_tells_references_and_no_names(make: Factory, as_user: Browsers, query_count: Count) -> None:
    programme = make.programme(home_municipalities=["Viborg"])
    cohort = make.window(make.cohort(programme, starts_on=TODAY - timedelta(days=140)), *LONG_AGO)
    make.application(cohort, "Asta Ager", status=ApplicationStatus.REJECTED, reference="2024-BCDFGH")
    browser = as_user(make.coordinator(programme))
    few = query_count(lambda: browser.get("/retention"))
    make.application(cohort, "Bo", status=ApplicationStatus.DRAFT, reference=None)
    make.application(cohort, "Ib", status=ApplicationStatus.DECLINED, reference="2024-ZZZZZZ")
    assert query_count(lambda: browser.get("/retention")) == few
    page = browser.get("/retention").text
    assert "3 ansøgninger, heraf 1 kladde" in page
    assert "2024-BCDFGH, 2024-ZZZZZZ" in page
    assert "Asta" not in page


def test_policy_is_saved_refused_and_switched_off(make: Factory, as_user: Browsers, session: Session) -> None:
    programme = make.programme()
    browser = as_user(make.coordinator(programme))
    address = f"/retention/{programme.slug}"
    assert 'value="180"' in browser.get(address).text
    assert browser.post(address, data={"version": 0, "days": "0"}).status_code == 422
    assert browser.post(address, data={"version": 0, "export_first": "y"}).status_code == 303
    row = session.scalars(select(ApplicationPolicy)).one()
    assert (row.days, row.export_first, row.with_seat) == (None, True, False)
    assert browser.post(address, data={"version": 0, "days": "30"}).status_code == 409
    assert "Slettes ikke" in browser.get("/retention").text


def test_policy_needs_its_token(app: Flask, make: Factory, as_user: Browsers) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    programme = make.programme()
    browser = as_user(make.coordinator(programme))
    assert browser.post(f"/retention/{programme.slug}", data={"days": "1"}).status_code == 400


def test_figures_are_a_picture_and_a_table(make: Factory, as_user: Browsers, query_count: Count) -> None:
    programme = make.programme(home_municipalities=["Viborg"])
    cohort = make.cohort(programme)
    browser, address = as_user(make.coordinator(programme)), f"/applications/cohort/{cohort.slug}/figures"
    for _one in range(5):
        make.application(cohort)
    few = query_count(lambda: browser.get(address))
    for _one in range(4):
        make.application(cohort, status=ApplicationStatus.DRAFT)
    assert query_count(lambda: browser.get(address)) == few
    page = browser.get(address).text
    assert ">Begyndt: 9</text>" in page
    assert ">Sendt: Skjult</text>" in page
    assert '<th scope="row">Begyndt</th>' in page
    assert "Asta" not in page
