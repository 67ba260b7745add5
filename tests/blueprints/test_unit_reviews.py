"""The student's review of the unit, on the pages of those who read it and of those who must not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from placements.models.placements import Placement
from placements.models.unit_reviews import Rating, UnitReview
from placements.models.users import User
from tests.conftest import Client
from tests.factories import Factory

AsUser = Callable[[User], Client]
SENT = {
    "welcome": "yes",
    "peer_tasks": "mostly",
    "guidance": "no",
    "recommend": "yes",
    "line": "Korte vagter",
}


@pytest.fixture
def placement(make: Factory, place: Callable[..., Placement]) -> Placement:
    placement = place(status="completed", ends_on=date(2025, 2, 2))
    make.grant(placement.enrolment.user, "student")
    return placement


def test_review_goes_to_the_coordinator_and_never_to_the_unit(
    make: Factory, session: Session, coordinator: Client, as_user: AsUser, placement: Placement
) -> None:
    student, host = as_user(placement.enrolment.user), as_user(make.host(placement.unit))
    here = f"/placements/{placement.id}/unit-review"
    assert "Fortæl, hvordan praktikstedet var" in student.get("/my").text
    assert student.post(here, data={"welcome": "yes"}).status_code == 422
    assert student.post(here, data=SENT).location == f"/placements/{placement.id}"
    session.rollback()
    assert session.scalars(select(UnitReview)).one().guidance is Rating.NO
    assert "Korte vagter" in coordinator.get(f"/hosts/{placement.unit_id}/quality").text
    assert "Korte vagter" in student.get(here).text
    told = host.get(f"/hosts/{placement.unit_id}/reviews").text
    assert "Der er for få svar" in told
    for page in (told, host.get(f"/hosts/{placement.unit_id}").text, host.get("/host").text):
        assert "Korte vagter" not in page
    assert host.get(here).status_code == 403
    assert host.get(f"/hosts/{placement.unit_id}/quality").status_code == 403


def test_unit_sees_averages_from_five_on(make: Factory, as_user: AsUser, placement: Placement) -> None:
    host = as_user(make.host(placement.unit))
    for number in range(5):
        placed = make.placement(cohort=placement.cohort, unit=placement.unit, status="completed")
        ratings = {name: Rating(value) for name, value in SENT.items() if name != "line"}
        day = placed.ends_on
        kept = UnitReview(placement_id=placed.id, unit_id=placed.unit_id, given_on=day, line="X", **ratings)
        make.keep(kept)
        told = host.get(f"/hosts/{placement.unit_id}/reviews").text
        assert ("3 af 4" in told) == (number == 4)
