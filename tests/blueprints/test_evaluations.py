"""The pages of evaluations: the questions, an evaluation's way, answering, the figures (H-21, V-14)."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from placements.models.cohorts import Cohort
from placements.models.evaluations import EvaluationInvitation, EvaluationQuestion, EvaluationTally, Moment
from placements.models.programmes import Programme
from tests.conftest import Client
from tests.factories import Factory
from tests.mailbox import Mailbox
from tests.snapshots import read_tables

Count = Callable[[Callable[[], object]], int]


@pytest.fixture
def link(make: Factory, coordinator: Client, cohort: Cohort, mailbox: Mailbox) -> str:
    """The afterwards-evaluation has been sent to one person."""
    make.question(cohort.programme)
    make.enrolment(cohort, make.user("Anne Ager"))
    coordinator.post(f"/cohorts/{cohort.slug}/evaluation/after/send")
    return mailbox.link()


def items(page: str) -> list[str]:
    return list(dict.fromkeys(re.findall(r'name="(item-\d+)"', page)))


# Answering


def test_answer_by_link_without_sign_in(
    client: Client, session: Session, coordinator: Client, cohort: Cohort, link: str
) -> None:
    """Looking changes nothing; the second answer is refused; only how many is told."""
    before = read_tables()
    page = client.get(link)
    assert (page.status_code, "Anne" in page.text, read_tables() == before) == (200, False, True)
    supporting, contributed, scale = items(page.text)
    assert client.post(link, data={}).status_code == 422
    answer = client.post(link, data={supporting: "1", contributed: "1", scale: "9"})
    assert answer.location == "/evaluation/thanks"
    assert "Tak for dine svar" in client.get("/evaluation/thanks").text
    session.rollback()
    assert session.scalars(select(EvaluationInvitation)).one().answered
    assert [
        tally.number for tally in session.scalars(select(EvaluationTally).order_by(EvaluationTally.id))
    ] == [
        *(1, 0),
        *(1, 0),
        *(0, 0, 0, 0, 0),
    ]
    assert "Du har allerede svaret" in client.get(link).text
    assert client.post(link, data={supporting: "0"}).status_code == 422
    told = coordinator.get(f"/cohorts/{cohort.slug}/evaluation").text
    assert "1 af 1 har svaret." in told
    assert "Anne" not in told


@pytest.mark.usefixtures("with_csrf")
def test_answer_needs_the_token_of_the_page(make: Factory, client: Client, session: Session) -> None:
    assert client.post("/evaluation/no-such", data={"item-1": "1"}).status_code == 400
    assert session.scalars(select(EvaluationTally)).all() == []


def test_link_of_a_closed_evaluation_says_so(
    coordinator: Client, client: Client, cohort: Cohort, link: str
) -> None:
    address = f"/cohorts/{cohort.slug}/evaluation/after"
    assert coordinator.post(f"{address}/remind").status_code == 422
    assert coordinator.post(f"{address}/close").location == f"/cohorts/{cohort.slug}/evaluation"
    assert "Der er lukket for svar." in client.get(link).text
    assert coordinator.post(f"{address}/send").status_code == 422
    assert coordinator.post(f"/cohorts/{cohort.slug}/evaluation/sometime/send").status_code == 404
    assert coordinator.post(f"/cohorts/{cohort.slug}/evaluation/before/close").status_code == 404


# The questions


def test_questions_of_a_programme_are_edited(
    make: Factory, session: Session, coordinator: Client, programme: Programme
) -> None:
    here = f"/programmes/{programme.slug}/evaluation"
    sent = {"moment": "before", "kind": "choice", "text": "Hvor hørte du om os?", "options": "Her\r\n\r\nDer"}
    assert coordinator.post(here, data=sent | {"options": "Her"}).status_code == 422
    assert coordinator.post(here, data=sent).location == here
    question = session.scalars(select(EvaluationQuestion)).one()
    assert (question.moment, question.options) == (Moment.BEFORE, ["Her", "Der"])
    edit = f"/evaluation-questions/{question.id}/edit"
    changed = {"kind": "scale", "text": "Hvor godt?", "options": ""}
    assert coordinator.post(edit, data=changed | {"version": "9"}).status_code == 409
    assert coordinator.post(edit, data=changed | {"version": str(question.version)}).location == here
    assert "Hvor godt?" in coordinator.get(here).text
    assert coordinator.post(f"/evaluation-questions/{question.id}/delete").location == here
    session.rollback()
    assert session.scalars(select(EvaluationQuestion)).all() == []


# The figures


def test_figures_of_a_cohort_and_over_the_years(make: Factory, coordinator: Client, cohort: Cohort) -> None:
    """V-14: before and after; what is too small is one sentence; what is small beside much is a bound."""
    make.evaluation(cohort, Moment.BEFORE, supporting=(7, 6))
    make.evaluation(cohort, Moment.AFTER, supporting=(19, 1))
    few = make.cohort(cohort.programme, name="Hold Lille", slug="lille")
    make.evaluation(few, Moment.AFTER, supporting=(4, 2))
    page = coordinator.get(f"/cohorts/{cohort.slug}/evaluation").text
    assert "7 af 13 (54 %)" in page
    assert "Mindst 16 af 20" in page
    small = coordinator.get("/cohorts/lille/evaluation").text
    assert re.findall(r"\d+ af \d+", small) == ["6 af 6"]  # how many have answered
    years = coordinator.get(f"/programmes/{cohort.programme.slug}/figures").text
    assert re.findall(r"(?:Mindst )?\d+ af \d+", years) == ["7 af 13", "Mindst 16 af 20"]


def test_figures_cost_the_same_for_one_cohort_as_for_three(
    make: Factory, coordinator: Client, query_count: Count, cohort: Cohort
) -> None:
    pages = [f"/programmes/{cohort.programme.slug}/figures", f"/cohorts/{cohort.slug}/evaluation"]
    make.evaluation(cohort, supporting=(9, 8))
    few = [query_count(lambda page=page: coordinator.get(page)) for page in pages]
    for number in (2, 3):
        make.evaluation(make.cohort(cohort.programme, name=f"Hold {number}"), supporting=(6, 6))
        make.enrolment(cohort)
    assert [query_count(lambda page=page: coordinator.get(page)) for page in pages] == few


def test_token_is_in_no_log(app: Flask, client: Client, link: str, caplog: pytest.LogCaptureFixture) -> None:
    client.get(link)
    assert link.rpartition("/")[2] not in caplog.text + str([record.__dict__ for record in caplog.records])
