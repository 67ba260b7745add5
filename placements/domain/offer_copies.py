"""Last year's offer to a new cohort: the same seats and terms, with the days of the new practicum."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session, joinedload

from placements.domain import offer_tasks, offers
from placements.domain.actors import Actor
from placements.domain.offer_terms import Details, plan_of
from placements.domain.rules import RuleBroken
from placements.i18n import _
from placements.models.cohorts import Cohort
from placements.models.offers import Offer

SHOWN = 5


def cohorts_for(session: Session, actor: Actor, offer: Offer, *, today: date) -> list[Cohort]:
    """Other cohorts than the one it was for, whose practicum is not over."""
    coming = offers.offerable_cohorts(session, actor, today=today)
    return [cohort for cohort in coming if cohort.id != offer.cohort_id]


def earlier(session: Session, actor: Actor, unit_ids: frozenset[int]) -> list[Offer]:
    """The newest offers of these units, to begin with instead of an empty form."""
    found = (
        offers.visible_to(actor)
        .where(Offer.unit_id.in_(unit_ids))
        .options(joinedload(Offer.cohort), joinedload(Offer.unit))
        .order_by(Offer.starts_on.desc(), Offer.id.desc())
    )
    return list(session.scalars(found.limit(SHOWN)))


def copy(session: Session, offer: Offer, cohort: Cohort) -> Offer:
    """A draft for the cohort; what was granted for the old one is not granted for it."""
    first, last = _moved(offer, cohort)
    return offers.create(
        session,
        offer.unit,
        cohort,
        seats=offer.seats,
        ways=offer.ways,
        starts_on=first,
        ends_on=last,
        weekly_minutes=offer.weekly_minutes,
        tasks=offer.tasks,
        practical=offer.practical,
        details=Details(
            weekly_plan=plan_of(offer),
            task_lines=offer_tasks.copy_lines(session, offer),
            accessibility=offer.accessibility,
            languages=offer.languages,
            good_to_know=offer.good_to_know,
        ),
    )


def _moved(offer: Offer, cohort: Cohort) -> tuple[date, date]:
    """As many days into the new practicum as it was into the old one, at most the whole of it."""
    first, last = cohort.practicum_starts_on, cohort.practicum_ends_on
    if first is None or last is None:
        raise RuleBroken(
            _("Holdets praktikperiode er ikke lagt endnu. Sæt den på holdets side først."), field="cohort_id"
        )
    began, ended = offer.cohort.practicum_starts_on, offer.cohort.practicum_ends_on
    if began is None or ended is None:
        return first, last
    starts_on = min(first + max(offer.starts_on - began, began - began), last)
    if offer.ends_on >= ended:
        return starts_on, last
    return starts_on, min(starts_on + (offer.ends_on - offer.starts_on), last)
