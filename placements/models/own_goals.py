"""What a student wants from the practicum, in own words; the agreement says it when it is sent."""

from __future__ import annotations

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from placements.db import Model, Versioned, table
from placements.models.placements import Placement


class OwnGoals(Versioned, Model):
    """One placement's. Not audited: what the agreement said when it was sent is kept with it."""

    __table_args__ = table()

    id: Mapped[int] = mapped_column(primary_key=True)
    placement_id: Mapped[int] = mapped_column(ForeignKey("placement.id"), unique=True)
    text: Mapped[str]

    placement: Mapped[Placement] = relationship(back_populates="own_goals")
