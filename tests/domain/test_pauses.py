"""Units that are set aside (row 40)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from placements.db import writing
from placements.domain import pauses, placements
from placements.domain.rules import RuleBroken
from placements.models.offers import Offer
from tests.factories import Factory, actor_for

TODAY = date(2025, 2, 3)


@pytest.mark.parametrize(
    ("day", "again"),
    [
        (date(2025, 2, 3), date(2025, 8, 3)),
        (date(2025, 8, 31), date(2026, 2, 28)),
        (date(2027, 8, 31), date(2028, 2, 29)),
        (date(2025, 12, 31), date(2026, 6, 30)),
    ],
)
def test_ask_again_six_months_later(day: date, again: date) -> None:
    assert pauses.ask_again_on(day) == again


def test_unit_is_due_when_six_months_have_passed_and_until_it_is_back(
    make: Factory, session: Session
) -> None:
    unit = make.unit()
    again = date(2025, 8, 3)

    def due(day: date) -> list[int]:
        return [pause.unit_id for pause in session.scalars(pauses.due(day))]

    with writing():
        pauses.set_aside(session, unit, reason="Svarer ikke", today=TODAY)
        session.commit()
    assert [due(again - timedelta(1)), due(again)] == [[], [unit.id]]
    with writing():
        pauses.set_aside(session, unit, reason="Svarer stadig ikke", today=again)
        session.commit()
    assert [due(again), due(date(2026, 2, 3))] == [[], [unit.id]]
    with writing():
        pauses.take_back(session, unit, today=again)
        session.commit()
    assert (due(date(2026, 2, 3)), pauses.of_unit(session, unit.id)) == ([], None)
    with pytest.raises(RuleBroken, match="allerede med igen"):
        pauses.take_back(session, unit, today=again)


def test_set_aside_without_a_reason_is_refused(make: Factory, session: Session) -> None:
    with pytest.raises(RuleBroken) as refused:
        pauses.set_aside(session, make.unit(), reason="  ", today=TODAY)
    assert refused.value.field == "reason"


def test_offers_of_a_unit_set_aside_are_not_to_be_filled(make: Factory, session: Session) -> None:
    programme = make.programme()
    cohort = make.cohort(programme)
    actor = actor_for(make.coordinator(programme))
    paused, other = make.unit(), make.unit()
    offers = [make.offer(unit, cohort) for unit in (paused, other)]
    with writing():
        pauses.set_aside(session, paused, reason="Svarer ikke", today=TODAY)
        session.commit()
    fill = placements.offers_to_fill(actor).order_by(Offer.id)
    assert session.scalars(fill).all() == [offers[1]]
