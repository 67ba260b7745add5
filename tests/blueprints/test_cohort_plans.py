"""A cohort made and changed on screen, and next year's from last year's in one step (V-13)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from placements.domain.programme_exports import plan_of
from placements.models.cohorts import Cohort
from placements.models.programmes import Programme
from placements.models.users import User
from tests.blueprints.filled_forms import filled
from tests.conftest import Client
from tests.domain.test_programme_edits import export_changes, loaded
from tests.factories import Factory

As = Callable[[User], Client]


@pytest.fixture
def viborg(session: Session) -> Programme:
    return loaded(session, "viborg")


@pytest.fixture
def coordinator(make: Factory, as_user: As, viborg: Programme) -> Client:
    return as_user(make.coordinator(viborg))


def cohort_of(session: Session, slug: str) -> Cohort:
    return session.scalars(select(Cohort).where(Cohort.slug == slug)).one()


def send(browser: Client, page: str, action: str, **changed: Any) -> Any:
    form = filled(browser.get(page).text, action)
    for name, value in changed.items():
        form.setlist(name, value if isinstance(value, list) else [value])
    return browser.post(action, data=form)


EDIT = "/cohorts/viborg-2025/edit"


def test_saving_what_is_shown_changes_nothing(coordinator: Client, session: Session) -> None:
    cohort = cohort_of(session, "viborg-2025")
    before, version = plan_of(cohort), cohort.version
    assert send(coordinator, EDIT, EDIT).status_code == 303
    assert (plan_of(cohort), cohort.version) == (before, version)


def test_dates_are_changed_to_the_minute(coordinator: Client, viborg: Programme, session: Session) -> None:
    """V-03, V-04: the meeting with a place and no registration; the start follows the cohort's first day."""
    answer = send(
        coordinator,
        EDIT,
        EDIT,
        name="Viborg i efteråret",
        starts_on="2025-09-15",
        theory_weekdays=["tuesday", "thursday"],
        theory_time="12:30",
        theory_skip_weeks="42, 43",
        application_deadline_starts="2025-08-18T08:05",
        information_meeting_ends="2025-06-12T15:30",
        information_meeting_place="Biblioteket",
        questions_hour_starts="",
    )
    assert answer.status_code == 303
    page = coordinator.get("/cohorts/viborg-2025").text
    assert "torsdag 12. juni 2025 (uge 24) kl. 13.00-15.30, Biblioteket" in page
    assert "mandag 18. august 2025 (uge 34) kl. 8.05" in page
    assert "Spørgetime" not in page.partition('id="history"')[0]
    cohort = cohort_of(session, "viborg-2025")
    assert (cohort.name, cohort.theory_weekdays, cohort.theory_skip_weeks) == (
        "Viborg i efteråret",
        [1, 3],
        [42, 43],
    )
    assert [day.starts_at.date() for day in cohort.key_dates if day.kind == "start"] == [date(2025, 9, 15)]
    assert export_changes(session, viborg) == []


REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"information_meeting_ends": "2025-06-12T12:00"}, "Sluttidspunktet skal ligge efter begyndelsen."),
    (
        {"application_deadline_starts": "2025-06-01T08:00"},
        "Ansøgningsfristen skal ligge efter ansøgningsstarten.",
    ),
    ({"theory_weekdays": ["monday"]}, "Der skal være 2 ugedage, en til hver undervisningsgang."),
    ({"theory_time": ""}, "Vælg både ugedage og klokkeslæt, eller ingen af dem."),
    ({"theory_skip_weeks": "toogfyrre"}, "Skriv ugenumre med komma imellem, fx 42, 7."),
    ({"theory_skip_weeks": "54"}, "skal være et helt tal fra 1 til 53"),
    ({"starts_on": "2025-12-01"}, "Praktikken begynder, før teorien er slut."),
    ({"questions_hour_starts": "2025-03-30T02:30"}, "den time, som sommertiden springer over"),
]


def test_plan_is_refused_by_the_rules_of_the_file(coordinator: Client, session: Session) -> None:
    before = plan_of(cohort_of(session, "viborg-2025"))
    for changed, sentence in REFUSED:
        answer = send(coordinator, EDIT, EDIT, **changed)
        assert (answer.status_code, sentence in answer.text) == (422, True), sentence
    assert plan_of(cohort_of(session, "viborg-2025")) == before


def test_plan_that_somebody_else_changed_is_not_overwritten(coordinator: Client, session: Session) -> None:
    mine = filled(coordinator.get(EDIT).text, EDIT)
    send(coordinator, EDIT, EDIT, application_deadline_starts="2025-08-19T08:00")
    answer = coordinator.post(EDIT, data=mine)
    assert answer.status_code == 409
    assert "nåede at gemme før dig" in answer.text


def test_first_cohort_is_made_on_screen(make: Factory, as_user: As, session: Session) -> None:
    """D-03: a programme without practicum; its form asks for none."""
    programme = loaded(session, "tredje")
    browser = as_user(make.coordinator(programme))
    page = browser.get("/cohorts/new").text
    assert "Praktikken begynder" not in page
    answer = send(
        browser,
        "/cohorts/new",
        "/cohorts/new",
        name="Øst 2026",
        starts_on="2026-01-13",
        theory_weekdays=["tuesday"],
        theory_time="12:30",
    )
    assert answer.location == "/cohorts/tredje-2026"
    assert cohort_of(session, "tredje-2026").theory_weekdays == [1]


def test_next_year_is_copied_in_one_step(coordinator: Client, viborg: Programme, session: Session) -> None:
    path = "/cohorts/viborg-2025/copy"
    page = coordinator.get(path).text
    assert "mandag 7. september 2026 (uge 37)" in page
    assert "Helligdag" not in page
    answer = send(coordinator, path, path)
    assert answer.location == "/cohorts/viborg-2026"
    new = cohort_of(session, "viborg-2026")
    assert (new.name, new.seats, new.starts_on) == ("Viborg 2026", 8, date(2026, 9, 7))
    assert (new.practicum_starts_on, new.practicum_ends_on) == (date(2027, 1, 4), date(2027, 4, 4))
    taken = coordinator.post(path, data={"starts_on": "2026-09-07", "name": "x", "slug": "viborg-2026"})
    assert taken.status_code == 422
    assert "Et andet hold hedder allerede viborg-2026 i adressen." in taken.text
    assert export_changes(session, viborg) == []


def test_copy_to_another_weekday_says_so(coordinator: Client) -> None:
    page = coordinator.get("/cohorts/viborg-2024/copy?starts_on=2025-09-09").text
    assert "Det gamle hold begyndte på en mandag, det nye begynder på en tirsdag." in page
    assert "torsdag 12. juni 2025" in page
    assert 'value="viborg-2025-2"' in page


@pytest.mark.usefixtures("with_csrf")
def test_copy_without_a_token_is_refused(coordinator: Client) -> None:
    assert coordinator.post("/cohorts/viborg-2024/copy", data={"slug": "x"}).status_code == 400


def test_a_coordinator_who_only_teaches_here_changes_nothing(
    make: Factory, as_user: As, viborg: Programme
) -> None:
    teacher = make.coordinator(make.programme("another"))
    make.grant(teacher, "teacher", programme=viborg)
    browser = as_user(teacher)
    assert browser.get("/cohorts/viborg-2024").status_code == 200
    assert [browser.get(f"/cohorts/viborg-2024/{page}").status_code for page in ("edit", "copy")] == [
        404,
        404,
    ]
