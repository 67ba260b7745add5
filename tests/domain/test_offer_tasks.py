"""Tasks with shares: they add up, two thirds are peer work, and an exception is a record (H-07)."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from placements.db import writing
from placements.domain import offer_tasks, offers, task_shares
from placements.domain.offer_terms import Details
from placements.domain.rules import RuleBroken
from placements.domain.task_shares import Line
from placements.models.offer_tasks import OfferTask, TaskKind
from placements.models.offers import Offer, OfferStatus
from tests.domain.test_offers import GOOD
from tests.factories import MOMENT, Factory, actor_for

INDIVIDUAL, GROUP, ORGANISATION, OTHER = TaskKind


def refusal(call: Callable[[], object]) -> RuleBroken:
    with pytest.raises(RuleBroken) as refused:
        call()
    return refused.value


def lines(*shares: tuple[TaskKind, int | None]) -> list[Line]:
    return [Line(f"Opgave {kind}", kind, percent) for kind, percent in shares]


@pytest.fixture
def draft(make: Factory, session: Session) -> Callable[..., Offer]:
    """A draft with these tasks."""
    unit, cohort = make.unit(), make.cohort()

    def write(*shares: tuple[TaskKind, int | None]) -> Offer:
        with writing():
            offer = offers.create(session, unit, cohort, **GOOD, details=Details(task_lines=lines(*shares)))
            session.commit()
        return offer

    return write


# Two thirds


@settings(max_examples=60)
@given(st.integers(0, 300), st.integers(1, 300))
def test_two_thirds_are_compared_without_rounding(peer: int, of: int) -> None:
    assert task_shares.is_enough(peer, of) is (Fraction(peer, of) >= Fraction(2, 3))


def test_exactly_two_thirds_pass_and_one_less_does_not() -> None:
    """H-07."""
    assert [task_shares.is_enough(peer, 300) for peer in (199, 200, 201)] == [False, True, True]


@pytest.mark.parametrize(
    ("shares", "share"),
    [
        ((), None),
        (((INDIVIDUAL, None), (OTHER, None)), None),
        (((INDIVIDUAL, 40), (GROUP, 20), (ORGANISATION, 7), (OTHER, 33)), 67),
        (((OTHER, 100),), 0),
    ],
)
def test_share_counts_the_three_ways_of_working(
    shares: tuple[tuple[TaskKind, int | None], ...], share: int | None
) -> None:
    """H-06, H-07."""
    assert task_shares.peer_share(lines(*shares)) == share


@pytest.mark.parametrize(
    "shares",
    [
        ((INDIVIDUAL, 50), (OTHER, 49)),
        ((INDIVIDUAL, 50), (OTHER, 51)),
        ((INDIVIDUAL, 100), (OTHER, None)),
        ((INDIVIDUAL, 101),),
        ((INDIVIDUAL, 100), (OTHER, 0)),
        ((INDIVIDUAL, None),) * (task_shares.MOST_LINES + 1),
    ],
)
def test_shares_that_do_not_add_up_are_refused(
    draft: Callable[..., Offer], shares: tuple[tuple[TaskKind, int | None], ...]
) -> None:
    assert refusal(lambda: draft(*shares)).field == "task_lines"


# Releasing


@pytest.mark.parametrize(("other", "released"), [(33, True), (34, False)])
def test_release_needs_two_thirds_of_peer_tasks(
    draft: Callable[..., Offer], other: int, released: bool
) -> None:
    """H-07."""
    offer = draft((INDIVIDUAL, 100 - other), (OTHER, other))
    if released:
        offers.release(offer)
    else:
        assert [check.key for check in refusal(lambda: offers.release(offer)).unmet] == ["share"]
    assert offer.status is (OfferStatus.OPEN if released else OfferStatus.DRAFT)


def test_release_without_shares_asks_for_none(draft: Callable[..., Offer]) -> None:
    offer = draft((OTHER, None))
    offers.release(offer)
    assert offer.status is OfferStatus.OPEN


def test_exception_is_a_record_and_lets_the_offer_be_released(
    make: Factory, draft: Callable[..., Offer], session: Session
) -> None:
    """H-07: who, when and why."""
    offer = draft((INDIVIDUAL, 60), (OTHER, 40))
    karen = make.coordinator(offer.cohort.programme)
    with writing():
        offer_tasks.grant_exception(offer, actor_for(karen), reason=" Nyt tilbud. ", now=MOMENT)
        session.commit()
        offers.release(offer)
        session.commit()
    (kept,) = offer.share_exceptions
    assert (kept.peer_percent, kept.reason, kept.granted_by_id, kept.granted_at) == (
        60,
        "Nyt tilbud.",
        karen.id,
        MOMENT,
    )
    assert offer_tasks.exception_to(offer) is kept


def test_exception_holds_for_no_less_than_it_was_given_for(
    make: Factory, draft: Callable[..., Offer], session: Session
) -> None:
    offer = draft((INDIVIDUAL, 60), (OTHER, 40))
    actor = actor_for(make.coordinator(offer.cohort.programme))
    offer_tasks.grant_exception(offer, actor, reason="Nyt tilbud", now=MOMENT)
    offers.release(offer)

    def edit(peer: int) -> None:
        shares = Details(task_lines=lines((INDIVIDUAL, peer), (OTHER, 100 - peer)))
        offers.edit(session, offer, **GOOD, details=shares)

    edit(61)
    assert refusal(lambda: edit(59)).field == "task_lines"


@pytest.mark.parametrize("reason", ["", "   "])
def test_exception_without_a_reason_or_a_need_is_refused(
    make: Factory, draft: Callable[..., Offer], reason: str
) -> None:
    needed, idle = draft((OTHER, 100)), draft((INDIVIDUAL, 100))
    actor = actor_for(make.coordinator(needed.cohort.programme))
    assert (
        refusal(lambda: offer_tasks.grant_exception(needed, actor, reason=reason, now=MOMENT)).field
        == "reason"
    )
    refusal(lambda: offer_tasks.grant_exception(idle, actor, reason="Fordi", now=MOMENT))
    assert (needed.share_exceptions, idle.share_exceptions) == ([], [])


# Writing them


def test_edit_keeps_rows_and_tells_of_a_stale_form(draft: Callable[..., Offer], session: Session) -> None:
    offer = draft((INDIVIDUAL, 50), (GROUP, 50))
    version, ids = offer.version, [task.id for task in offer.task_lines]
    with writing():
        changed = [*lines((INDIVIDUAL, 40), (GROUP, 40)), Line("Køkkenvagt", OTHER, 20)]
        offers.edit(session, offer, **GOOD, details=Details(task_lines=changed))
        session.commit()
    kept = [(task.text, task.kind, task.percent) for task in offer.task_lines]
    assert kept == [(line.text, line.kind, line.percent) for line in changed]
    assert [task.id for task in offer.task_lines][:2] == ids
    assert offer.version > version
    with writing():
        offers.edit(session, offer, **GOOD, details=Details(task_lines=changed[:1] and lines((GROUP, 100))))
        session.commit()
    assert [(t.kind, t.percent) for t in session.query(OfferTask)] == [(GROUP, 100)]


def test_edit_without_details_leaves_them(draft: Callable[..., Offer], session: Session) -> None:
    offer = draft((INDIVIDUAL, 100))
    offers.edit(session, offer, **(GOOD | {"seats": 3}))
    assert [task.percent for task in offer.task_lines] == [100]
