"""Last year's offer to a new cohort: the same terms, the new practicum's days, a fresh draft."""

from __future__ import annotations

from datetime import date, time

import pytest
from sqlalchemy.orm import Session

from placements.db import writing
from placements.domain import offer_copies, offer_tasks, offers
from placements.domain.offer_terms import Details, plan_of
from placements.domain.rules import RuleBroken
from placements.domain.task_shares import Line
from placements.models.offer_tasks import TaskKind
from placements.models.offers import OfferStatus
from tests.domain.test_offers import GOOD
from tests.factories import MOMENT, Factory, actor_for

PLAN = {1: (time(9), time(12)), 3: (time(12), time(15))}
NEXT = {"practicum_starts_on": date(2026, 1, 5), "practicum_ends_on": date(2026, 4, 5)}


def test_copy_keeps_what_is_said_and_nothing_that_was_granted(make: Factory, session: Session) -> None:
    """V-13."""
    unit, old = make.unit(), make.cohort()
    details = Details(
        weekly_plan=PLAN,
        task_lines=[Line("Samtaler", TaskKind.INDIVIDUAL, 60), Line("Vagt", TaskKind.OTHER, 40)],
        accessibility=["lift"],
        languages=["arabisk"],
        good_to_know="Der er en hund.",
    )
    with writing():
        offer = offers.create(session, unit, old, **GOOD, details=details)
        session.commit()
    make.keep(offer)
    actor = actor_for(make.coordinator(old.programme))
    offer_tasks.grant_exception(offer, actor, reason="Nyt tilbud", now=MOMENT)
    offers.release(offer)
    make.placement(cohort=old, unit=unit, offer_id=offer.id)
    coming = make.cohort(old.programme, starts_on=date(2025, 9, 8), **NEXT)
    with writing():
        made = offer_copies.copy(session, offer, coming)
        session.commit()
    assert (made.status, made.unit_id, made.cohort_id) == (OfferStatus.DRAFT, unit.id, coming.id)
    assert (made.starts_on, made.ends_on) == (date(2026, 1, 5), date(2026, 4, 5))
    assert (made.seats, made.ways, made.tasks, made.weekly_minutes) == (
        2,
        offer.ways,
        offer.tasks,
        offer.weekly_minutes,
    )
    assert plan_of(made) == PLAN
    assert [(t.text, t.kind, t.percent) for t in made.task_lines] == [
        ("Samtaler", TaskKind.INDIVIDUAL, 60),
        ("Vagt", TaskKind.OTHER, 40),
    ]
    assert (made.accessibility, made.languages, made.good_to_know) == (
        ["lift"],
        ["arabisk"],
        "Der er en hund.",
    )
    assert made.share_exceptions == []
    assert offers.open_seats(session, [made.id]) == {made.id: 2}


@pytest.mark.parametrize(
    ("first", "last", "moved"),
    [
        (date(2025, 1, 6), date(2025, 4, 6), (date(2026, 1, 5), date(2026, 4, 5))),
        (date(2025, 1, 20), date(2025, 4, 6), (date(2026, 1, 19), date(2026, 4, 5))),
        (date(2025, 1, 13), date(2025, 2, 9), (date(2026, 1, 12), date(2026, 2, 8))),
    ],
)
def test_copy_moves_the_days_into_the_new_practicum(
    make: Factory, session: Session, first: date, last: date, moved: tuple[date, date]
) -> None:
    old = make.cohort()
    offer = make.offer(make.unit(), old, starts_on=first, ends_on=last)
    made = offer_copies.copy(session, offer, make.cohort(old.programme, **NEXT))
    assert (made.starts_on, made.ends_on) == moved


def test_copy_to_a_shorter_practicum_stays_inside_it(make: Factory, session: Session) -> None:
    offer = make.offer(make.unit(), make.cohort(), starts_on=date(2025, 3, 3), ends_on=date(2025, 3, 30))
    short = make.cohort(practicum_starts_on=date(2026, 1, 5), practicum_ends_on=date(2026, 2, 1))
    made = offer_copies.copy(session, offer, short)
    assert (made.starts_on, made.ends_on) == (date(2026, 2, 1), date(2026, 2, 1))


def test_copy_to_a_cohort_without_practicum_is_refused(make: Factory, session: Session) -> None:
    offer = make.offer(make.unit(), make.cohort())
    undated = make.cohort(practicum_starts_on=None, practicum_ends_on=None)
    with pytest.raises(RuleBroken):
        offer_copies.copy(session, offer, undated)
    assert list(session.new) == []


def test_earlier_offers_are_the_own_units_newest_first(make: Factory, session: Session) -> None:
    unit, cohort = make.unit(), make.cohort()
    old = make.offer(unit, cohort)
    new = make.offer(unit, make.cohort(**NEXT))
    make.offer(make.unit(), cohort)
    actor = actor_for(make.host(unit))
    assert offer_copies.earlier(session, actor, actor.unit_ids) == [new, old]
