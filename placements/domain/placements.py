"""One student's practicum at one unit: who sees it, how it is changed, and the verbs that carry it on."""

from __future__ import annotations

from datetime import UTC, date, datetime

from sqlalchemy import ColumnElement, Select, and_, false, or_, select
from sqlalchemy.orm import Session

from placements.domain import agreement_states, enrolments, outbox
from placements.domain.actors import Actor
from placements.domain.placement_fit import (
    check_hours,
    check_overlap,
    check_period,
    check_seat,
    length_warning,
    supervisor_at,
    taken_seats,
)
from placements.domain.placement_gates import (
    checks_for_accept,
    checks_for_agreement,
    checks_for_complete,
    checks_for_propose,
    checks_for_start,
    next_gate,
    unmet,
)
from placements.domain.placement_states import (
    ANSWERS,
    EDITABLE,
    FINISHED,
    MOVABLE,
    NEEDS_REASON,
    OCCUPYING,
    PLANNED,
    RELEASED,
    RUNNING,
    SEEN_BY_HOST,
    SEEN_BY_STUDENT,
    TRANSITIONS,
    UNACCEPTED,
    UNANSWERED,
    verbs_for,
    verbs_of,
)
from placements.domain.rules import RuleBroken, require, target_of
from placements.i18n import Text, _
from placements.models.enrolments import Enrolment
from placements.models.hosts import Unit
from placements.models.offers import Offer, OfferStatus
from placements.models.placements import LegalBasis, Placement, PlacementStatus
from placements.models.users import Role, RoleGrant, User

__all__ = [
    "ANSWERS",
    "EDITABLE",
    "FINISHED",
    "MOVABLE",
    "NEEDS_REASON",
    "OCCUPYING",
    "PLANNED",
    "RELEASED",
    "RUNNING",
    "TRANSITIONS",
    "UNANSWERED",
    "checks_for_accept",
    "checks_for_agreement",
    "checks_for_complete",
    "checks_for_propose",
    "checks_for_start",
    "next_gate",
    "taken_seats",
    "verbs_for",
    "verbs_of",
]


# Visibility


def _scope(actor: Actor) -> ColumnElement[bool]:
    """Coordinators: their programmes. Hosts: what they were asked. Students: what a host has said yes to."""
    if actor.id is None:
        return false()
    own = select(Enrolment.id).where(Enrolment.user_id == actor.id)
    return or_(
        Placement.programme_id.in_(actor.programme_ids),
        and_(Placement.unit_id.in_(actor.unit_ids), Placement.status.in_(SEEN_BY_HOST)),
        and_(Placement.enrolment_id.in_(own), Placement.status.in_(SEEN_BY_STUDENT)),
    )


def visible_to(actor: Actor) -> Select[Placement]:
    return select(Placement).where(_scope(actor))


def visible_ids(actor: Actor) -> Select[int]:
    """For use inside other statements: the ids of what this person may see."""
    return select(Placement.id).where(_scope(actor))


def coordinated_by(actor: Actor) -> Select[Placement]:
    """Those that the coordinator may change."""
    return select(Placement).where(Placement.programme_id.in_(actor.programme_ids))


# Questions


def hosts_to_ask(session: Session, placement: Placement) -> list[User]:
    """Who can answer for the unit."""
    return _people(session, Role.HOST, RoleGrant.unit_id == placement.unit_id)


def _people(session: Session, role: Role, where: ColumnElement[bool]) -> list[User]:
    query = select(User).join(RoleGrant).where(RoleGrant.role == role, where, User.active).order_by(User.id)
    return list(session.scalars(query.distinct()))


def warnings(session: Session, placement: Placement) -> list[Text]:
    """What somebody should know, though nothing forbids it."""
    length = length_warning(placement)
    found = [length] if length else []
    if placement.status in MOVABLE and not hosts_to_ask(session, placement):
        found.append(_("Ingen på praktikstedet kan logge ind og svare. Invitér en praktikvært."))
    return found


def is_editable(placement: Placement) -> bool:
    return placement.status in EDITABLE


def is_accepted(placement: Placement) -> bool:
    """The host has said yes, and nothing has ended it since."""
    return placement.status in EDITABLE and placement.status not in UNACCEPTED


def awaits_agreement(placement: Placement) -> bool:
    return placement.status in TRANSITIONS["agree"].sources


def lacks_supervisor(placement: Placement) -> bool:
    return is_accepted(placement) and placement.supervisor_id is None


def may_change_unit(placement: Placement) -> bool:
    return placement.status in MOVABLE


