"""Reviews: who may read an application, the scores of each reviewer, and when others may see them.

Reviewers are blind to each other: a score is shown to its own reviewer alone until every review of that
application is in, and there are as many as the programme asks for. A conflict of interest takes the
application away from the one who declares it, whatever else they are.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, delete, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload
from sqlalchemy.orm.attributes import flag_modified

from placements import encryption
from placements.domain import applications
from placements.domain.actors import Actor
from placements.domain.rules import RuleBroken, expect_version
from placements.i18n import _
from placements.models.application_reviews import (
    ApplicationConflict,
    ApplicationNote,
    ApplicationReview,
    ApplicationReviewPlan,
    ApplicationScore,
)
from placements.models.applications import Application, ApplicationStatus
from placements.models.cohorts import Cohort
from placements.models.programmes import CriterionKind, Programme

FEWEST = 2
LOWEST, HIGHEST = 1, 5
OVERALL = "overall"
LONGEST = 2000


# Visibility


def visible_to(actor: Actor) -> Select[Application]:
    """Coordinators: all submitted ones of their programmes. Reviewers: those assigned to them, until there
    is a decision. Nobody: their own, and one whose applicant they have said they are too near to."""
    coordinated = applications.coordinated_by(actor).with_only_columns(Application.id)
    assigned = select(ApplicationReview.application_id).where(ApplicationReview.reviewer_id == actor.id)
    return (
        select(Application)
        .join(Application.cohort)
        .where(
            or_(
                Application.id.in_(coordinated),
                Application.id.in_(assigned)
                & (Application.status == ApplicationStatus.SUBMITTED)
                & Cohort.programme_id.in_(actor.programme_ids | actor.teaching_ids),
            ),
            Application.id.not_in(applications.too_near(actor)),
        )
    )


def with_cohort(found: Select[Application]) -> Select[Application]:
    """The same, with all that reading one needs."""
    return found.options(
        joinedload(Application.cohort).joinedload(Cohort.programme).selectinload(Programme.criteria)
    )


# Questions


def plan_of(session: Session, cohort: Cohort) -> ApplicationReviewPlan:
    """As it is laid; until then one that is not kept: names shown, all weights alike."""
    found = session.scalar(select(ApplicationReviewPlan).where(ApplicationReviewPlan.cohort_id == cohort.id))
    return found or ApplicationReviewPlan(
        cohort_id=cohort.id, anonymous=False, weights={}, reviewer_ids=[], version=0
    )


def wanted(cohort: Cohort) -> int:
    """How many read each application: as the programme says, and never fewer than two."""
    return max(FEWEST, cohort.programme.selection_reviewers or FEWEST)


def criteria(programme: Programme) -> list[tuple[str, str]]:
    """Key and text of what is scored; where nothing is, the application as a whole."""
    reviewed = [(one.key, one.text) for one in programme.criteria if one.kind is CriterionKind.REVIEWED]
    return reviewed or [(OVERALL, _("Samlet vurdering"))]


def by_application(reviews: Iterable[ApplicationReview]) -> dict[int, list[ApplicationReview]]:
    found: dict[int, list[ApplicationReview]] = {}
    for review in reviews:
        found.setdefault(review.application_id, []).append(review)
    return found


def all_in(reviews: Sequence[ApplicationReview], needed: int) -> bool:
    """Whether there are enough, and none is missing."""
    return len(reviews) >= needed and all(review.submitted_at is not None for review in reviews)


def is_open(application: Application) -> bool:
    """It can be reviewed until there is a decision."""
    return application.status is ApplicationStatus.SUBMITTED


def of_cohort(session: Session, cohort: Cohort) -> dict[int, list[ApplicationReview]]:
    """By application, without their scores."""
    found = select(ApplicationReview).join(ApplicationReview.application)
    return by_application(session.scalars(found.where(Application.cohort_id == cohort.id)))


def of_application(session: Session, application: Application) -> list[ApplicationReview]:
    return list(
        session.scalars(
            select(ApplicationReview)
            .options(joinedload(ApplicationReview.reviewer), selectinload(ApplicationReview.scores))
            .where(ApplicationReview.application_id == application.id)
            .order_by(ApplicationReview.id)
        )
    )


def own_of(actor: Actor) -> Select[ApplicationReview]:
    """What this person has to score, of the applications they may read."""
    read = visible_to(actor).with_only_columns(Application.id)
    return select(ApplicationReview).where(
        ApplicationReview.reviewer_id == actor.id, ApplicationReview.application_id.in_(read)
    )


def own_review(reviews: Iterable[ApplicationReview], actor: Actor) -> ApplicationReview | None:
    return next((review for review in reviews if review.reviewer_id == actor.id), None)


def hides_name(
    plan: ApplicationReviewPlan, application: Application, reviews: Sequence[ApplicationReview], actor: Actor
) -> bool:
    """In an anonymous review: from those who only review; from a coordinator who does, until all are in or
    there is a decision."""
    if not plan.anonymous:
        return False
    if application.cohort.programme_id not in actor.programme_ids:
        return True
    reads = is_open(application) and own_review(reviews, actor) is not None
    return reads and not all_in(reviews, wanted(application.cohort))


@dataclass(frozen=True, slots=True)
class Shown:
    """A score as it is read: the criterion's key, the points, and why."""

    criterion: str
    points: int | None
    reason: str


