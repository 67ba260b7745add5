"""One student's practicum at one unit: who sees it, what is asked about it, and the verbs that carry it on.

The states stand in `placement_states`, the gates in `placement_gates`, seats and periods in `placement_fit`,
and how it is laid and changed in `placement_changes`; what others need of them is found here.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, and_, false, or_, select
from sqlalchemy.orm import Session

from placements.domain import clearances, enrolments, outbox, own_enrolments, pauses, users
from placements.domain.actors import Actor
from placements.domain.placement_changes import (
    ask_hosts,
    choose_legal_basis,
    create,
    edit,
    free_seat,
    is_editable,
    may_change_unit,
    name_supervisor,
    refresh_search,
)
from placements.domain.placement_fit import (
    check_last_seat,
    length_warning,
    lock_for_answer,
    possible_supervisors,
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
    CALLED_OFF,
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
    refuse_unless_open,
    speaks_as,
    verbs_for,
    verbs_of,
)
from placements.domain.rules import RuleBroken, require
from placements.i18n import Text, _
from placements.models.cohorts import Cohort
from placements.models.enrolments import Enrolment
from placements.models.offers import Offer
from placements.models.placements import Placement
from placements.models.users import User

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
    "UNACCEPTED",
    "UNANSWERED",
    "checks_for_accept",
    "checks_for_agreement",
    "checks_for_complete",
    "checks_for_propose",
    "checks_for_start",
    "choose_legal_basis",
    "create",
    "edit",
    "is_editable",
    "may_change_unit",
    "name_supervisor",
    "next_gate",
    "possible_supervisors",
    "refresh_search",
    "refuse_unless_open",
    "speaks_as",
    "taken_seats",
    "verbs_for",
    "verbs_of",
]


# Visibility


def _scope(actor: Actor) -> ColumnElement[bool]:
    """Coordinators: their programmes. Hosts: what they were asked. Students: what a host has said yes to."""
    if actor.id is None:
        return false()
    own = own_enrolments.ids_of(actor)
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


def answered_by(actor: Actor) -> Select[Placement]:
    """Those where this person speaks for the unit, or for the programme."""
    asked = and_(Placement.unit_id.in_(actor.unit_ids), Placement.status.in_(SEEN_BY_HOST))
    return select(Placement).where(or_(Placement.programme_id.in_(actor.programme_ids), asked))


def asked_of(actor: Actor) -> Select[Placement]:
    """As `answered_by`, and those called off at the unit meanwhile: an answer is met with a sentence."""
    called_off = and_(Placement.unit_id.in_(actor.unit_ids), Placement.status.in_(CALLED_OFF))
    asked = and_(Placement.unit_id.in_(actor.unit_ids), Placement.status.in_(SEEN_BY_HOST))
    return select(Placement).where(or_(Placement.programme_id.in_(actor.programme_ids), asked, called_off))


def offers_to_fill(actor: Actor) -> Select[Offer]:
    """Offers to the cohorts that this coordinator places people of, but for units that are set aside."""
    own = select(Cohort.id).where(Cohort.programme_id.in_(actor.programme_ids))
    return select(Offer).where(Offer.cohort_id.in_(own), Offer.unit_id.not_in(pauses.paused_ids()))


# Questions


def is_visible(session: Session, placement: Placement, actor: Actor) -> bool:
    """Whether this person still sees it after what was done."""
    return session.scalar(visible_ids(actor).where(Placement.id == placement.id)) is not None


def hosts_to_ask(session: Session, placement: Placement) -> list[User]:
    """Who can answer for the unit."""
    return users.hosts_of(session, placement.unit_id)


def warnings(session: Session, placement: Placement) -> list[Text]:
    """What somebody should know, though nothing forbids it."""
    length = length_warning(placement)
    found = [length] if length else []
    if placement.status in MOVABLE and not hosts_to_ask(session, placement):
        found.append(_("Ingen på praktikstedet kan logge ind og svare. Invitér en praktikvært."))
    if placement.status in OCCUPYING - FINISHED:
        found += clearances.warnings(session, placement)
    return found


def is_accepted(placement: Placement) -> bool:
    """The host has said yes, and nothing has ended it since."""
    return placement.status in EDITABLE and placement.status not in UNACCEPTED


def awaits_agreement(placement: Placement) -> bool:
    return placement.status in TRANSITIONS["agree"].sources


def lacks_supervisor(placement: Placement) -> bool:
    return is_accepted(placement) and placement.supervisor_id is None


def placed_enrolment_ids() -> Select[int]:
    """For use inside other statements: courses with a placement that takes a seat."""
    return select(Placement.enrolment_id).where(Placement.status.in_(OCCUPYING))


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


def propose(session: Session, placement: Placement, *, now: datetime) -> None:
    """Ask the unit: every host gets a mail with a link to the placement."""
    target = refuse_unless_open(placement, "propose")
    require(_("Forløbet kan ikke foreslås endnu."), unmet(checks_for_propose(session, placement)))
    placement.status = target
    ask_hosts(session, placement, now=now)


def accept(session: Session, placement: Placement, *, now: datetime) -> None:
    """The unit says yes, and the student is told that there is news.

    Of two who say yes to the last seat at the same moment one gets it, and the other is told.
    """
    lock_for_answer(session, placement)
    target = refuse_unless_open(placement, "accept")
    check_last_seat(session, placement)
    require(_("Der kan ikke siges ja til forløbet endnu."), unmet(checks_for_accept(session, placement)))
    placement.status = target
    outbox.notify(session, placement.enrolment.user, "practicum_news", path="/my", now=now)


def decline(session: Session, placement: Placement, *, reason: str, now: datetime) -> None:
    """The unit says no, and the coordinators are told."""
    _end(placement, "decline", reason)
    for coordinator in users.coordinators_of(session, placement.programme_id):
        outbox.notify(session, coordinator, "placement_declined", path=f"/placements/{placement.id}", now=now)


def agree(session: Session, placement: Placement) -> None:
    """The last party has signed."""
    placement.status = refuse_unless_open(placement, "agree")


def start(session: Session, placement: Placement, *, today: date) -> None:
    target = refuse_unless_open(placement, "start")
    checks = checks_for_start(session, placement, today=today)
    require(_("Praktikken kan ikke begynde endnu."), unmet(checks))
    placement.status = target


def complete(session: Session, placement: Placement, *, today: date) -> None:
    target = refuse_unless_open(placement, "complete")
    checks = checks_for_complete(session, placement, today=today)
    require(_("Praktikken kan ikke afsluttes som gennemført endnu."), unmet(checks))
    placement.status = target


def cancel(session: Session, placement: Placement, *, reason: str, now: datetime) -> None:
    """Called off before it began. Those who knew of it are told."""
    told = _those_who_know(session, placement)
    _end(placement, "cancel", reason)
    _tell(session, told, now=now)


def end_early(session: Session, placement: Placement, *, reason: str, today: date, now: datetime) -> None:
    """Stopped on the way; the last day is the day it stopped."""
    told = _those_who_know(session, placement)
    _end(placement, "end_early", reason)
    _tell(session, told, now=now)
    placement.ends_on = max(placement.starts_on, min(placement.ends_on, today))


def turn_down(session: Session, placement: Placement, *, reason: str, now: datetime) -> None:
    """The student has said no. The unit is told that there is news, the coordinators where to read why."""
    hosts = hosts_to_ask(session, placement)
    _end(placement, "cancel", reason)
    _tell(session, dict.fromkeys(hosts, "/host"), now=now)
    for coordinator in users.coordinators_of(session, placement.programme_id):
        path = f"/placements/{placement.id}"
        outbox.notify(session, coordinator, "practicum_news", path=path, now=now)


def _those_who_know(session: Session, placement: Placement) -> dict[User, str]:
    """Host and student, as far as they can see the placement now, and each one's home."""
    told: dict[User, str] = {}
    if placement.status in SEEN_BY_HOST:
        told |= dict.fromkeys(hosts_to_ask(session, placement), "/host")
    if placement.status in SEEN_BY_STUDENT:
        told[placement.enrolment.user] = "/my"
    return told


def _tell(session: Session, told: dict[User, str], *, now: datetime) -> None:
    for person, home in told.items():
        outbox.notify(session, person, "practicum_news", path=home, now=now)


def _end(placement: Placement, verb: str, reason: str) -> None:
    """Ended without being completed: the seat is offered again in the same step."""
    target = refuse_unless_open(placement, verb)
    if not reason.strip():
        raise RuleBroken(_("Skriv en kort begrundelse."), field="reason")
    free_seat(placement)
    placement.status, placement.reason = target, reason.strip()