def unplaced(session: Session, cohort_id: int) -> list[Enrolment]:
    """Active people of the cohort who have no placement that takes a seat, by name."""
    placed = select(Placement.enrolment_id).where(
        Placement.cohort_id == cohort_id, Placement.status.in_(OCCUPYING)
    )
    query = (
        select(Enrolment)
        .join(User, User.id == Enrolment.user_id)
        .where(Enrolment.cohort_id == cohort_id, Enrolment.id.not_in(placed))
        .order_by(User.name, Enrolment.id)
    )
    return [enrolment for enrolment in session.scalars(query) if enrolments.is_active(enrolment)]


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
    if offer.status is not OfferStatus.OPEN:
        raise RuleBroken(_("Praktikpladsen er ikke åben."))
    if enrolment.cohort_id != offer.cohort_id or not enrolments.is_active(enrolment):
        raise RuleBroken(_("Vælg en studerende, der er aktiv på holdet."), field="enrolment_id")
    check_period(offer.cohort, first, last)
    check_hours(minutes)
    check_seat(session, offer)
    check_overlap(session, enrolment, first, last)
    placement = Placement(
        cohort=offer.cohort,
        enrolment=enrolment,
        offer=offer,
        unit=offer.unit,
        supervisor=None,
        status=PlacementStatus.DRAFT,
        legal_basis=legal_basis,
        starts_on=first,
        ends_on=last,
        weekly_minutes=minutes,
        reason=None,
    )
    refresh_search(session, placement, today=today)
    session.add(placement)
    return placement


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
    now: datetime | None = None,
) -> None:
    """Change place, supervisor, period or hours. The unit may change until the agreement is signed."""
    if not is_editable(placement):
        raise RuleBroken(_("Forløbet er slut og kan ikke rettes."))
    check_period(placement.cohort, starts_on, ends_on)
    check_hours(weekly_minutes)
    check_overlap(session, placement.enrolment, starts_on, ends_on, without=placement.id)
    before = _agreed_on(placement)
    if unit_id != placement.unit_id:
        _move(session, placement, unit_id, now=now or datetime.now(UTC))
    _set_supervisor(session, placement, supervisor_id)
    placement.starts_on, placement.ends_on, placement.weekly_minutes = starts_on, ends_on, weekly_minutes
    _renew_agreement(session, placement, before)
    refresh_search(session, placement, today=today)


def _agreed_on(placement: Placement) -> tuple[object, ...]:
    """What the parties sign for."""
    place, supervisor = placement.unit, placement.supervisor
    return place, supervisor, placement.starts_on, placement.ends_on, placement.weekly_minutes


def _renew_agreement(session: Session, placement: Placement, before: tuple[object, ...]) -> None:
    """A change of what was signed for makes a new version of the agreement."""
    if _agreed_on(placement) != before:
        agreement_states.renew(session, placement)


def _move(session: Session, placement: Placement, unit_id: int, *, now: datetime) -> None:
    """To another unit: its seat is taken and the old one freed, and the new hosts are asked."""
    if not may_change_unit(placement):
        raise RuleBroken(_("Aftalen er underskrevet, så praktikstedet kan ikke ændres."), field="unit_id")
    unit = session.get(Unit, unit_id)
    if unit is None:
        raise RuleBroken(_("Vælg et praktiksted."), field="unit_id")
    offer = _open_offer(session, placement, unit)
    _free_seat(placement)
    placement.offer, placement.unit, placement.unit_id = offer, unit, unit.id
    if placement.status is PlacementStatus.DRAFT:
        return
    placement.status = _target(placement, "ask_again", _("Praktikstedet kan ikke ændres nu."))
    _ask_hosts(session, placement, now=now)


def _open_offer(session: Session, placement: Placement, unit: Unit) -> Offer | None:
    """An open offer of the unit to this cohort with a seat left; None when the unit has offered nothing."""
    offers = list(
        session.scalars(
            select(Offer)
            .where(
                Offer.unit_id == unit.id,
                Offer.cohort_id == placement.cohort_id,
                Offer.status == OfferStatus.OPEN,
            )
            .order_by(Offer.id)
        )
    )
    free = [offer for offer in offers if taken_seats(session, offer) < offer.seats]
    chosen = next(iter(free or offers), None)
    if chosen is not None:
        check_seat(session, chosen)
    return chosen


def _set_supervisor(session: Session, placement: Placement, supervisor_id: int | None) -> None:
    current = placement.supervisor
    if current is not None and (current.id, current.unit_id) == (supervisor_id, placement.unit_id):
        return
    placement.supervisor = (
        None if supervisor_id is None else supervisor_at(session, placement.unit, supervisor_id)
    )


