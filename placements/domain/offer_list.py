"""The list of offers: columns only, the newest cohort first, page by page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, case, func, or_, select, tuple_
from sqlalchemy.orm import Session

from placements.domain import placements
from placements.domain.actors import Actor
from placements.domain.hosts import holds_on
from placements.domain.offers import scope
from placements.domain.placement_states import OCCUPYING
from placements.models.cohorts import Cohort
from placements.models.hosts import OrganisationName, Sector, Unit, UnitPeriod
from placements.models.offers import Offer, OfferStatus
from placements.models.placements import Placement, PlacementStatus

PAGE = 100
WITHIN = (UnitPeriod.name, Offer.id)


@dataclass(frozen=True, slots=True)
class Line:
    """`left` is empty unless the offer is open: nobody can be placed on the others."""

    id: int
    unit_id: int
    unit: str
    organisation: str
    sector: Sector
    cohort: str
    status: OfferStatus
    seats: int
    left: int | None
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class Page:
    """`seats` and `left` add up all offers behind the filter; `after` is None on the last page."""

    lines: list[Line]
    total: int
    seats: int
    left: int
    after: int | None


@dataclass(frozen=True, slots=True)
class Filter:
    cohort_id: int | None = None
    unit_id: int | None = None
    sector: Sector | None = None
    status: OfferStatus | None = None

    def conditions(self) -> list[ColumnElement[bool]]:
        pairs = (
            (Offer.cohort_id, self.cohort_id),
            (Offer.unit_id, self.unit_id),
            (Unit.sector, self.sector),
            (Offer.status, self.status),
        )
        return [column == value for column, value in pairs if value is not None]


TAKEN = (
    select(func.count())
    .where(Placement.offer_id == Offer.id, Placement.status.in_(OCCUPYING))
    .correlate(Offer)
    .scalar_subquery()
)
LEFT = case((Offer.status == OfferStatus.OPEN, Offer.seats - TAKEN))
COLUMNS = (
    Offer.id,
    Offer.unit_id,
    UnitPeriod.name.label("unit"),
    OrganisationName.name.label("organisation"),
    Unit.sector,
    Cohort.name.label("cohort"),
    Offer.status,
    Offer.seats,
    LEFT.label("left"),
    Offer.starts_on,
    Offer.ends_on,
)


def _rows(actor: Actor, wanted: Filter, day: date, *columns: Any) -> Select[Any]:
    return (
        select(*columns)
        .select_from(Offer)
        .join(Cohort, Cohort.id == Offer.cohort_id)
        .join(Unit, Unit.id == Offer.unit_id)
        .join(UnitPeriod, UnitPeriod.unit_id == Unit.id)
        .join(OrganisationName, OrganisationName.organisation_id == UnitPeriod.organisation_id)
        .where(scope(actor), holds_on(UnitPeriod, day), holds_on(OrganisationName, day), *wanted.conditions())
    )


def page(session: Session, actor: Actor, wanted: Filter, *, day: date, after: int | None = None) -> Page:
    """Offers of the newest cohort first, then by unit; always the same number of statements."""
    sums = _rows(actor, wanted, day, func.count(), func.sum(Offer.seats), func.sum(LEFT))
    total, seats, left = session.execute(sums).one()
    rows = _rows(actor, wanted, day, *COLUMNS).order_by(Cohort.starts_on.desc(), *WITHIN).limit(PAGE + 1)
    if after is not None:
        rows = _beyond(session, _rows(actor, Filter(), day, Cohort.starts_on, *WITHIN), rows, after)
    found = session.execute(rows).all()
    shown = found[:PAGE]
    return Page(
        [Line(*row) for row in shown],
        total,
        seats or 0,
        left or 0,
        shown[-1].id if len(found) > PAGE else None,
    )


def _beyond(session: Session, keys: Select[Any], rows: Select[Any], after: int) -> Select[Any]:
    last = session.execute(keys.where(Offer.id == after)).first()
    if last is None:
        return rows
    started, *within = last
    same = (Cohort.starts_on == started) & (tuple_(*WITHIN) > tuple_(*within))
    return rows.where(or_(Cohort.starts_on < started, same))


def placed(session: Session, actor: Actor, offer_id: int) -> list[Row[int, str, PlacementStatus]]:
    """Id, student and status of the placements on an offer that the person may see, by name."""
    shown = select(Placement.id, Placement.student_name, Placement.status).where(
        Placement.offer_id == offer_id, Placement.id.in_(placements.visible_ids(actor))
    )
    return list(session.execute(shown.order_by(Placement.student_name, Placement.id)).all())
