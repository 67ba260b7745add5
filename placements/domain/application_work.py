"""What waits for the coordinator with applications, a line for each cohort: the day names no applicant."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from placements.domain import enrolments
from placements.domain.actors import Actor
from placements.domain.application_queue import moves_by_itself
from placements.domain.application_states import HOLDING, IN_LINE, TO_BE_ANSWERED
from placements.domain.tasks import Task, TaskGroup, group
from placements.formatting import local
from placements.i18n import Text, _
from placements.models.application_decisions import ApplicationDecision, DecisionKind
from placements.models.application_reviews import ApplicationReview
from placements.models.applications import Application
from placements.models.cohorts import Cohort
from placements.models.enrolments import Enrolment
from placements.models.programmes import Programme

STILL_FILLED = timedelta(days=14)
"""After a cohort has begun a seat may still be given to somebody who waits."""
BY_HAND = _("Holdet begynder så snart, at pladsen ikke bliver tilbudt af sig selv.")


def to_settle(session: Session, actor: Actor) -> list[TaskGroup]:
    """Applications nobody reads yet, and those read that lack an answer; nothing when there are none."""
    reviews = (
        select(
            ApplicationReview.application_id,
            func.count().label("given"),
            func.count(ApplicationReview.submitted_at).label("sent"),
        )
        .group_by(ApplicationReview.application_id)
        .subquery()
    )
    answered = select(ApplicationDecision.application_id)
    unread = func.count(case((reviews.c.given.is_(None), 1)))
    read = func.count(case((reviews.c.given == reviews.c.sent, 1)))
    counted = (
        select(Cohort.slug, Cohort.name, unread, read)
        .join(Application, Application.cohort_id == Cohort.id)
        .outerjoin(reviews, reviews.c.application_id == Application.id)
        .where(
            Cohort.programme_id.in_(actor.programme_ids),
            Application.status.in_(TO_BE_ANSWERED),
            Application.id.not_in(answered),
        )
        .group_by(Cohort.id, Cohort.slug, Cohort.name)
        .order_by(Cohort.name)
    )
    tasks = []
    for slug, name, nobody, ready in session.execute(counted):
        address = f"/applications/cohort/{slug}"
        if nobody:
            text = _("%(cohort)s: %(number)s er ikke fordelt", number=nobody, cohort=name)
            href = f"{address}/reviewers"
            tasks.append(Task(text, f"/applications?cohort={slug}", action=_("Fordel"), action_href=href))
        if ready:
            text = _("%(cohort)s: %(number)s er bedømt og mangler svar", number=ready, cohort=name)
            href = f"{address}/decisions"
            tasks.append(Task(text, f"{address}/ranking", action=_("Vælg svar"), action_href=href))
    return _when_any("applications-open", _("Ansøgninger, der venter på jer"), tasks)


def unsent(session: Session, actor: Actor) -> list[TaskGroup]:
    """Answers that are prepared and not sent; nothing when there are none."""
    counted = (
        select(Cohort.slug, Cohort.name, func.count())
        .join(Application, Application.cohort_id == Cohort.id)
        .join(ApplicationDecision, ApplicationDecision.application_id == Application.id)
        .where(Cohort.programme_id.in_(actor.programme_ids), ApplicationDecision.sent_at.is_(None))
        .group_by(Cohort.id, Cohort.slug, Cohort.name)
        .order_by(Cohort.name)
    )
    tasks = [
        Task(
            _("%(number)s svar på %(cohort)s er klar og ikke sendt", number=number, cohort=name),
            f"/applications/cohort/{slug}/decisions",
            action=_("Læs og send"),
            action_href=f"/applications/cohort/{slug}/decisions/letters",
        )
        for slug, name, number in session.execute(counted)
    ]
    return _when_any("application-letters", _("Svar til ansøgere, der ikke er sendt"), tasks)


def unanswered(session: Session, actor: Actor) -> list[TaskGroup]:
    """Offers of a seat that wait for the applicant; nothing when there are none."""
    counted = (
        select(Cohort.slug, Cohort.name, func.count(), func.min(ApplicationDecision.answer_by))
        .join(Application, Application.cohort_id == Cohort.id)
        .join(ApplicationDecision, ApplicationDecision.application_id == Application.id)
        .where(
            Cohort.programme_id.in_(actor.programme_ids),
            Application.status.in_(HOLDING),
            ApplicationDecision.kind == DecisionKind.OFFER,
            ApplicationDecision.sent_at.is_not(None),
        )
        .group_by(Cohort.id, Cohort.slug, Cohort.name)
        .order_by(Cohort.name)
    )
    tasks = [
        Task(
            _("%(number)s tilbud om plads på %(cohort)s er ikke besvaret", number=number, cohort=name),
            f"/applications/cohort/{slug}/decisions",
            _("Den første frist er %(day)s", day=local(first).date()) if first else "",
        )
        for slug, name, number, first in session.execute(counted)
    ]
    return _when_any("application-offers", _("Tilbud om plads, der venter på svar"), tasks)


def free_seats(session: Session, actor: Actor, *, today: date) -> list[TaskGroup]:
    """Seats that nobody has while people wait: somebody left, or it was too late for it to move up."""
    in_state = select(func.count(Application.id)).where(Application.cohort_id == Cohort.id)
    waiting = in_state.where(Application.status.in_(IN_LINE)).scalar_subquery()
    held = in_state.where(Application.status.in_(HOLDING)).scalar_subquery()
    taking_part = select(func.count(Enrolment.id)).where(
        Enrolment.cohort_id == Cohort.id, enrolments.taking_part()
    )
    free = (
        func.coalesce(Cohort.seats, Programme.selection_seats) - held - taking_part.scalar_subquery()
    ).label("free")
    chosen = (
        select(Cohort.slug, Cohort.name, Cohort.starts_on, free, waiting)
        .join(Programme, Programme.id == Cohort.programme_id)
        .where(
            Cohort.programme_id.in_(actor.programme_ids),
            Cohort.starts_on > today - STILL_FILLED,
            free > 0,
            waiting > 0,
        )
        .order_by(Cohort.name)
    )
    tasks = [
        Task(
            _("%(cohort)s: %(free)s ledig(e), %(waiting)s venter", cohort=name, free=free, waiting=waiting),
            f"/applications/cohort/{slug}/decisions",
            "" if moves_by_itself(starts_on, today=today) else BY_HAND,
        )
        for slug, name, starts_on, free, waiting in session.execute(chosen)
    ]
    return _when_any("application-seats", _("Ledige pladser, som nogen venter på"), tasks)


def _when_any(key: str, label: Text, tasks: list[Task]) -> list[TaskGroup]:
    """Most days there are none, and the day is long enough."""
    return [group(key, label, _("Ingen venter."), tasks)] if tasks else []