def name_supervisor(session: Session, placement: Placement, *, supervisor_id: int, today: date) -> None:
    """The daily contact at the unit: named by the host or the coordinator once the host has said yes."""
    if not is_editable(placement):
        raise RuleBroken(_("Forløbet er slut og kan ikke rettes."))
    before = _agreed_on(placement)
    _set_supervisor(session, placement, supervisor_id)
    _renew_agreement(session, placement, before)
    refresh_search(session, placement, today=today)


def choose_legal_basis(placement: Placement, *, legal_basis: LegalBasis) -> None:
    """What the practicum rests on (D-06). The agreement follows from it, so it stands once that is signed."""
    if placement.status not in MOVABLE:
        raise RuleBroken(
            _("Aftalen er underskrevet, så retsgrundlaget kan ikke ændres."), field="legal_basis"
        )
    placement.legal_basis = legal_basis


def propose(session: Session, placement: Placement, *, now: datetime) -> None:
    """Ask the unit: every host gets a mail with a link to the placement."""
    target = _target(placement, "propose", _("Forløbet er allerede foreslået."))
    require(_("Forløbet kan ikke foreslås endnu."), unmet(checks_for_propose(session, placement)))
    placement.status = target
    _ask_hosts(session, placement, now=now)


def accept(session: Session, placement: Placement) -> None:
    target = _target(placement, "accept", _("Forløbet venter ikke på et svar."))
    require(_("Forløbet kan ikke accepteres endnu."), unmet(checks_for_accept(session, placement)))
    placement.status = target


def decline(session: Session, placement: Placement, *, reason: str, now: datetime) -> None:
    """The unit says no: the seat is free again, and the coordinators are told."""
    target = _target(placement, "decline", _("Forløbet venter ikke på et svar."))
    _end(placement, target, reason)
    for coordinator in _people(session, Role.COORDINATOR, RoleGrant.programme_id == placement.programme_id):
        outbox.notify(session, coordinator, "placement_declined", path=f"/placements/{placement.id}", now=now)


def agree(session: Session, placement: Placement) -> None:
    """The last party has signed."""
    placement.status = _target(
        placement, "agree", _("Praktikstedet har ikke sagt ja, eller aftalen er allerede på plads.")
    )


def start(session: Session, placement: Placement, *, today: date) -> None:
    target = _target(placement, "start", _("Kun et forløb med en underskrevet aftale kan begynde."))
    require(
        _("Praktikken kan ikke begynde endnu."),
        unmet(checks_for_start(session, placement, today=today)),
    )
    placement.status = target


def complete(session: Session, placement: Placement, *, today: date) -> None:
    target = _target(placement, "complete", _("Kun et forløb, der er i gang, kan gennemføres."))
    require(
        _("Praktikken kan ikke afsluttes som gennemført endnu."),
        unmet(checks_for_complete(session, placement, today=today)),
    )
    placement.status = target


def cancel(session: Session, placement: Placement, *, reason: str) -> None:
    """Called off before it began."""
    _end(
        placement,
        _target(placement, "cancel", _("Forløbet er begyndt eller slut og kan ikke aflyses.")),
        reason,
    )


def end_early(session: Session, placement: Placement, *, reason: str, today: date) -> None:
    """Stopped on the way; the last day is the day it stopped."""
    _end(
        placement,
        _target(placement, "end_early", _("Kun et forløb, der er i gang, kan stoppes før tid.")),
        reason,
    )
    placement.ends_on = max(placement.starts_on, min(placement.ends_on, today))


def _target(placement: Placement, verb: str, refusal: str) -> PlacementStatus:
    return target_of(TRANSITIONS, verb, placement.status, refusal)


def _ask_hosts(session: Session, placement: Placement, *, now: datetime) -> None:
    for host in hosts_to_ask(session, placement):
        outbox.notify(session, host, "task_accept", path=f"/placements/{placement.id}", now=now)


def _end(placement: Placement, target: PlacementStatus, reason: str) -> None:
    """Ended without being completed: the seat is offered again in the same step."""
    if not reason.strip():
        raise RuleBroken(_("Skriv en kort begrundelse."), field="reason")
    placement.status, placement.reason = target, reason.strip()
    _free_seat(placement)


def _free_seat(placement: Placement) -> None:
    if placement.offer is not None and placement.offer.status is OfferStatus.CLOSED:
        placement.offer.status = OfferStatus.OPEN
