"""What a student says about the unit when the practicum ends. For coordinators alone."""

from __future__ import annotations

import enum
from datetime import date

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from placements.db import Model, choice_of, table
from placements.models.events import Audited
from placements.models.hosts import Unit
from placements.models.placements import Placement


class Rating(enum.StrEnum):
    NO = "no"
    PARTLY = "partly"
    MOSTLY = "mostly"
    YES = "yes"


class UnitReview(Audited, Model):
    """Written once. Not told in the placement's history. `unit_id` is where the practicum was then."""

    __table_args__ = table(Index(None, "unit_id", "id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    placement_id: Mapped[int] = mapped_column(ForeignKey("placement.id"), unique=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    given_on: Mapped[date]
    welcome: Mapped[Rating] = mapped_column(info={"sensitive": True})
    peer_tasks: Mapped[Rating] = mapped_column(
        choice_of(Rating, name="rating_peer_tasks"), info={"sensitive": True}
    )
    guidance: Mapped[Rating] = mapped_column(
        choice_of(Rating, name="rating_guidance"), info={"sensitive": True}
    )
    recommend: Mapped[Rating] = mapped_column(
        choice_of(Rating, name="rating_recommend"), info={"sensitive": True}
    )
    line: Mapped[str | None] = mapped_column(info={"sensitive": True})

    placement: Mapped[Placement] = relationship()
    unit: Mapped[Unit] = relationship()