def scores_of(review: ApplicationReview) -> dict[str, Shown]:
    return {
        score.criterion: Shown(
            score.criterion,
            score.points,
            encryption.show(score.reason, place_of(score)) if score.reason else "",
        )
        for score in review.scores
    }


def place_of(score: ApplicationScore) -> str:
    """What the encrypted reason is bound to."""
    return f"application_score.reason.{score.uid}"


def shown_to(
    application: Application, reviews: Sequence[ApplicationReview]
) -> list[tuple[ApplicationReview, dict[str, Shown]]]:
    """Every review with its scores when all are in; nothing at all before that, to anybody."""
    if not all_in(reviews, wanted(application.cohort)):
        return []
    return [(review, scores_of(review)) for review in reviews]


def scoring_has_begun(session: Session, cohort: Cohort) -> bool:
    """Somebody has saved something: the weights stand from then on."""
    saved = (
        select(func.count(ApplicationReview.id))
        .join(ApplicationReview.application)
        .where(Application.cohort_id == cohort.id, ApplicationReview.saved_at.is_not(None))
    )
    return session.execute(saved).scalar_one() > 0


# Actions: the plan


def lay_plan(
    session: Session,
    cohort: Cohort,
    *,
    version: int,
    anonymous: bool,
    weights: Mapping[str, int],
    reviewer_ids: Iterable[int],
) -> ApplicationReviewPlan:
    """Weights and names are settled before anybody scores. Raises `RuleBroken` after that."""
    plan = plan_of(session, cohort)
    expect_version(plan, version)
    chosen = {key: weights.get(key, 1) for key, _text in criteria(cohort.programme)}
    before = {key: plan.weights.get(key, 1) for key in chosen}
    changed = chosen != before or anonymous != plan.anonymous
    if changed and scoring_has_begun(session, cohort):
        raise RuleBroken(
            _("Der er allerede givet point, så vægtene og valget om navne kan ikke ændres mere.")
        )
    if not any(chosen.values()):
        raise RuleBroken(_("Mindst ét krav skal tælle med. Giv det vægten 1 eller mere."))
    plan.anonymous, plan.weights, plan.reviewer_ids = anonymous, chosen, sorted(reviewer_ids)
    session.add(plan)
    return plan


# Actions: a reviewer's own


def save(
    review: ApplicationReview,
    *,
    version: int,
    points: Mapping[str, int | None],
    reasons: Mapping[str, str],
    now: datetime,
) -> None:
    """A draft, for the reviewer alone."""
    _refuse_closed(review)
    expect_version(review, version)
    kept = {score.criterion: score for score in review.scores}
    for key, _text in criteria(review.application.cohort.programme):
        score = kept.get(key) or _new_score(review, key)
        score.points = points.get(key)
        reason = reasons.get(key, "")
        score.reason = encryption.hide(reason, place_of(score)) if reason else None
    review.saved_at = now
    flag_modified(review, "saved_at")


def _new_score(review: ApplicationReview, key: str) -> ApplicationScore:
    score = ApplicationScore(uid=secrets.token_hex(16), criterion=key)
    review.scores.append(score)
    return score


def submit(
    review: ApplicationReview,
    *,
    version: int,
    points: Mapping[str, int | None],
    reasons: Mapping[str, str],
    now: datetime,
) -> None:
    """For good: nobody changes a review after having seen the others'."""
    save(review, version=version, points=points, reasons=reasons, now=now)
    for number, (key, _text) in enumerate(criteria(review.application.cohort.programme), 1):
        if points.get(key) is None:
            raise RuleBroken(_("Vælg et tal fra 1 til 5."), field=f"points_{number}")
        if not reasons.get(key):
            raise RuleBroken(_("Skriv kort hvorfor."), field=f"reason_{number}")
    review.submitted_at = now


def _refuse_closed(review: ApplicationReview) -> None:
    if review.submitted_at is not None:
        raise RuleBroken(_("Din bedømmelse er sendt og kan ikke ændres."))
    if not is_open(review.application):
        raise RuleBroken(_("Der er truffet en afgørelse, så ansøgningen kan ikke bedømmes mere."))


def declare_conflict(session: Session, application: Application, actor: Actor) -> None:
    """The application is gone from this person, with all they wrote of it. Why, nobody asks."""
    session.add(ApplicationConflict(application_id=application.id, reviewer_id=actor.id))
    for review in of_application(session, application):
        if review.reviewer_id == actor.id:
            session.delete(review)
    noted = ApplicationNote.application_id == application.id, ApplicationNote.author_id == actor.id
    session.execute(delete(ApplicationNote).where(*noted))
    session.flush()
