"""Seats that units offer cohorts: who sees them, how many are left, and how they are changed."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session, joinedload

from placements.domain import offer_tasks, pauses, placement_fit
from placements.domain.actors import Actor
from placements.domain.offer_terms import Details, plan_of, set_details, set_terms
from placements.domain.placement_states import OCCUPYING
from placements.domain.rules import RuleBroken, moves, open_verbs, require, target_of
from placements.i18n import _
from placements.models.cohorts import Cohort
from placements.models.hosts import Sector, Unit
from placements.models.offers import Offer, OfferStatus
from placements.models.placements import Placement

TRANSITIONS = moves(
    release=((OfferStatus.DRAFT,), OfferStatus.OPEN),
    close=((OfferStatus.OPEN,), OfferStatus.CLOSED),
)
EDITABLE = frozenset({OfferStatus.DRAFT, OfferStatus.OPEN})


@dataclass(frozen=True, slots=True)
class SectorSeats:
    """Seats that a sector has given a cohort, and its share of the seats the cohort needs."""

    secured: int
    needed: int


def scope(actor: Actor) -> ColumnElement[bool]:
    coordinated = select(Cohort.id).where(Cohort.programme_id.in_(actor.programme_ids))
    return or_(Offer.cohort_id.in_(coordinated), Offer.unit_id.in_(actor.unit_ids))


def visible_to(actor: Actor) -> Select[Offer]:
    """Coordinators: their programmes' cohorts. Hosts: their units. Others: none."""
    return select(Offer).where(scope(actor))


# Questions


def is_open(offer: Offer) -> bool:
    """Students may be placed on it."""
    return offer.status is OfferStatus.OPEN


def is_editable(offer: Offer) -> bool:
    return offer.status in EDITABLE


def may_offer(actor: Actor, unit_id: int) -> bool:
    """Whoever runs a programme may type an offer for a unit; a host offers seats at the own one."""
    return bool(actor.programme_ids) or unit_id in actor.unit_ids


def may_place(actor: Actor, offer: Offer) -> bool:
    """Whether this person may give one of its seats to a student."""
    return is_open(offer) and offer.cohort.programme_id in actor.programme_ids


def offerable_cohorts(session: Session, actor: Actor, *, today: date) -> list[Cohort]:
    """Cohorts whose practicum is dated and not over: a coordinator's own, for a host every programme's."""
    coming = (
        select(Cohort)
        .options(joinedload(Cohort.programme))
        .where(Cohort.practicum_starts_on.is_not(None), Cohort.practicum_ends_on >= today)
        .order_by(Cohort.starts_on, Cohort.id)
    )
    if not actor.unit_ids:
        coming = coming.where(Cohort.programme_id.in_(actor.programme_ids))
    return list(session.scalars(coming))


def cohorts_to_filter(session: Session, actor: Actor) -> list[Cohort]:
    """Cohorts with a practicum that the person runs or has offers in, the newest first."""
    offered = select(Offer.cohort_id).where(scope(actor))
    run = Cohort.programme_id.in_(actor.programme_ids) & Cohort.practicum_starts_on.is_not(None)
    found = select(Cohort).where(or_(run, Cohort.id.in_(offered)))
    return list(session.scalars(found.order_by(Cohort.starts_on.desc(), Cohort.id)))


def verbs_for(offer: Offer) -> list[str]:
    """Whoever sees an offer may move it on: the unit gives the seats, the coordinator often types for it."""
    return open_verbs(TRANSITIONS, offer.status)


def taken_seats(session: Session, offer_ids: Iterable[int]) -> dict[int, int]:
    """Placements that hold a seat of each offer, in one query."""
    wanted = set(offer_ids)
    counted = (
        select(Placement.offer_id, func.count())
        .where(Placement.offer_id.in_(wanted), Placement.status.in_(OCCUPYING))
        .group_by(Placement.offer_id)
    )
    taken = dict(session.execute(counted).all())
    return {offer_id: taken.get(offer_id, 0) for offer_id in wanted}


def open_seats(session: Session, offer_ids: Iterable[int]) -> dict[int, int]:
    """Seats minus placements not declined, cancelled or ended early, for many offers in one query."""
    counted = (
        select(Offer.id, Offer.seats - func.count(Placement.id))
        .outerjoin(Placement, and_(Placement.offer_id == Offer.id, Placement.status.in_(OCCUPYING)))
        .where(Offer.id.in_(set(offer_ids)))
        .group_by(Offer.id, Offer.seats)
    )
    return dict(session.execute(counted).all())


def seats_by_sector(session: Session, cohort: Cohort) -> dict[Sector, SectorSeats]:
    """Secured against needed (V-12), for each sector with a share in the programme or with seats.

    Secured: all seats of an open offer; of a closed one, or one of a unit that is set aside, those in use,
    because nobody can be placed on the others.
    Needed: the sector's share of the cohort's seats, by largest remainder.
    """
    secured = _secured(session, cohort)
    needed = shares_of(cohort.seats or 0, _shares(cohort))
    return {
        sector: SectorSeats(secured.get(sector, 0), needed.get(sector, 0))
        for sector in Sector
        if sector in secured or sector in needed
    }


def balance(session: Session, actor: Actor, cohort: Cohort) -> dict[Sector, SectorSeats]:
    """`seats_by_sector` for those who run the programme; a host sees only the own unit's seats."""
    return seats_by_sector(session, cohort) if cohort.programme_id in actor.programme_ids else {}


