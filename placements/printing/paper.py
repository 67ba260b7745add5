"""The printer, as the rest of the application asks it, and what several documents need."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from placements import pdf
from placements.domain.rules import RuleBroken
from placements.models.cohorts import Cohort
from placements.models.follow_up_days import FollowUpDay


def printed(document: str, values: object, locale: str = "da") -> pdf.Rendered:
    """Raises `RuleBroken` with the printer's own sentence when a text cannot be printed."""
    try:
        return pdf.render(document, values, locale=locale)  # type: ignore[arg-type]
    except pdf.RenderError as error:
        raise RuleBroken(error.sentence) from error


def follow_up_days(session: Session, cohort: Cohort) -> Sequence[FollowUpDay]:
    return session.scalars(
        select(FollowUpDay).where(FollowUpDay.cohort_id == cohort.id).order_by(FollowUpDay.number)
    ).all()
