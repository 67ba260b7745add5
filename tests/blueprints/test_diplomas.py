"""Issuing, printing and verifying a diploma."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select
from sqlalchemy.orm import Session

from placements.domain.diplomas import grouped
from placements.models.diplomas import Diploma
from placements.models.documents import Document
from placements.models.enrolments import Enrolment
from placements.models.users import User
from tests.conftest import Client
from tests.factories import Factory

As = Callable[[User], Client]


@pytest.fixture
def enrolment(make: Factory) -> Enrolment:
    cohort = make.cohort(make.programme())
    found = make.enrolment(
        cohort, make.grant(make.user("Amalie Kjær"), "student"), theory_met_on=date(2024, 12, 13)
    )
    make.placement(enrolment=found, status="completed")
    return found


def issue(make: Factory, as_user: As, enrolment: Enrolment) -> Client:
    browser = as_user(make.coordinator(enrolment.cohort.programme))
    assert browser.post(f"/enrolments/{enrolment.id}/diploma").status_code == 303
    return browser


def test_issue_freezes_the_document_and_the_student_can_print_it(
    make: Factory, as_user: As, enrolment: Enrolment, session: Session
) -> None:
    issue(make, as_user, enrolment)
    diploma = session.scalars(select(Diploma)).one()
    document = session.scalars(select(Document)).one()
    student = as_user(enrolment.user)
    assert "Tillykke" in student.get("/my").text
    answer = student.get(f"/diplomas/{diploma.id}.pdf")
    assert (answer.mimetype, answer.data) == ("application/pdf", document.content)
    assert document.printed["person"] == "Amalie Kjær"
    assert document.printed["code"] == grouped(diploma.code)


def test_issue_that_lacks_something_is_refused_and_takes_no_number(
    make: Factory, as_user: As, session: Session
) -> None:
    enrolment = make.enrolment(make.cohort(make.programme()))
    browser = as_user(make.coordinator(enrolment.cohort.programme))
    answer = browser.post(f"/enrolments/{enrolment.id}/diploma")
    assert answer.status_code == 422
    assert "Beviset kan ikke udstedes endnu." in answer.text
    assert session.scalars(select(Diploma)).all() == []


def test_others_neither_issue_nor_print(
    make: Factory, as_user: As, enrolment: Enrolment, session: Session
) -> None:
    issue(make, as_user, enrolment)
    diploma = session.scalars(select(Diploma)).one()
    stranger = as_user(make.coordinator(make.programme("another")))
    assert stranger.get(f"/diplomas/{diploma.id}.pdf").status_code == 404
    assert stranger.post(f"/enrolments/{enrolment.id}/diploma").status_code == 404
    fellow = as_user(make.enrolment(enrolment.cohort).user)
    assert fellow.get(f"/diplomas/{diploma.id}.pdf").status_code == 404
    assert fellow.get("/diplomas").status_code == 403


def test_the_lists_ask_as_many_queries_for_few_as_for_many(
    make: Factory, as_user: As, query_count: Callable[..., int]
) -> None:
    cohort = make.cohort(make.programme())
    taught = make.teaching_session(make.run(cohort, make.module(cohort.programme)))
    browser = as_user(make.coordinator(cohort.programme))
    counted = []
    for more in (1, 2):
        for _row in range(more):
            make.attendance(taught, make.placement(cohort=cohort, status="completed").enrolment)
        paths = "/diplomas", f"/diplomas/cohort/{cohort.slug}"
        counted.append([query_count(lambda path=path: browser.get(path)) for path in paths])
    assert counted[0] == counted[1]


def test_the_list_says_who_is_ready_and_what_the_others_lack(
    make: Factory, as_user: As, enrolment: Enrolment
) -> None:
    make.enrolment(enrolment.cohort, make.user("Bo Bak"))
    page = as_user(make.coordinator(enrolment.cohort.programme)).get(
        f"/diplomas/cohort/{enrolment.cohort.slug}"
    )
    soup = BeautifulSoup(page.text, "html.parser")
    ticked = [box["value"] for box in soup.select("input[name=enrolment][checked]")]
    lacking = soup.find("section", attrs={"aria-labelledby": "lacking"}).get_text(" ", strip=True)
    assert ticked == [str(enrolment.id)]
    assert "Bo Bak" in lacking
    assert "Gennemført praktik" in lacking
    assert "Amalie" not in lacking


def test_anyone_with_the_code_can_verify(
    make: Factory, as_user: As, client: Client, enrolment: Enrolment, session: Session
) -> None:
    issue(make, as_user, enrolment)
    code = grouped(session.scalars(select(Diploma.code)).one())
    answer = client.post("/verify", data={"code": code.lower()})
    page = client.get(answer.headers["Location"]).text
    assert "Beviset er ægte" in page
    assert "Amalie Kjær" in page
    assert "3. februar 2025" in page


def test_a_wrong_code_tells_nothing(
    make: Factory, as_user: As, client: Client, enrolment: Enrolment, session: Session
) -> None:
    issue(make, as_user, enrolment)
    code = session.scalars(select(Diploma.code)).one()
    wrong = client.get(f"/verify/{code[:-1]}{'2' if code[-1] != '2' else '3'}")
    assert wrong.status_code == 404
    assert "Vi kender ikke koden" in wrong.text
    assert "Amalie" not in wrong.text
    assert client.post("/verify", data={"code": ""}).status_code == 422
    assert client.post("/verify", data={"code": "???"}).status_code == 303


@pytest.mark.usefixtures("with_csrf")
def test_issue_without_a_token_is_refused(make: Factory, as_user: As, enrolment: Enrolment) -> None:
    browser = as_user(make.coordinator(enrolment.cohort.programme))
    assert browser.post(f"/enrolments/{enrolment.id}/diploma").status_code == 400
