"""The seats of a cohort against its offers, and the waiting list. It moves up as seats come free."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session, joinedload

from placements.domain import (
    application_answers,
    application_decision_texts,
    application_letters,
    cohort_seats,
    enrolments,
    outbox,
    public_holidays,
)
from placements.domain.application_letters import Writer
from placements.domain.application_states import ANSWERED, HOLDING, IN_LINE, TRANSITIONS, VERB_OF
from placements.domain.application_windows import MINUTE
from placements.domain.rules import RuleBroken, target_of
from placements.formatting import COPENHAGEN, local
from placements.i18n import _
from placements.models.application_decisions import ApplicationDecision, DecisionKind
from placements.models.applications import Application
from placements.models.cohorts import Cohort
from placements.models.enrolments import Enrolment

DAYS_TO_ANSWER = 5
"""For whoever is offered a seat that has come free; until noon that day, or the next working day."""
GONE = _("Ansøgningen er slettet, så der er ikke mere at svare på.")


@dataclass(frozen=True, slots=True)
class Seats:
    """`total` is None where nobody has said how many there are (V-07)."""

    total: int | None
    enrolled: int
    offered: int

    @property
    def free(self) -> int:
        """Neither taken nor offered; none, where nobody knows how many there are."""
        return max((self.total or 0) - self.enrolled - self.offered, 0)


# Questions


def seats(session: Session, cohort: Cohort) -> Seats:
    taken = select(func.count()).where(Enrolment.cohort_id == cohort.id, enrolments.taking_part())
    enrolled = session.execute(taken).scalar_one()
    return Seats(cohort_seats.seats_of(cohort), enrolled, cohort_seats.held(session, cohort))


def in_line(session: Session, cohort: Cohort) -> list[tuple[Application, int]]:
    """Who waits and their place, the first in line first: as it stands now, whatever was read before."""
    query = (
        select(ApplicationDecision)
        .join(ApplicationDecision.application)
        .options(joinedload(ApplicationDecision.application))
        .where(
            Application.cohort_id == cohort.id,
            Application.status.in_(IN_LINE),
            ApplicationDecision.kind == DecisionKind.WAITING_LIST,
            ApplicationDecision.sent_at.is_not(None),
        )
        .order_by(ApplicationDecision.id)
        .execution_options(populate_existing=True)
    )
    newest = {decision.application_id: decision for decision in session.scalars(query)}
    ordered = sorted(newest.values(), key=lambda decision: (decision.place or 0, decision.id))
    return [(decision.application, decision.place or 0) for decision in ordered]


def open_offer(session: Session, application_id: int) -> ApplicationDecision | None:
    """The offer that was sent, answered or not: there is only ever one."""
    return session.scalar(
        select(ApplicationDecision).where(
            ApplicationDecision.application_id == application_id,
            ApplicationDecision.kind == DecisionKind.OFFER,
            ApplicationDecision.sent_at.is_not(None),
        )
    )


def is_late(decision: ApplicationDecision, *, now: datetime) -> bool:
    """In the deadline's own minute it still counts."""
    return decision.answer_by is not None and now >= decision.answer_by + MINUTE


def deadline_after(now: datetime, cohort: Cohort) -> datetime:
    """Noon some days from now, when somebody can be called, and never after the cohort has begun."""
    day = local(now).date() + timedelta(days=DAYS_TO_ANSWER)
    while not public_holidays.is_working_day(day):
        day += timedelta(days=1)
    noon = datetime.combine(day, time(12), tzinfo=COPENHAGEN)
    return min(noon, datetime.combine(cohort.starts_on, time(0), tzinfo=COPENHAGEN))


def moves_by_itself(starts_on: date, *, today: date) -> bool:
    """Until the day before the cohort begins: nobody is given less than a day to answer."""
    return today < starts_on - timedelta(days=1)


# Actions


def locked(session: Session, application: Application) -> Application:
    """As it stands when nobody else gives or takes a seat. Raises `RuleBroken` when it is gone."""
    cohort_seats.lock(session, application.cohort_id)
    chosen = select(Application).where(Application.id == application.id)
    fresh = session.scalar(chosen.execution_options(populate_existing=True))
    if fresh is None:
        raise RuleBroken(GONE)
    return fresh


def send(session: Session, writer: Writer, decision: ApplicationDecision, *, now: datetime) -> None:
    """From now on it is the applicant's answer: state, letter and a mail with the link."""
    application = decision.application
    application.status = target_of(TRANSITIONS, VERB_OF[decision.kind], application.status, ANSWERED)
    decision.sent_at = now
    application_decision_texts.write_letter(decision, letter_of(writer, decision))
    outbox.notify_applicant(session, application, "application_decision", now=now)


def letter_of(writer: Writer, decision: ApplicationDecision) -> str:
    """As it reads now, before it is sent."""
    application = decision.application
    return application_letters.written(
        writer,
        application,
        decision,
        name=application_answers.read(application).name,
        reasons=application_decision_texts.reasons(decision),
    )


def move_up(session: Session, cohort: Cohort, *, now: datetime) -> Application | None:
    """A seat has come free: the next in line is offered it at once, with a new deadline.

    One seat, one offer: seats that were kept back stay so. From the day before it begins, people decide.
    """
    cohort_seats.lock(session, cohort.id)
    session.flush()
    if not moves_by_itself(cohort.starts_on, today=local(now).date()) or not seats(session, cohort).free:
        return None
    if not (waiting := in_line(session, cohort)):
        return None
    application, place = waiting[0]
    _drop_prepared(session, application)
    decision = ApplicationDecision(
        uid=application_decision_texts.new_uid(),
        application=application,
        kind=DecisionKind.OFFER,
        place=place,
        prepared_at=now,
        answer_by=deadline_after(now, cohort),
    )
    session.add(decision)
    send(session, application_letters.writer(session, cohort), decision, now=now)
    session.flush()
    return application


def _drop_prepared(session: Session, application: Application) -> None:
    session.execute(
        delete(ApplicationDecision).where(
            ApplicationDecision.application_id == application.id, ApplicationDecision.sent_at.is_(None)
        )
    )


# Actions: what nobody answered


def due(session: Session, *, now: datetime) -> list[ApplicationDecision]:
    """Offers whose deadline has passed without an answer."""
    query = (
        select(ApplicationDecision)
        .join(ApplicationDecision.application)
        .options(joinedload(ApplicationDecision.application).joinedload(Application.cohort))
        .where(
            Application.status.in_(HOLDING),
            ApplicationDecision.kind == DecisionKind.OFFER,
            ApplicationDecision.sent_at.is_not(None),
            ApplicationDecision.answer_by <= now - MINUTE,
        )
        .order_by(ApplicationDecision.answer_by, ApplicationDecision.id)
        .execution_options(populate_existing=True)
    )
    return list(session.scalars(query))


def lapse_due(session: Session, *, now: datetime) -> int:
    """Each of them lapses, and the list moves up. How many."""
    cohort_seats.lock(session, *{decision.application.cohort_id for decision in due(session, now=now)})
    found = due(session, now=now)
    for decision in found:
        application = decision.application
        application.status = target_of(TRANSITIONS, "lapse", application.status, ANSWERED)
        decision.lapsed_at = now
        move_up(session, application.cohort, now=now)
    return len(found)
