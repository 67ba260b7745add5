"""Students' reviews of a unit: to coordinators as they are, to the unit five at a time."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from placements.domain import unit_reviews
from placements.models.hosts import Unit
from placements.models.placements import Placement
from placements.models.unit_reviews import Rating
from tests.domain.saving import refusal, save
from tests.factories import Factory, actor_for

YES = dict.fromkeys(unit_reviews.QUESTIONS, Rating.YES)
NO = dict.fromkeys(unit_reviews.QUESTIONS, Rating.NO)
LAST = date(2025, 4, 6)


@pytest.fixture
def unit(make: Factory) -> Unit:
    return make.unit("Team Nord")


def give(session: Session, placement: Placement, ratings: dict[str, Rating]) -> None:
    save(session, lambda: unit_reviews.give(session, placement, ratings=ratings, line=None, today=LAST))


def test_unit_is_told_nothing_below_five_and_nothing_between(
    make: Factory, session: Session, unit: Unit
) -> None:
    """An average that moves with the sixth answer would tell what the sixth has answered."""
    cohort = make.cohort()
    told = []
    for number in range(10):
        placed = make.placement(cohort=cohort, unit=unit, status="completed")
        give(session, placed, YES if number < 5 else NO)
        summary = unit_reviews.summary(session, unit.id)
        told.append((summary.number, [average.points for average in summary.averages][:1]))
    assert told == [(0, [])] * 4 + [(5, [4.0])] * 5 + [(10, [2.5])]


def test_review_is_given_once_and_not_too_early(make: Factory, session: Session, unit: Unit) -> None:
    placed = make.placement(unit=unit, status="active")
    early = LAST - timedelta(days=15)

    def act(day: date = LAST) -> object:
        return unit_reviews.give(session, placed, ratings=YES, line=None, today=day)

    assert refusal(session, lambda: act(early)).sentence == (
        "Du kan evaluere stedet fra to uger før din sidste dag."
    )
    student = actor_for(placed.enrolment.user)
    assert [task.href for task in unit_reviews.waiting(session, student, LAST)] == [
        f"/placements/{placed.id}/unit-review"
    ]
    save(session, act)
    assert refusal(session, act).sentence == "Du har allerede evalueret stedet. Tak for det."
    assert unit_reviews.waiting(session, student, LAST) == []


def test_review_is_never_shown_to_the_unit(make: Factory, session: Session, unit: Unit) -> None:
    placed = make.placement(unit=unit, status="completed")
    give(session, placed, YES)
    host = actor_for(make.host(unit))
    coordinator = actor_for(make.coordinator(placed.cohort.programme))
    elsewhere = actor_for(make.coordinator(make.programme("hovedstaden")))
    seen = [len(unit_reviews.of_unit(session, actor, unit.id)) for actor in (coordinator, host, elsewhere)]
    assert seen == [1, 0, 0]
