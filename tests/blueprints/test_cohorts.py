"""Cohorts' and programmes' pages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from placements.models.cohorts import Cohort
from placements.models.enrolments import Enrolment
from placements.models.mails import OutgoingMail
from placements.models.programmes import Audience, Module, ModuleRule, ModuleRuleKind
from placements.models.users import Role, User
from tests.conftest import Client
from tests.factories import Factory

As = Callable[[User], Client]
PERSON = {"name": "Bo Bak", "email": "bo@example.org", "audience": "student", "municipality": "Viborg"}


@pytest.fixture
def cohort(make: Factory) -> Cohort:
    rules = [ModuleRule(audience=Audience.STUDENT, rule=ModuleRuleKind.COMPULSORY)]
    programme = make.programme()
    programme.modules.append(Module(number=2, title="Roller", minutes=540, text="Om roller.", rules=rules))
    return make.cohort(make.keep(programme), slug="hold-2024")


def test_show_draws_the_weeks_and_the_people(make: Factory, as_user: As, cohort: Cohort) -> None:
    make.placement(cohort=cohort, enrolment=make.enrolment(cohort, make.user("Amalie Kjær")), status="active")
    page = as_user(make.coordinator(cohort.programme)).get("/cohorts/hold-2024").text
    assert "Praktikken uge for uge" in page
    assert "i praktik fra 6. januar 2025 til 6. april 2025" in page
    assert "Amalie Kjær" in page
    assert "Bekræft fremmødet" in page


def test_show_tells_an_administrator_nothing_of_the_people(
    make: Factory, as_user: As, cohort: Cohort
) -> None:
    make.placement(cohort=cohort, enrolment=make.enrolment(cohort, make.user("Amalie Kjær")), status="active")
    page = as_user(make.admin()).get("/cohorts/hold-2024").text
    assert "Hold 2024" in page
    assert "Amalie Kjær" not in page


def test_show_lets_a_teacher_see_but_not_change(make: Factory, as_user: As, cohort: Cohort) -> None:
    placement = make.placement(cohort=cohort, enrolment=make.enrolment(cohort, make.user("Amalie Kjær")))
    page = as_user(make.teacher(cohort.programme)).get("/cohorts/hold-2024").text
    assert "Amalie Kjær" in page
    assert f"/placements/{placement.id}" not in page
    assert "Bekræft fremmødet" not in page


def test_show_of_another_programme_is_not_there(make: Factory, as_user: As, cohort: Cohort) -> None:
    browser = as_user(make.coordinator(make.programme("another")))
    foreign, missing = browser.get("/cohorts/hold-2024"), browser.get("/cohorts/hold-1999")
    assert (foreign.status_code, missing.status_code) == (404, 404)


@pytest.mark.parametrize("rows", [1, 3])
def test_show_has_a_fixed_number_of_queries(
    make: Factory, as_user: As, cohort: Cohort, query_count: Callable[..., int], rows: int
) -> None:
    for _row in range(rows):
        make.placement(cohort=cohort, status="active")
    browser = as_user(make.coordinator(cohort.programme))
    assert query_count(lambda: browser.get("/cohorts/hold-2024")) == 10


def test_enrol_makes_a_person_who_can_sign_in(
    make: Factory, as_user: As, cohort: Cohort, session: Session
) -> None:
    browser = as_user(make.coordinator(cohort.programme))
    assert browser.post("/cohorts/hold-2024/people/new", data=PERSON).status_code == 303
    enrolment = session.scalars(select(Enrolment)).one()
    assert (enrolment.user.name, enrolment.user.email) == ("Bo Bak", "bo@example.org")
    assert {grant.role for grant in enrolment.user.grants} == {Role.STUDENT}
    assert session.scalars(select(OutgoingMail.message)).all() == ["invitation"]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"name": " "}, "Skriv deltagerens navn."),
        ({"name": "x" * 121}, "højst fylde 120 tegn"),
        ({"email": "bo"}, "E-mailen ser ikke rigtig ud"),
        ({"audience": "colleague"}, "Vælg en af mulighederne på listen."),
    ],
)
def test_enrol_refuses_bad_input_and_keeps_it(
    make: Factory, as_user: As, cohort: Cohort, session: Session, change: dict[str, str], sentence: str
) -> None:
    answer = as_user(make.coordinator(cohort.programme)).post(
        "/cohorts/hold-2024/people/new", data=PERSON | {"municipality": "Randers"} | change
    )
    assert answer.status_code == 422
    assert sentence in answer.text
    assert 'value="Randers"' in answer.text
    assert session.scalars(select(Enrolment)).all() == []


def test_enrol_more_than_the_seats_is_refused(
    make: Factory, as_user: As, cohort: Cohort, session: Session
) -> None:
    cohort.seats = 1
    make.keep(cohort)
    make.enrolment(cohort)
    answer = as_user(make.coordinator(cohort.programme)).post("/cohorts/hold-2024/people/new", data=PERSON)
    assert answer.status_code == 422
    assert "Holdet har 1 pladser, og de er alle optaget." in answer.text
    assert session.scalar(select(User).where(User.email == "bo@example.org")) is None


def test_practicum_moves(make: Factory, as_user: As, cohort: Cohort, session: Session) -> None:
    browser = as_user(make.coordinator(cohort.programme))
    dates = {"practicum_starts_on": "2025-01-13", "practicum_ends_on": "2025-04-13"}
    assert (
        browser.post("/cohorts/hold-2024/practicum", data=dates | {"version": cohort.version}).status_code
        == 303
    )
    assert session.get_one(Cohort, cohort.id).practicum_starts_on == date(2025, 1, 13)
    stale = browser.post(
        "/cohorts/hold-2024/practicum", data=dates | {"version": 1, "practicum_ends_on": "2025-04-20"}
    )
    assert stale.status_code == 409
    assert "nåede at gemme før dig" in stale.text
    assert session.get_one(Cohort, cohort.id).practicum_ends_on == date(2025, 4, 13)


def test_confirm_theory_is_kept_with_its_day(
    make: Factory, as_user: As, cohort: Cohort, session: Session
) -> None:
    enrolment = make.enrolment(cohort)
    browser = as_user(make.coordinator(cohort.programme))
    assert browser.post(f"/enrolments/{enrolment.id}/confirm-theory").status_code == 303
    assert session.get_one(Enrolment, enrolment.id).theory_met_on == date(2025, 2, 3)


@pytest.mark.usefixtures("with_csrf")
def test_enrol_without_a_token_is_refused(make: Factory, as_user: As, cohort: Cohort) -> None:
    browser = as_user(make.coordinator(cohort.programme))
    assert browser.post("/cohorts/hold-2024/people/new", data=PERSON).status_code == 400


def test_programme_page_shows_modules_rules_and_outcomes(make: Factory, as_user: As, cohort: Cohort) -> None:
    page = as_user(make.teacher(cohort.programme)).get("/programmes/viborg").text
    assert "2. Roller" in page
    assert "Obligatorisk" in page
    assert "80 % af tiden på hvert modul" in page
    assert as_user(make.teacher(make.programme("another"))).get("/programmes/viborg").status_code == 404


@pytest.mark.parametrize("path", ["people/new", "practicum"])
def test_a_coordinator_who_only_teaches_here_changes_nothing(
    make: Factory, as_user: As, cohort: Cohort, path: str, session: Session
) -> None:
    teacher = make.coordinator(make.programme("another"))
    make.grant(teacher, "teacher", programme=cohort.programme)
    browser, before = as_user(teacher), cohort.practicum_ends_on
    assert browser.get("/cohorts/hold-2024").status_code == 200
    assert browser.get(f"/cohorts/hold-2024/{path}").status_code == 404
    dates = {"practicum_starts_on": "2025-01-06", "practicum_ends_on": "2025-03-30", "version": 1}
    assert browser.post(f"/cohorts/hold-2024/{path}", data=PERSON | dates).status_code == 404
    assert session.scalars(select(Enrolment)).all() == []
    assert session.get_one(Cohort, cohort.id).practicum_ends_on == before


def test_show_leads_to_the_dates_of_a_practicum_that_is_not_laid(
    make: Factory, as_user: As, session: Session
) -> None:
    cohort = make.cohort(slug="hold-2026", practicum_starts_on=None, practicum_ends_on=None)
    browser = as_user(make.coordinator(cohort.programme))
    assert "/cohorts/hold-2026/practicum" in browser.get("/cohorts/hold-2026").text
    dates = {"practicum_starts_on": "2025-01-06", "practicum_ends_on": "2025-04-06", "version": 1}
    assert browser.post("/cohorts/hold-2026/practicum", data=dates).status_code == 303
    page = browser.get("/cohorts/hold-2026").text
    assert "Holdet blev ændret" in page
    assert "6. april 2025" in page


def test_the_history_of_a_participant_stands_beside_the_diploma(
    make: Factory, as_user: As, cohort: Cohort
) -> None:
    enrolment = make.enrolment(cohort)
    browser = as_user(make.coordinator(cohort.programme))
    browser.post(f"/enrolments/{enrolment.id}/confirm-theory")
    page = browser.get(f"/enrolments/{enrolment.id}/diploma").text
    assert "Deltageren kom på holdet" in page
    assert "Teorien bekræftet" in page
