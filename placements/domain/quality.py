"""What staff know of a unit's quality, and when to look again (row 37). Hosts never see it."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from placements.domain.actors import Actor
from placements.domain.rules import RuleBroken
from placements.i18n import _
from placements.models.hosts import Unit
from placements.models.quality import QualityReview

WARNING = timedelta(days=30)


# Questions


def of_unit(session: Session, unit_id: int) -> list[QualityReview]:
    """The newest first, with who wrote it."""
    own = (
        select(QualityReview)
        .where(QualityReview.unit_id == unit_id)
        .options(joinedload(QualityReview.author))
    )
    return list(session.scalars(own.order_by(QualityReview.reviewed_on.desc(), QualityReview.id.desc())))


def is_due(review: QualityReview, *, today: date) -> bool:
    """The newest review of a unit asks for another within a month, or did so already."""
    return review.review_again_on is not None and review.review_again_on <= today + WARNING


def due(session: Session, *, today: date) -> list[QualityReview]:
    """The newest review of each unit, where another is due; the longest due first."""
    newest = func.row_number().over(
        partition_by=QualityReview.unit_id,
        order_by=(QualityReview.reviewed_on.desc(), QualityReview.id.desc()),
    )
    ranked = select(QualityReview.id, newest.label("place")).subquery()
    rows = session.scalars(
        select(QualityReview)
        .join(ranked, ranked.c.id == QualityReview.id)
        .where(ranked.c.place == 1, QualityReview.review_again_on <= today + WARNING)
        .order_by(QualityReview.review_again_on, QualityReview.id)
    )
    return list(rows)


# Actions


def write(
    session: Session,
    unit: Unit,
    actor: Actor,
    *,
    reviewed_on: date,
    review_again_on: date | None,
    note: str,
    today: date,
) -> None:
    if reviewed_on > today:
        raise RuleBroken(_("Dagen ligger i fremtiden. Vælg i dag eller en dag før."), field="reviewed_on")
    if review_again_on is not None and review_again_on <= reviewed_on:
        raise RuleBroken(_("Vælg en dag efter den, I så på stedet."), field="review_again_on")
    session.add(
        QualityReview(
            unit_id=unit.id,
            author_id=actor.id,
            reviewed_on=reviewed_on,
            review_again_on=review_again_on,
            note=note,
        )
    )
