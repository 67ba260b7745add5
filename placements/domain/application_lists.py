"""Applications as a list: what a coordinator or a reviewer has to do, and how far the reviews are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from placements.domain import application_answers, application_reviews, application_steps
from placements.domain.actors import Actor
from placements.domain.application_answers import Answers
from placements.domain.tasks import Task, TaskGroup, group
from placements.i18n import Text, _
from placements.models.application_reviews import ApplicationReview
from placements.models.applications import Application, ApplicationStatus
from placements.models.cohorts import Cohort
from placements.models.programmes import CriterionKind
from placements.words import word

A_PAGE = 25


@dataclass(frozen=True, slots=True)
class Line:
    """`name` is empty where the review is anonymous to this person, None where it cannot be read.

    `own`: their review of it, if any.
    """

    application: Application
    name: str | None
    given: int
    submitted: int
    own: ApplicationReview | None


@dataclass(frozen=True, slots=True)
class Page:
    """`total` counts all behind the filter; the next page begins `after` this one, None on the last page."""

    lines: list[Line]
    total: int
    after: int | None


def cohorts_of(session: Session, actor: Actor) -> list[Cohort]:
    """Those with applications that this person may read, the newest first."""
    read = application_reviews.visible_to(actor).with_only_columns(Application.cohort_id)
    return list(
        session.scalars(
            select(Cohort)
            .options(joinedload(Cohort.programme))
            .where(Cohort.id.in_(read))
            .order_by(Cohort.starts_on.desc(), Cohort.id)
        )
    )


def page(
    session: Session,
    actor: Actor,
    cohort: Cohort,
    *,
    status: ApplicationStatus | None = None,
    after: int | None = None,
) -> Page:
    """In the order they were begun, those of one state if it is given; names are opened for these alone."""
    mine = application_reviews.visible_to(actor).where(Application.cohort_id == cohort.id)
    if status is not None:
        mine = mine.where(Application.status == status)
    total = session.execute(mine.with_only_columns(func.count())).scalar_one()
    found = list(session.scalars(_after(mine, after).order_by(Application.id).limit(A_PAGE + 1)))
    shown = found[:A_PAGE]
    return Page(
        _lines(session, actor, cohort, shown), total, shown[-1].id if len(found) > len(shown) else None
    )


def _after(query: Select[Application], after: int | None) -> Select[Application]:
    return query.where(Application.id > after) if after is not None else query


def _lines(session: Session, actor: Actor, cohort: Cohort, found: Sequence[Application]) -> list[Line]:
    plan = application_reviews.plan_of(session, cohort)
    reviews = application_reviews.by_application(
        session.scalars(
            select(ApplicationReview).where(ApplicationReview.application_id.in_([one.id for one in found]))
        )
    )
    lines = []
    for one in found:
        given = reviews.get(one.id, [])
        hidden = application_reviews.hides_name(plan, one, given, actor)
        lines.append(
            Line(
                application=one,
                name="" if hidden else application_answers.name_of(one),
                given=len(given),
                submitted=sum(1 for review in given if review.submitted_at is not None),
                own=application_reviews.own_review(given, actor),
            )
        )
    return lines


def names(session: Session, actor: Actor, cohort: Cohort) -> dict[int, str]:
    """By application: what they are called, of those whose name this person may see."""
    found = session.scalars(application_reviews.visible_to(actor).where(Application.cohort_id == cohort.id))
    return {
        line.application.id: line.name for line in _lines(session, actor, cohort, list(found)) if line.name
    }


def next_to_review(session: Session, actor: Actor, application: Application) -> int | None:
    """The next of this cohort that waits for this reviewer; None when all theirs are done."""
    waits = (
        application_reviews.visible_to(actor)
        .join(ApplicationReview, ApplicationReview.application_id == Application.id)
        .where(
            Application.cohort_id == application.cohort_id,
            ApplicationReview.reviewer_id == actor.id,
            ApplicationReview.submitted_at.is_(None),
            Application.status == ApplicationStatus.SUBMITTED,
        )
    )
    return session.scalar(
        waits.with_only_columns(Application.id).order_by(Application.id <= application.id, Application.id)
    )


def waiting(session: Session, actor: Actor) -> list[TaskGroup]:
    """What this reviewer has to read, by its number alone; no tile where there is nothing."""
    rows = session.scalars(
        application_reviews.own_of(actor)
        .join(ApplicationReview.application)
        .options(contains_eager(ApplicationReview.application).joinedload(Application.cohort))
        .where(ApplicationReview.submitted_at.is_(None), Application.status == ApplicationStatus.SUBMITTED)
        .order_by(ApplicationReview.id)
    )
    tasks = [
        Task(
            review.application.reference or "",
            f"/applications/{review.application_id}",
            review.application.cohort.name,
        )
        for review in rows
    ]
    label = _("Ansøgninger, du skal bedømme")
    return [group("applications", label, _("Alle er bedømt."), tasks, "/applications")] if tasks else []


def met_criteria(application: Application, answers: Answers) -> list[tuple[str, Text, Text]]:
    """Each criterion with how it is settled, and how it came out: computed, declared or to be reviewed."""
    return [
        (one.text, word(one.kind), _outcome(application, answers, one.key, one.kind))
        for one in application.cohort.programme.criteria
    ]


def _outcome(application: Application, answers: Answers, key: str, kind: CriterionKind) -> Text:
    if kind is CriterionKind.DECLARED:
        return _("Ja") if answers.declared.get(key) else _("Ikke sat kryds")
    if kind is CriterionKind.REVIEWED:
        return _("Se svaret")
    if key == application_steps.RESIDENCE and application.residence:
        return word(application.residence)
    if key == application_steps.AGE and answers.born_on:
        adult = application_steps.is_adult(answers.born_on, on=application.cohort.starts_on)
        return _("Opfyldt") if adult else _("Ikke opfyldt")
    return _("Kan ikke regnes ud af ansøgningen")
