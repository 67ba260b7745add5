"""What an applicant answers to an offer: yes makes them a participant, no gives the seat to the next."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from placements.domain import (
    application_answers,
    application_payment_start,
    application_queue,
    cohorts,
    enrolments,
    users,
)
from placements.domain.application_states import (
    NO_OFFER,
    TRANSITIONS,
    has_accepted,
    has_declined,
)
from placements.domain.rules import RuleBroken, target_of
from placements.i18n import _
from placements.models.applications import Application
from placements.models.cohorts import Cohort
from placements.models.enrolments import Enrolment
from placements.models.programmes import Audience
from placements.models.users import Role, User

TOO_LATE = _("Fristen for at svare er gået, så pladsen kan gå til en anden. Sig til, hvis det er en fejl.")
CALL_US = _(
    "Der er noget, vi skal ordne, før du kan sige ja. Kontakt os. Pladsen er din, til fristen er gået."
)


def accept(session: Session, application: Application, *, now: datetime) -> Enrolment | None:
    """The enrolment, made now or by an earlier click. Raises `RuleBroken` after the deadline."""
    application = application_queue.locked(session, application)
    offer = application_queue.open_offer(session, application.id)
    if offer is None:
        raise RuleBroken(NO_OFFER)
    if has_accepted(application):
        return offer.enrolment
    target = target_of(TRANSITIONS, "accept", application.status, TOO_LATE if offer.lapsed_at else NO_OFFER)
    if application_queue.is_late(offer, now=now):
        raise RuleBroken(TOO_LATE)
    offer.enrolment = _enrol(session, application, now=now)
    application.status, offer.answered_at = target, now
    session.flush()
    application_payment_start.follow(session, application, offer.enrolment)
    return offer.enrolment


def decline(session: Session, application: Application, *, now: datetime) -> None:
    """The next in line is offered the seat in the same transaction. A second click changes nothing."""
    application = application_queue.locked(session, application)
    offer = application_queue.open_offer(session, application.id)
    if has_declined(application):
        return
    application.status = target_of(TRANSITIONS, "decline", application.status, NO_OFFER)
    if offer is not None:
        offer.answered_at = now
    application_queue.move_up(session, application.cohort, now=now)


def _enrol(session: Session, application: Application, *, now: datetime) -> Enrolment:
    """Name, address, telephone and municipality are carried over, and nothing else."""
    answers, cohort = application_answers.read(application), application.cohort
    user = _user(session, answers.email, answers.name, now=now)
    user.phone = user.phone or answers.phone or None
    if user.created_at == now:
        user.locale = application.locale
    known = session.scalar(
        select(Enrolment).where(Enrolment.cohort_id == cohort.id, Enrolment.user_id == user.id)
    )
    if known is not None:
        if not enrolments.is_active(known):
            raise RuleBroken(CALL_US)
        return known
    municipality = answers.municipality or None
    return enrolments.enrol(
        session, cohort, user, audience=_audience(cohort), municipality=municipality, offered=True
    )


def _user(session: Session, email: str, name: str, *, now: datetime) -> User:
    """Found by the address or made. The mail to somebody new on a programme says how to sign in."""
    try:
        return users.invite(session, email, name=name, role=Role.STUDENT, now=now)
    except RuleBroken as closed:
        raise RuleBroken(CALL_US) from closed


def _audience(cohort: Cohort) -> Audience:
    """A student, or the only one that the programme is for."""
    offered = cohorts.audiences(cohort)
    return offered[0] if len(offered) == 1 else Audience.STUDENT
