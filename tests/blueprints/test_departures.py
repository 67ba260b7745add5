"""The page that ends a participation: read through, confirmed, and then a certificate can be given."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from placements.models.cohorts import Cohort
from placements.models.enrolments import EnrolmentStatus
from tests.blueprints.filled_forms import filled
from tests.conftest import Client
from tests.factories import Factory


def test_participation_is_ended_after_reading_what_it_means(
    make: Factory, session: Session, coordinator: Client, cohort: Cohort
) -> None:
    person = make.enrolment(cohort, make.user("Ida Bak"))
    page = f"/enrolments/{person.id}/leave"
    assert f'href="{page}"' in coordinator.get(f"/enrolments/{person.id}/completion").text
    answer = coordinator.post(page, data=filled(coordinator.get(page).text, page))
    assert (answer.status_code, answer.location) == (303, f"/enrolments/{person.id}/diploma")
    session.refresh(person)
    assert person.status is EnrolmentStatus.WITHDRAWN
    assert f'href="{page}"' not in coordinator.get(f"/enrolments/{person.id}/completion").text


def test_old_page_ends_nothing(make: Factory, session: Session, coordinator: Client, cohort: Cohort) -> None:
    person = make.enrolment(cohort)
    page = f"/enrolments/{person.id}/leave"
    assert coordinator.post(page, data={"version": person.version - 1}).status_code == 409
    session.refresh(person)
    assert person.status is EnrolmentStatus.ACTIVE


def test_open_practicum_is_named(make: Factory, coordinator: Client, cohort: Cohort) -> None:
    person = make.enrolment(cohort)
    make.placement(enrolment=person, status="active")
    answer = coordinator.post(f"/enrolments/{person.id}/leave", data={"version": person.version})
    assert answer.status_code == 422
    assert "Praktikken er annulleret eller afsluttet" in answer.text


@pytest.mark.usefixtures("with_csrf")
def test_nothing_ends_without_the_token(make: Factory, coordinator: Client, cohort: Cohort) -> None:
    assert coordinator.post(f"/enrolments/{make.enrolment(cohort).id}/leave").status_code == 400
