"""Pairs that the coordinators settle before an allocation is made: this student there, or not there."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from placements.db import one_at_a_time
from placements.domain import allocation_inputs, allocations
from placements.domain.actors import Actor
from placements.domain.rules import RuleBroken
from placements.i18n import _
from placements.models.allocations import AllocationPair, PairKind
from placements.models.cohorts import Cohort


def visible_to(actor: Actor) -> Select[AllocationPair]:
    run = select(Cohort.id).where(Cohort.programme_id.in_(actor.programme_ids))
    return select(AllocationPair).where(AllocationPair.cohort_id.in_(run))


def of_cohort(session: Session, cohort: Cohort) -> list[AllocationPair]:
    pairs = select(AllocationPair).where(AllocationPair.cohort_id == cohort.id)
    return list(session.scalars(pairs.order_by(AllocationPair.kind.desc(), AllocationPair.id)))


# Actions


def settle(
    session: Session,
    cohort: Cohort,
    *,
    enrolment_id: int,
    offer_id: int,
    kind: PairKind,
    by: int | None,
    today: date,
    now: datetime,
) -> AllocationPair:
    """Replaces what was said of the pair before; a student is pinned to one offer only.

    A pin that cannot be is refused at once, and said why.
    """
    one_at_a_time(session, f"allocation {cohort.id}")
    inputs = allocation_inputs.read(session, cohort, today=today)
    if enrolment_id not in {one.id for one in inputs.facts.students}:
        raise RuleBroken(_("Vælg en studerende, der ikke har en plads endnu."), field="enrolment_id")
    if offer_id not in {one.id for one in inputs.facts.offers}:
        raise RuleBroken(_("Vælg en åben praktikplads til holdet."), field="offer_id")
    for pair in of_cohort(session, cohort):
        same = pair.offer_id == offer_id or (pair.kind is kind is PairKind.PINNED)
        if pair.enrolment_id == enrolment_id and same:
            session.delete(pair)
    session.flush()
    pair = AllocationPair(
        cohort_id=cohort.id,
        enrolment_id=enrolment_id,
        offer_id=offer_id,
        kind=kind,
        made_at=now,
        made_by_id=by,
    )
    session.add(pair)
    session.flush()
    if kind is PairKind.PINNED:
        _refuse_impossible(session, cohort, enrolment_id, today=today)
    return pair


def _refuse_impossible(session: Session, cohort: Cohort, enrolment_id: int, *, today: date) -> None:
    inputs = allocation_inputs.read(session, cohort, today=today)
    others = frozenset(pair for pair in inputs.facts.pinned if pair[0] != enrolment_id)
    before = allocations.pins_in_the_way(inputs, replace(inputs.facts, pinned=others))
    now = allocations.pins_in_the_way(inputs, inputs.facts)
    if len(now) > len(before):
        raise RuleBroken(next(sentence for sentence in now if sentence not in before), field="offer_id")