def _secured(session: Session, cohort: Cohort) -> dict[Sector, int]:
    rows = session.execute(
        select(Offer.id, _takes_nobody(), Offer.seats, Unit.sector)
        .join(Unit, Unit.id == Offer.unit_id)
        .where(Offer.cohort_id == cohort.id, Offer.status != OfferStatus.DRAFT)
    ).all()
    used = taken_seats(session, [row.id for row in rows if row.takes_nobody])
    secured: dict[Sector, int] = {}
    for row in rows:
        secured[row.sector] = secured.get(row.sector, 0) + used.get(row.id, row.seats)
    return secured


def _takes_nobody() -> ColumnElement[bool]:
    """Closed, or of a unit that is set aside."""
    aside = Offer.unit_id.in_(pauses.paused_ids())
    return or_(Offer.status == OfferStatus.CLOSED, aside).label("takes_nobody")


def _shares(cohort: Cohort) -> dict[Sector, Decimal]:
    return {
        Sector(sector): Decimal(str(share))
        for sector, share in cohort.programme.sector_shares.items()
        if share
    }


def shares_of(seats: int, shares: dict[Sector, Decimal]) -> dict[Sector, int]:
    """Whole seats that add up to `seats`: what is left after rounding down goes to the largest remainders."""
    total = sum(shares.values())
    if not total:
        return {}
    exact = {sector: seats * share / total for sector, share in shares.items()}
    whole = {sector: int(number) for sector, number in exact.items()}
    order = sorted(exact, key=lambda sector: (whole[sector] - exact[sector], list(Sector).index(sector)))
    for sector in order[: seats - sum(whole.values())]:
        whole[sector] += 1
    return whole


# Actions


def create(
    session: Session,
    unit: Unit,
    cohort: Cohort,
    *,
    seats: int,
    ways: Collection[str],
    starts_on: date | None = None,
    ends_on: date | None = None,
    weekly_minutes: int | None = None,
    tasks: str | None = None,
    practical: str | None = None,
    details: Details | None = None,
) -> Offer:
    """A draft, seen by the unit and the coordinators until it is released.

    Days that are not said are those of the cohort's practicum, hours those of its programme.
    """
    said = details or Details()
    with session.no_autoflush:
        offer = Offer(unit=unit, cohort=cohort, status=OfferStatus.DRAFT, tasks=tasks, practical=practical)
        set_terms(
            offer,
            seats=seats,
            ways=ways,
            starts_on=starts_on,
            ends_on=ends_on,
            weekly_minutes=weekly_minutes,
            plan=said.weekly_plan,
        )
        set_details(offer, said)
    session.add(offer)
    return offer


def edit(
    session: Session,
    offer: Offer,
    *,
    seats: int,
    ways: Collection[str],
    starts_on: date | None,
    ends_on: date | None,
    weekly_minutes: int | None,
    tasks: str | None,
    practical: str | None,
    details: Details | None = None,
) -> None:
    """Placements that exist keep their own period and hours; details that are not said stay as they are."""
    if not is_editable(offer):
        raise RuleBroken(
            _("Praktikpladsen er lukket og kan ikke ændres. Opret en ny, hvis der er flere pladser.")
        )
    _refuse_too_few(session, offer, seats)
    with session.no_autoflush:  # one edit is one event
        set_terms(
            offer,
            seats=seats,
            ways=ways,
            starts_on=starts_on,
            ends_on=ends_on,
            weekly_minutes=weekly_minutes,
            plan=details.weekly_plan if details else plan_of(offer),
        )
        offer.tasks, offer.practical = tasks, practical
        if details is not None:
            set_details(offer, details)
        if is_open(offer):
            offer_tasks.refuse_unless_enough(offer)


def change_seats(session: Session, offer: Offer, seats: int) -> None:
    """More seats or fewer, everything else as it is."""
    if not is_editable(offer):
        raise RuleBroken(
            _("Praktikpladsen er lukket og kan ikke ændres. Opret en ny, hvis der er flere pladser.")
        )
    if seats < 1:
        raise RuleBroken(_("Skriv, hvor mange pladser der er. Der skal være mindst én."), field="seats")
    _refuse_too_few(session, offer, seats)
    offer.seats = seats


def release(offer: Offer) -> None:
    """Students may be placed on it from now on. The practicum may have moved since the draft was written.

    With too few typical peer tasks a coordinator has written an exception first (H-07).
    """
    target = target_of(TRANSITIONS, "release", offer.status, _("Praktikpladsen er allerede frigivet."))
    placement_fit.check_period(offer.cohort, offer.starts_on, offer.ends_on)
    missing = [check for check in offer_tasks.checks_for_release(offer) if not check.met]
    require(_("Pladserne kan ikke frigives endnu."), missing)
    offer.status = target


def close(offer: Offer) -> None:
    """Nobody else is placed on it; placements that exist go on."""
    refusal = _("Kun en åben praktikplads kan lukkes.")
    offer.status = target_of(TRANSITIONS, "close", offer.status, refusal)


def offer_again(offer: Offer) -> None:
    """A seat has come free: an offer that was closed is open again."""
    if offer.status is OfferStatus.CLOSED:
        offer.status = OfferStatus.OPEN


def _refuse_too_few(session: Session, offer: Offer, seats: int) -> None:
    """Whoever takes a seat at this very moment waits until this is saved, and the other way round."""
    session.execute(select(Offer.id).where(Offer.id == offer.id).with_for_update())
    taken = taken_seats(session, [offer.id])[offer.id]
    if seats < taken:
        raise RuleBroken(
            _("Der er allerede %(taken)s på pladserne, så antallet kan ikke være lavere.", taken=taken),
            field="seats",
        )
