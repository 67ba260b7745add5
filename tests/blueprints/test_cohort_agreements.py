"""`/cohorts/<slug>/agreements` and `/jobs/<id>`: many agreements in one go, with progress."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select
from sqlalchemy.orm import Session

from placements import jobs as work
from placements.db import writing
from placements.domain import jobs
from placements.models.agreements import AgreementStatus
from placements.models.cohorts import Cohort
from placements.models.jobs import Job, JobItem, JobKind
from placements.models.users import User
from tests.conftest import Client
from tests.factories import MOMENT, Factory

AsUser = Callable[[User], Client]


@pytest.fixture
def cohort(make: Factory) -> Cohort:
    return make.cohort(make.programme("viborg"), slug="viborg-2024")


@pytest.fixture
def coordinator(make: Factory, cohort: Cohort) -> User:
    return make.coordinator(cohort.programme)


def text(answer: object) -> str:
    return " ".join(BeautifulSoup(answer.text, "html.parser").find("main").get_text(" ").split())  # type: ignore[attr-defined]


def test_page_says_what_to_do_when_no_host_has_said_yes(
    as_user: AsUser, make: Factory, cohort: Cohort, coordinator: User
) -> None:
    make.placement(cohort=cohort, status="proposed")
    assert "Der er ingen aftaler at lave endnu" in text(
        as_user(coordinator).get("/cohorts/viborg-2024/agreements")
    )


@pytest.mark.parametrize("rows", [1, 3])
def test_page_asks_as_many_queries_for_few_and_many(
    as_user: AsUser,
    make: Factory,
    cohort: Cohort,
    coordinator: User,
    query_count: Callable[..., int],
    rows: int,
) -> None:
    browser = as_user(coordinator)
    for _ in range(rows):
        make.agreement(make.placement(cohort=cohort, status="accepted"))
    browser.get("/cohorts/viborg-2024/agreements")
    assert query_count(lambda: browser.get("/cohorts/viborg-2024/agreements")) == 7


@pytest.mark.usefixtures("with_csrf")
def test_ask_without_the_token_is_refused(as_user: AsUser, cohort: Cohort, coordinator: User) -> None:
    assert as_user(coordinator).post("/cohorts/viborg-2024/agreements/draft").status_code == 400


def test_ask_makes_a_job_for_those_who_lack_an_agreement(
    as_user: AsUser, make: Factory, cohort: Cohort, coordinator: User, session: Session
) -> None:
    lacking = make.placement(cohort=cohort, status="accepted")
    make.agreement(make.placement(cohort=cohort, status="accepted"))
    make.placement(status="accepted")
    answer = as_user(coordinator).post("/cohorts/viborg-2024/agreements/draft")
    job = session.scalars(select(Job)).one()
    items = list(session.scalars(select(JobItem.placement_id).where(JobItem.job_id == job.id)))
    assert (answer.status_code, answer.location) == (303, f"/jobs/{job.id}")
    assert (job.kind, items) == (JobKind.DRAFT_AGREEMENTS, [lacking.id])


def test_ask_again_while_it_runs_is_refused(
    as_user: AsUser, make: Factory, cohort: Cohort, coordinator: User, session: Session
) -> None:
    make.placement(cohort=cohort, status="accepted")
    browser = as_user(coordinator)
    browser.post("/cohorts/viborg-2024/agreements/draft")
    answer = browser.post("/cohorts/viborg-2024/agreements/draft")
    assert answer.status_code == 422
    assert "Det er allerede i gang." in text(answer)
    assert len(list(session.scalars(select(Job)))) == 1


def test_job_page_tells_progress_refusals_and_the_end(
    as_user: AsUser, make: Factory, cohort: Cohort, coordinator: User
) -> None:
    placements = [make.placement(cohort=cohort, status="accepted") for _ in range(2)]
    job = make.job(cohort, coordinator, placements)
    browser = as_user(coordinator)
    assert "0 af 2" in text(browser.get(f"/jobs/{job.id}"))
    with writing():
        item = jobs.next_item(make.session, make.session.get_one(Job, job.id))
        assert item is not None
        jobs.tick_off(item, now=MOMENT, refusal="Praktikvejlederen mangler.")
        make.session.commit()
    fragment = browser.htmx("GET", f"/jobs/{job.id}")
    assert fragment.text.lstrip().startswith('<div id="job">')
    assert "1 af 2" in fragment.text
    while work.do_next(job.id):
        pass
    said = text(browser.get(f"/jobs/{job.id}"))
    assert "Det er færdigt" in said
    assert f"{placements[0].student_name} Praktikvejlederen mangler." in said


def test_cancel_stops_and_a_second_time_is_refused(
    as_user: AsUser, make: Factory, cohort: Cohort, coordinator: User
) -> None:
    job = make.job(cohort, coordinator, [make.placement(cohort=cohort, status="accepted")])
    browser = as_user(coordinator)
    assert browser.post(f"/jobs/{job.id}/cancel").status_code == 303
    assert browser.post(f"/jobs/{job.id}/cancel").status_code == 422
    assert "Det er stoppet" in text(browser.get(f"/jobs/{job.id}"))


def test_file_is_for_the_programmes_coordinators_alone(
    as_user: AsUser, make: Factory, cohort: Cohort, coordinator: User
) -> None:
    placement = make.placement(cohort=cohort, status="accepted")
    agreement = make.agreement(placement)
    job = make.job(cohort, coordinator, [placement], kind=JobKind.PRINT_AGREEMENTS)
    while work.do_next(job.id):
        pass
    answer = as_user(coordinator).get(f"/jobs/{job.id}/file")
    stranger = make.coordinator(make.programme("elsewhere"), email="elsewhere@example.org")
    assert (answer.status_code, answer.data[:2]) == (200, b"PK")
    assert answer.headers["Content-Disposition"] == "attachment; filename=praktikaftaler-viborg-2024.zip"
    assert agreement.number.encode() in answer.data
    assert as_user(stranger).get(f"/jobs/{job.id}/file").status_code == 404


def test_agreements_of_all_cohorts_are_tallied_and_asked_for_at_once(
    as_user: AsUser, make: Factory, cohort: Cohort, coordinator: User, session: Session
) -> None:
    """Ours alone, the newest cohort first; signed is what all have signed."""
    later = make.cohort(cohort.programme, slug="viborg-2025", starts_on=date(2025, 9, 1))
    ours = [make.placement(cohort=one, status="accepted") for one in (cohort, later, cohort)]
    make.agreement(ours[0]).current.status = AgreementStatus.SIGNED
    make.agreement(ours[1])
    make.agreement(make.placement(status="accepted"))
    session.commit()
    browser = as_user(coordinator)
    page = BeautifulSoup(browser.get("/agreements").text, "html.parser")
    rows = [[cell.get_text() for cell in row.select("td")] for row in page.select("tbody tr")]
    assert rows == [["1", "1", "0"], ["2", "1", "1"]]
    answer = browser.post("/agreements/files")
    job = session.scalars(select(Job)).one()
    items = list(session.scalars(select(JobItem.placement_id).order_by(JobItem.id)))
    assert (answer.location, job.cohort_id, items) == (f"/jobs/{job.id}", None, [ours[1].id, ours[0].id])


@pytest.mark.parametrize("cohorts", [1, 3])
def test_overview_asks_as_many_queries_for_few_and_many(
    as_user: AsUser,
    make: Factory,
    cohort: Cohort,
    coordinator: User,
    query_count: Callable[..., int],
    cohorts: int,
) -> None:
    browser = as_user(coordinator)
    for number in range(cohorts):
        one = make.cohort(cohort.programme, slug=f"hold-{number}")
        make.agreement(make.placement(cohort=one, status="accepted"))
        make.job(None, coordinator, [])
    browser.get("/agreements")
    assert query_count(lambda: browser.get("/agreements")) == 4
