"""How a placement is laid and changed: its seat, supervisor, period, hours and legal basis."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from placements.domain import (
    agreement_states,
    enrolments,
    impossible_units,
    offers,
    outbox,
    student_answer_states,
    users,
)
from placements.domain.placement_fit import (
    check_hours,
    check_overlap,
    check_period,
    check_seat,
    supervisor_at,
    taken_seats,
)
from placements.domain.placement_states import EDITABLE, MOVABLE, is_draft, refuse_unless_open
from placements.domain.rules import RuleBroken
from placements.i18n import _
from placements.models.enrolments import Enrolment
from placements.models.hosts import Unit
from placements.models.offers import Offer
from placements.models.placements import LegalBasis, Placement, PlacementStatus

OVER = _("Forløbet er slut og kan ikke rettes.")
AMEND = _(
    "Aftalen er underskrevet. Skriv ændringen som et tillæg til den; det gælder, når det er underskrevet."
)


def is_editable(placement: Placement) -> bool:
    return placement.status in EDITABLE


def may_change_unit(placement: Placement) -> bool:
    """Nothing is signed yet."""
    return placement.status in MOVABLE


# Actions


def refresh_search(session: Session, placement: Placement, *, today: date) -> None:
    """Repeat on the placement what the board finds and shows: programme, sector, names."""
    placement.programme_id = placement.cohort.programme_id
    placement.sector = placement.unit.sector
    placement.student_name = placement.enrolment.user.name
    owner = placement.unit.period_on(today)
    names = [placement.student_name, owner.name, owner.organisation.name_on(today)]
    if placement.supervisor is not None:
        names.append(placement.supervisor.name)
    placement.search_text = " ".join(names).lower()


def create(
    session: Session,
    offer: Offer,
    enrolment: Enrolment,
    *,
    today: date,
    starts_on: date | None = None,
    ends_on: date | None = None,
    weekly_minutes: int | None = None,
    legal_basis: LegalBasis | None = None,
) -> Placement:
    """A draft on an open offer; period and hours are the offer's unless said."""
    first, last = starts_on or offer.starts_on, ends_on or offer.ends_on
    minutes = offer.weekly_minutes if weekly_minutes is None else weekly_minutes
    check_terms(offer, enrolment, first, last, minutes)
    impossible_units.refuse(session, enrolment, offer.unit, today=today, field="enrolment_id")
    check_seat(session, offer)
    check_overlap(session, enrolment, first, last)
    placement = draft_on(offer, enrolment, first, last, minutes)
    placement.legal_basis = legal_basis
    refresh_search(session, placement, today=today)
    session.add(placement)
    return placement


def draft_on(offer: Offer, enrolment: Enrolment, first: date, last: date, minutes: int) -> Placement:
    """A draft at the offer's unit; whoever lays it has checked that it fits."""
    return Placement(
        cohort=offer.cohort,
        enrolment=enrolment,
        offer=offer,
        unit=offer.unit,
        supervisor=None,
        status=PlacementStatus.DRAFT,
        legal_basis=None,
        starts_on=first,
        ends_on=last,
        weekly_minutes=minutes,
        reason=None,
    )


def check_terms(offer: Offer, enrolment: Enrolment, first: date, last: date, minutes: int) -> None:
    """What a draft needs, but for the seat and the student's other time."""
    if not offers.is_open(offer):
        raise RuleBroken(_("Praktikpladsen er ikke åben."))
    if enrolment.cohort_id != offer.cohort_id or not enrolments.is_active(enrolment):
        raise RuleBroken(_("Vælg en studerende, der er aktiv på holdet."), field="enrolment_id")
    check_period(offer.cohort, first, last)
    check_hours(minutes)


def edit(
    session: Session,
    placement: Placement,
    *,
    unit_id: int,
    supervisor_id: int | None,
    starts_on: date,
    ends_on: date,
    weekly_minutes: int,
    today: date,
    now: datetime,
) -> None:
    """Change place, supervisor, period or hours until the agreement is signed; then it takes an amendment."""
    if not is_editable(placement):
        raise RuleBroken(OVER)
    if agreement_states.is_concluded(session, placement):
        if (unit_id, supervisor_id, starts_on, ends_on, weekly_minutes) != _signed_for(placement):
            raise RuleBroken(AMEND)
        return
    check_period(placement.cohort, starts_on, ends_on)
    check_hours(weekly_minutes)
    check_overlap(session, placement.enrolment, starts_on, ends_on, without=placement.id)
    with session.no_autoflush:  # one edit is one event, whatever is looked up on the way
        before = _terms(placement)
        if unit_id != placement.unit_id:
            _move(session, placement, unit_id, today=today, now=now)
        _set_supervisor(session, placement, supervisor_id)
        placement.starts_on, placement.ends_on = starts_on, ends_on
        placement.weekly_minutes = weekly_minutes
        _settle(session, placement, before, today=today)


