"""A student says yes or no to the seat that a host has said yes to. A no frees the seat in the same step."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Select, or_
from sqlalchemy.orm import Session

from placements.domain import agreement_states, own_enrolments, placements
from placements.domain.actors import Actor
from placements.domain.placement_states import ASKS_STUDENT
from placements.domain.rules import RuleBroken
from placements.domain.student_answer_states import (
    answered_ids,
    declined_ids,
    is_yes,
    of_placement,
    write,
)
from placements.domain.tasks import Task, TaskGroup, at_unit, group
from placements.i18n import _
from placements.models.agreements import Party
from placements.models.placements import Placement
from placements.models.student_answers import Answer, DeclineReason
from placements.words import word

# Visibility


def answerable_by(actor: Actor) -> Select[Placement]:
    """The student's own, once a host has said yes; and those that the coordinator answers for."""
    own = own_enrolments.ids_of(actor)
    seen = placements.visible_to(actor)
    return seen.where(or_(Placement.enrolment_id.in_(own), Placement.programme_id.in_(actor.programme_ids)))


# Questions


def may_answer(session: Session, placement: Placement) -> bool:
    """The host has said yes, and the student has not signed."""
    return placement.status in ASKS_STUDENT and not _has_signed(session, placement)


def _has_signed(session: Session, placement: Placement) -> bool:
    agreement = agreement_states.of_placement(session, placement.id)
    signatures = agreement.current.signatures if agreement is not None else []
    return any(signature.party is Party.STUDENT for signature in signatures)


# Actions


def say_yes(session: Session, placement: Placement, actor: Actor, *, now: datetime) -> None:
    """The student wants the seat; the coordinator may write it for them."""
    _refuse_unless_asked(session, placement)
    if is_yes(of_placement(session, placement.id)):
        raise RuleBroken(_("Der er allerede sagt ja til pladsen."))
    write(session, placement, Answer.YES, by_id=actor.id or placement.enrolment.user_id, now=now)


def say_no(
    session: Session, placement: Placement, actor: Actor, *, reason: DeclineReason | None, now: datetime
) -> None:
    """The seat is offered again in the same step; the unit and the coordinators are told."""
    _refuse_unless_asked(session, placement)
    chosen = reason or DeclineReason.UNSAID
    write(
        session, placement, Answer.NO, reason=chosen, by_id=actor.id or placement.enrolment.user_id, now=now
    )
    why = _("Den studerende sagde nej tak: %(reason)s", reason=word(chosen))
    placements.turn_down(session, placement, reason=str(why), now=now)


def _refuse_unless_asked(session: Session, placement: Placement) -> None:
    """Of two who answer at the same moment the second waits, and is told."""
    session.flush()
    session.refresh(placement, with_for_update=True)
    if placement.status not in ASKS_STUDENT:
        raise RuleBroken(_("Pladsen venter ikke på et svar fra den studerende."))
    if _has_signed(session, placement):
        raise RuleBroken(
            _("Aftalen er allerede underskrevet. Tal med koordinatoren, hvis noget skal være anderledes.")
        )


# Work


def waiting(session: Session, actor: Actor, today: date) -> list[Task]:
    """The student's own seats without an answer; once the agreement is there, the signature is the answer."""
    own = own_enrolments.ids_of(actor)
    chosen = (
        placements.visible_to(actor)
        .where(
            Placement.enrolment_id.in_(own),
            Placement.status.in_(ASKS_STUDENT),
            Placement.id.not_in(answered_ids()),
            Placement.id.not_in(agreement_states.sent_placement_ids()),
        )
        .order_by(Placement.starts_on, Placement.id)
    )
    return [
        Task(_("Vil du have pladsen hos %(unit)s?", unit=unit), f"/placements/{placement.id}")
        for placement, unit in at_unit(session, chosen, today=today)
    ]


def turned_down(session: Session, actor: Actor, *, today: date) -> TaskGroup:
    """Students who said no and have no other placement yet: for their coordinators."""
    chosen = (
        placements.coordinated_by(actor)
        .where(
            Placement.id.in_(declined_ids()), Placement.enrolment_id.not_in(placements.placed_enrolment_ids())
        )
        .order_by(Placement.starts_on, Placement.id)
    )
    tasks = [
        Task(
            _("%(name)s hos %(unit)s", name=placement.student_name, unit=unit),
            f"/placements/{placement.id}",
            placement.reason or "",
        )
        for placement, unit in at_unit(session, chosen, today=today)
    ]
    return group(
        "turned-down",
        _("Sagt nej tak af den studerende"),
        _("Ingen studerende har sagt nej til en plads uden at have fået en anden."),
        tasks,
    )
