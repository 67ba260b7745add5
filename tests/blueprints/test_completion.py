"""The pages of completion: a cohort against the line, one person's rules, exceptions."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from placements.models.cohorts import Cohort
from placements.models.completion import CompletionException
from placements.models.programmes import Programme
from placements.models.users import User
from tests.conftest import Client
from tests.domain.completion_scene import attended, planned
from tests.factories import Factory

As = Callable[[User], Client]


@pytest.fixture
def programme(make: Factory) -> Programme:
    return make.programme(practicum_weeks=None, deadline_months=6)


def test_cohort_stands_against_the_line(make: Factory, cohort: Cohort, teacher: Client) -> None:
    run, person = planned(make, cohort), make.enrolment(cohort, make.user("Mona Dahl"))
    attended(make, run, person, "pp---")
    page = teacher.get(f"/cohorts/{cohort.slug}/completion").text
    assert "Kan højst være væk i 3 timer mere." in page
    assert '<rect class="attendance-there" width="360" y="3" height="12"/>' in page
    assert '<path class="attendance-line" d="M720.0 0V18"/>' in page
    assert f"/enrolments/{person.id}/completion" not in page  # a teacher sees no more than this


def test_participant_reads_what_is_open_and_how_much_may_be_missed(
    make: Factory, cohort: Cohort, as_user: As
) -> None:
    """Rows 24, 26 and 27."""
    run = planned(make, cohort)
    person, fellow = make.enrolment(cohort), make.enrolment(cohort, make.user("Lone Lund"))
    attended(make, run, person, "pp---")
    browser = as_user(person.user)
    assert f"/enrolments/{person.id}/completion" in browser.get("/my").text
    assert "Dit fremmøde på" not in browser.get("/my").text  # it is a task when it is close to the line
    page = browser.get(f"/enrolments/{person.id}/completion").text
    for sentence in (
        "Du kan højst være væk i 3 timer mere.",
        "Ikke gennemført endnu.",
        "Sidste dag er 9. marts 2025.",
    ):
        assert sentence in page
    assert "Giv en undtagelse" not in page
    assert browser.get(f"/enrolments/{fellow.id}/completion").status_code == 404


def test_close_to_the_line_is_a_task_on_ones_own_page(make: Factory, cohort: Cohort, as_user: As) -> None:
    """Row 25."""
    run, person = planned(make, cohort), make.enrolment(cohort)
    attended(make, run, person, "pa---")
    page = as_user(person.user).get("/my").text
    assert "Du skal være med hele tiden i de sidste 9 timer." in page
    assert "Dit fremmøde på Hold 2024" in page


def test_coordinator_gives_an_exception_and_takes_it_back(
    make: Factory, cohort: Cohort, coordinator: Client, session: Session
) -> None:
    run, person = planned(make, cohort), make.enrolment(cohort)
    attended(make, run, person, "aaaaa")
    here = f"/enrolments/{person.id}/completion"
    assert "Kan ikke længere nå 80 % med det, der er planlagt." in coordinator.get(here).text
    refused = coordinator.post(f"/enrolments/{person.id}/exceptions", data={"what": "attendance:all"})
    assert (refused.status_code, "Skriv kort, hvorfor" in refused.text) == (422, True)
    data = {"what": f"attendance:{run.module_id}", "reason": "Læst hjemme og prøvet af."}
    assert coordinator.post(f"/enrolments/{person.id}/exceptions", data=data).status_code == 303
    page = coordinator.get(here).text
    assert "Givet af Karen Koordinator 3. februar 2025" in page
    assert "Læst hjemme og prøvet af." in page
    exception = session.scalars(select(CompletionException)).one()
    assert coordinator.post(f"/completion-exceptions/{exception.id}/withdraw").status_code == 303
    assert "Læst hjemme" not in coordinator.get(here).text


def test_participation_is_closed_when_its_deadline_has_passed(
    make: Factory, cohort: Cohort, coordinator: Client, session: Session
) -> None:
    """H-18: six months after 9 July 2024 is 9 January 2025; today is 3 February."""
    run = planned(make, cohort)
    person = make.enrolment(cohort, starts_on=cohort.starts_on.replace(month=7))
    attended(make, run, person, "paaaa")
    here = f"/enrolments/{person.id}/completion"
    assert "Fristen var 9. januar 2025." in coordinator.get(here).text
    assert coordinator.post(f"/enrolments/{person.id}/pass-deadline").status_code == 303
    session.refresh(person)
    assert person.status.value == "deadline_passed"
    assert "Afslut deltagelsen" not in coordinator.get(here).text


def test_cohort_page_costs_the_same_for_one_and_for_three(
    make: Factory, cohort: Cohort, coordinator: Client, query_count: Callable[[Callable[[], object]], int]
) -> None:
    run = planned(make, cohort)
    counts = []
    for marks in ("p", "pap"):
        for _number in range(len(marks)):
            attended(make, run, make.enrolment(cohort), marks)
        counts.append(query_count(lambda: coordinator.get(f"/cohorts/{cohort.slug}/completion")))
    assert counts[0] == counts[1]


@pytest.mark.usefixtures("with_csrf")
def test_without_a_token_nothing_is_given(make: Factory, cohort: Cohort, coordinator: Client) -> None:
    person = make.enrolment(cohort)
    data = {"what": "deadline:all", "reason": "Aftalt."}
    assert coordinator.post(f"/enrolments/{person.id}/exceptions", data=data).status_code == 400
