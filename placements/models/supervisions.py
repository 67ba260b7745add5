"""Supervision that a student has had during practicum, counted against the programme's number (D-02)."""

from __future__ import annotations

import enum
from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from placements.db import Model, Versioned, table
from placements.models.events import Audited
from placements.models.placements import Placement


class SupervisionForm(enum.StrEnum):
    INDIVIDUAL = "individual"
    GROUP = "group"


class Supervision(Audited, Versioned, Model):
    """`held_by` is the name of whoever held it. What was talked about is not kept."""

    __table_args__ = table(CheckConstraint("minutes > 0", "minutes"), Index(None, "placement_id", "held_on"))

    id: Mapped[int] = mapped_column(primary_key=True)
    placement_id: Mapped[int] = mapped_column(ForeignKey("placement.id"))
    held_on: Mapped[date]
    minutes: Mapped[int]
    held_by: Mapped[str]
    form: Mapped[SupervisionForm]

    placement: Mapped[Placement] = relationship()

    def history_of(self) -> tuple[str, int]:
        return "placement", self.placement_id