def name_supervisor(session: Session, placement: Placement, *, supervisor_id: int, today: date) -> None:
    """The daily contact at the unit, named by the host or the coordinator. Another one takes an amendment."""
    if not is_editable(placement):
        raise RuleBroken(OVER)
    is_another = placement.supervisor_id not in (None, supervisor_id)
    if is_another and agreement_states.is_concluded(session, placement):
        raise RuleBroken(AMEND)
    with session.no_autoflush:
        before = _terms(placement)
        _set_supervisor(session, placement, supervisor_id)
        _settle(session, placement, before, today=today)


def choose_legal_basis(session: Session, placement: Placement, *, legal_basis: LegalBasis | None) -> None:
    """What the practicum rests on (D-06). The agreement follows from it, so it stands once that is signed."""
    if placement.status not in MOVABLE:
        raise RuleBroken(
            _("Aftalen er underskrevet, så retsgrundlaget kan ikke ændres."), field="legal_basis"
        )
    if placement.legal_basis is not legal_basis:
        placement.legal_basis = legal_basis
        agreement_states.renew(session, placement)


def _signed_for(placement: Placement) -> tuple[object, ...]:
    """The same as it stands in the columns."""
    place, supervisor = placement.unit_id, placement.supervisor_id
    return place, supervisor, placement.starts_on, placement.ends_on, placement.weekly_minutes


def _terms(placement: Placement) -> tuple[object, ...]:
    """What the parties sign for."""
    place, supervisor = placement.unit, placement.supervisor
    return place, supervisor, placement.starts_on, placement.ends_on, placement.weekly_minutes


def _settle(session: Session, placement: Placement, before: tuple[object, ...], *, today: date) -> None:
    """An agreement on other terms than these is no longer what anybody has signed."""
    refresh_search(session, placement, today=today)
    if _terms(placement) != before:
        agreement_states.renew(session, placement)


def _move(session: Session, placement: Placement, unit_id: int, *, today: date, now: datetime) -> None:
    """To another unit: its seat is taken and the old one freed, and the new hosts are asked."""
    if not may_change_unit(placement):
        raise RuleBroken(_("Aftalen er underskrevet, så praktikstedet kan ikke ændres."), field="unit_id")
    unit = session.get(Unit, unit_id)
    if unit is None:
        raise RuleBroken(_("Vælg et praktiksted."), field="unit_id")
    impossible_units.refuse(session, placement.enrolment, unit, today=today, field="unit_id")
    offer = open_offer(session, placement, unit)
    free_seat(placement)
    student_answer_states.void(session, placement)
    placement.offer, placement.unit, placement.unit_id = offer, unit, unit.id
    if is_draft(placement):
        return
    placement.status = refuse_unless_open(placement, "ask_again")
    ask_hosts(session, placement, now=now)


def open_offer(session: Session, placement: Placement, unit: Unit) -> Offer | None:
    """An open offer of the unit to this cohort with a seat left; None when the unit has offered nothing."""
    wanted = select(Offer).where(Offer.unit_id == unit.id, Offer.cohort_id == placement.cohort_id)
    found = [offer for offer in session.scalars(wanted.order_by(Offer.id)) if offers.is_open(offer)]
    free = [offer for offer in found if taken_seats(session, offer) < offer.seats]
    chosen = next(iter(free or found), None)
    if chosen is not None:
        check_seat(session, chosen)
    return chosen


def _set_supervisor(session: Session, placement: Placement, supervisor_id: int | None) -> None:
    """Somebody of the unit. Whoever stands there already may stay, though they have left since."""
    current = placement.supervisor
    if current is not None and (current.id, current.unit_id) == (supervisor_id, placement.unit_id):
        return
    placement.supervisor = (
        None if supervisor_id is None else supervisor_at(session, placement.unit, supervisor_id)
    )


def ask_hosts(session: Session, placement: Placement, *, now: datetime) -> None:
    """A mail to everybody who can answer for the unit."""
    for host in users.hosts_of(session, placement.unit_id):
        outbox.notify(session, host, "task_accept", path=f"/placements/{placement.id}", now=now)


def free_seat(placement: Placement) -> None:
    """The seat is offered again in the same step."""
    if placement.offer is not None:
        offers.offer_again(placement.offer)
