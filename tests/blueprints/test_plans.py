"""H-15, H-17, H-18: a participant's plan, and signing up from it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from placements.models.cohorts import Cohort
from placements.models.enrolments import Enrolment
from placements.models.programmes import Audience, Programme
from placements.models.teaching import ModuleRun, RunSignUp
from placements.models.users import User
from tests.conftest import Client
from tests.factories import Factory

AsUser = Callable[[User], Client]
Count = Callable[[Callable[[], object]], int]
RULES = {"paid_peer": "compulsory", "colleague": "elective"}


@pytest.fixture
def programme(make: Factory) -> Programme:
    return make.programme(deadline_months=12)


@pytest.fixture
def peer(make: Factory, cohort: Cohort) -> Enrolment:
    """Whose deadline is 9 September 2025."""
    return make.enrolment(cohort, audience=Audience.PAID_PEER)


@pytest.fixture
def run(make: Factory, cohort: Cohort) -> ModuleRun:
    return lay(make, cohort, 2)


@pytest.fixture
def own(as_user: AsUser, peer: Enrolment) -> Client:
    return as_user(peer.user)


def lay(make: Factory, cohort: Cohort, number: int, held_on: date = date(2025, 2, 10)) -> ModuleRun:
    run = make.run(cohort, make.module(cohort.programme, number, rules=RULES), sign_up=True, seats=4)
    make.teaching_session(run, held_on=held_on, place="Lokale 2")
    return run


def test_plan_says_what_is_missing_and_by_when(
    make: Factory, own: Client, peer: Enrolment, run: ModuleRun
) -> None:
    lay(make, run.cohort, 3, held_on=date(2025, 9, 10))
    page = own.get(f"/my/plan/{peer.id}").text
    assert "Du mangler 2 obligatoriske moduler" in page
    assert "De skal være taget senest tirsdag 9. september 2025 (uge 37)." in page
    assert "4 ledige pladser" in page
    assert "Det slutter efter din frist, som er 9. september 2025." in page
    assert page.count("/sign-up") == 2  # the address and its htmx twin, of one run
    assert f'href="/my/plan/{peer.id}"' in own.get("/my").text


def test_signs_up_and_off_again(session: Session, own: Client, peer: Enrolment, run: ModuleRun) -> None:
    address = f"/my/plan/{peer.id}/runs/{run.id}"
    fragment = own.htmx("POST", f"{address}/sign-up").text
    assert fragment.strip().startswith('<div id="plan">')
    assert "Du er tilmeldt alle obligatoriske moduler" in fragment
    assert "3 ledige pladser" in fragment
    assert "Lokale 2" in fragment
    again = own.post(f"{address}/sign-up")
    assert again.status_code == 422
    assert "Du er allerede tilmeldt." in again.text
    assert own.post(f"{address}/sign-off").location == f"/my/plan/{peer.id}#run-{run.id}"
    assert session.scalar(select(func.count(RunSignUp.id))) == 0


def test_refuses_a_full_run(make: Factory, own: Client, peer: Enrolment, run: ModuleRun) -> None:
    for _number in range(4):
        make.sign_up(run, make.enrolment(run.cohort, audience=Audience.PAID_PEER))
    refused = own.post(f"/my/plan/{peer.id}/runs/{run.id}/sign-up")
    assert refused.status_code == 422
    assert "Alle pladser er taget." in refused.text


def test_plan_of_another_is_not_there(make: Factory, own: Client, run: ModuleRun) -> None:
    other = make.enrolment(run.cohort, audience=Audience.PAID_PEER)
    assert own.get(f"/my/plan/{other.id}").status_code == 404
    assert own.post(f"/my/plan/{other.id}/runs/{run.id}/sign-up").status_code == 404


def test_run_of_another_programme_is_not_there(
    make: Factory, own: Client, peer: Enrolment, run: ModuleRun
) -> None:
    foreign = lay(make, make.cohort(), 2)
    assert own.post(f"/my/plan/{peer.id}/runs/{foreign.id}/sign-up").status_code == 404


def test_plan_costs_the_same_for_one_run_as_for_three(
    make: Factory, own: Client, peer: Enrolment, query_count: Count, run: ModuleRun
) -> None:
    make.sign_up(run, peer)
    one = query_count(lambda: own.get(f"/my/plan/{peer.id}"))
    make.sign_up(lay(make, run.cohort, 3, held_on=date(2025, 2, 11)), peer)
    lay(make, make.cohort(run.cohort.programme), 4)
    assert query_count(lambda: own.get(f"/my/plan/{peer.id}")) == one


@pytest.mark.usefixtures("with_csrf")
def test_signing_up_needs_the_token(own: Client, peer: Enrolment, run: ModuleRun) -> None:
    assert own.post(f"/my/plan/{peer.id}/runs/{run.id}/sign-up").status_code == 400
