"""Offers follow the order the coordinators have settled on; to pass somebody takes a move that says why."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from fractions import Fraction

from sqlalchemy.orm import Session

from placements.domain import application_moderation, application_ranking
from placements.models.cohorts import Cohort


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one stands; `place` is None while a review is missing."""

    place: int | None = None
    points: Fraction | None = None


NOWHERE = Standing()


def standings(session: Session, cohort: Cohort, seen: Collection[int]) -> dict[int, Standing]:
    """By id, of those that are seen and have all their reviews."""
    order = application_ranking.among(application_moderation.ordered(session, cohort), seen)
    return {line.application.id: Standing(place, line.points) for place, line in enumerate(order, 1)}


def passed(one: Standing, others: Collection[Standing]) -> Standing | None:
    """The first of the others who stands better. Between those with as many points one may choose freely."""
    if one.place is None:
        return None
    better = (
        other
        for other in others
        if other.place is not None and other.place < one.place and other.points != one.points
    )
    return min(better, key=lambda other: other.place or 0, default=None)
