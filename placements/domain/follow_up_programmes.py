"""Who may have the programme of a follow-up day: also the students who take part, and where they are."""

from __future__ import annotations

from sqlalchemy import Select, or_, select

from placements.domain import follow_up_days, placements
from placements.domain.actors import Actor
from placements.models.follow_up_days import FollowUpDay
from placements.models.placements import Placement


def visible_to(actor: Actor) -> Select[FollowUpDay]:
    """Who plans the day or teaches; and whoever sees the day on the page of a placement."""
    planned = follow_up_days.visible_to(actor).with_only_columns(FollowUpDay.id)
    cohorts = select(Placement.cohort_id).where(Placement.id.in_(placements.visible_ids(actor)))
    return select(FollowUpDay).where(or_(FollowUpDay.id.in_(planned), FollowUpDay.cohort_id.in_(cohorts)))
