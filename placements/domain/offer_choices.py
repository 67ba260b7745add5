"""The offers of a cohort as its students choose among them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, case, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from placements.domain import pauses
from placements.domain.hosts import holds_on
from placements.domain.offers import is_open
from placements.models.cohorts import Cohort
from placements.models.hosts import Unit, UnitPeriod
from placements.models.offers import Offer, OfferStatus


@dataclass(frozen=True, slots=True)
class Choice:
    """An offer and what its unit is called; `closed` when nobody can be placed on it any more."""

    offer: Offer
    name: str
    closed: bool

    @property
    def plan(self) -> list[tuple[int, str]]:
        """Weekday (Monday 0) and the time of day, as it is written in Danish."""
        return [
            (int(day), "-".join(at.removeprefix("0").replace(":", ".") for at in times))
            for day, times in sorted(self.offer.weekly_plan.items())
        ]


def open_ids(cohort: Cohort) -> Select[int]:
    """Those a student may still wish for: not of units that are set aside."""
    return select(Offer.id).where(
        Offer.cohort_id == cohort.id,
        Offer.status == OfferStatus.OPEN,
        Offer.unit_id.not_in(pauses.paused_ids()),
    )


def _named(day: date) -> Select[Offer, str]:
    return (
        select(Offer, UnitPeriod.name)
        .join(UnitPeriod, (UnitPeriod.unit_id == Offer.unit_id) & holds_on(UnitPeriod, day))
        .options(joinedload(Offer.unit), selectinload(Offer.task_lines))
    )


def _choices(session: Session, found: Select[Offer, str]) -> list[Choice]:
    return [Choice(offer, name, not is_open(offer)) for offer, name in session.execute(found)]


def of_ids(session: Session, ids: Collection[int], *, day: date) -> dict[int, Choice]:
    """Those of these offers that have been released; a draft is the unit's own."""
    found = _named(day).where(Offer.id.in_(set(ids)), Offer.status != OfferStatus.DRAFT)
    return {choice.offer.id: choice for choice in _choices(session, found)}


def others(
    session: Session,
    cohort: Cohort,
    *,
    without: Collection[int],
    without_units: Collection[int],
    near: str | None,
    day: date,
    limit: int,
) -> tuple[list[Choice], int]:
    """Open offers besides these, those of the student's municipality first, and how many there are in all."""
    left = Offer.id.in_(open_ids(cohort)), Offer.id.not_in(without), Offer.unit_id.not_in(without_units)
    total = session.scalar(select(func.count(Offer.id)).where(*left)) or 0
    found = _named(day).join(Offer.unit).where(*left)
    nearest = case((Unit.municipality == near, 0), else_=1)
    return _choices(session, found.order_by(nearest, UnitPeriod.name, Offer.id).limit(limit)), total


def units(session: Session, cohort: Cohort, known: Collection[int], *, day: date) -> list[tuple[int, str]]:
    """Units that offer the cohort something, or are `known` to the student, by name."""
    offering = select(Offer.unit_id).where(Offer.cohort_id == cohort.id, Offer.status != OfferStatus.DRAFT)
    rows = session.execute(
        select(UnitPeriod.unit_id, UnitPeriod.name)
        .where(
            holds_on(UnitPeriod, day),
            or_(UnitPeriod.unit_id.in_(offering), UnitPeriod.unit_id.in_(set(known))),
        )
        .order_by(UnitPeriod.name, UnitPeriod.unit_id)
    )
    return [(unit_id, name) for unit_id, name in rows]
