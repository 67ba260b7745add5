"""The ranked list: what the reviews come to, with ties shown and never decided by the machine.

The points of an application are the weighted mean of its reviews, exact, once all of them are in. Nobody is
told a figure before that: not the reviewers, and not whoever coordinates.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from placements.domain import application_reviews
from placements.i18n import _
from placements.models.application_reviews import ApplicationReview
from placements.models.applications import Application, ApplicationStatus
from placements.models.cohorts import Cohort


@dataclass(frozen=True, slots=True)
class Ranked:
    """`points` and `rank` are None while a review is missing. Those with the same points share a rank."""

    application: Application
    points: Fraction | None
    rank: int | None
    tied: bool
    complete: bool


def mean(scores: Mapping[str, int], weights: Mapping[str, int]) -> Fraction:
    """One review's points: each criterion counts as its weight says, 1 where none is said."""
    counted = {key: weights.get(key, 1) for key in scores}
    whole = sum(counted.values())
    return Fraction(sum(scores[key] * weight for key, weight in counted.items()), whole or 1)


def points_of(reviews: Sequence[Mapping[str, int]], weights: Mapping[str, int]) -> Fraction:
    return sum((mean(scores, weights) for scores in reviews), Fraction()) / len(reviews)


def ranks(points: Mapping[int, Fraction]) -> dict[int, tuple[int, bool]]:
    """By id: the place, and whether others have it too. Two in second place: nobody is third."""
    same = Counter(points.values())
    return {
        key: (1 + sum(number for other, number in same.items() if other > value), same[value] > 1)
        for key, value in points.items()
    }


def ranked(session: Session, cohort: Cohort) -> list[Ranked]:
    """Every submitted application: the complete by rank, then those that lack a review, by reference."""
    plan = application_reviews.plan_of(session, cohort)
    wanted = application_reviews.wanted(cohort)
    reviews = _reviews(session, cohort)
    found = _applications(session, cohort)
    points = {
        one.id: points_of([_scores(review) for review in reviews[one.id]], plan.weights)
        for one in found
        if application_reviews.all_in(reviews.get(one.id, []), wanted)
    }
    places = ranks(points)
    lines = [_line(one, points, places) for one in found]
    return sorted(
        lines, key=lambda line: (line.rank is None, line.rank or 0, line.application.reference or "")
    )


def among(lines: Sequence[Ranked], seen: Collection[int]) -> list[Ranked]:
    """Some of them, in the same order, placed anew: a number left out would tell where the others stand."""
    kept = [line for line in lines if line.application.id in seen]
    points = {line.application.id: line.points for line in kept if line.points is not None}
    places = ranks(points)
    return [_line(line.application, points, places) for line in kept]


def _line(
    application: Application, points: Mapping[int, Fraction], places: Mapping[int, tuple[int, bool]]
) -> Ranked:
    if application.id not in points:
        return Ranked(application, points=None, rank=None, tied=False, complete=False)
    rank, tied = places[application.id]
    return Ranked(application, points[application.id], rank, tied, complete=True)


def _applications(session: Session, cohort: Cohort) -> list[Application]:
    return list(
        session.scalars(
            select(Application).where(
                Application.cohort_id == cohort.id, Application.status != ApplicationStatus.DRAFT
            )
        )
    )


def _reviews(session: Session, cohort: Cohort) -> dict[int, list[ApplicationReview]]:
    found = session.scalars(
        select(ApplicationReview)
        .join(ApplicationReview.application)
        .options(selectinload(ApplicationReview.scores))
        .where(Application.cohort_id == cohort.id)
    )
    return application_reviews.by_application(found)


def _scores(review: ApplicationReview) -> dict[str, int]:
    return {score.criterion: score.points for score in review.scores if score.points is not None}


def ties(lines: Sequence[Ranked]) -> list[str]:
    """A sentence for each place that several share."""
    shared: dict[int, list[str]] = {}
    for line in lines:
        if line.tied and line.rank is not None:
            shared.setdefault(line.rank, []).append(line.application.reference or "")
    return [
        _(
            "%(who)s har lige mange point og deler plads %(rank)s. I vælger selv mellem dem.",
            who=", ".join(who),
            rank=rank,
        )
        for rank, who in shared.items()
    ]
