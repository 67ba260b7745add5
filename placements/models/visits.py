"""The coordinator's log of visits, calls and meetings about a practicum."""

from __future__ import annotations

import enum
from datetime import date

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from placements.db import Model, Versioned, table
from placements.models.events import Audited
from placements.models.placements import Placement


class VisitKind(enum.StrEnum):
    VISIT = "visit"
    PHONE = "phone"
    MAIL = "mail"
    MEETING = "meeting"


class Visit(Audited, Versioned, Model):
    """`people` says who took part; `line` is one neutral sentence, and the history does not repeat it."""

    __table_args__ = table(Index(None, "placement_id", "held_on", "id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    placement_id: Mapped[int] = mapped_column(ForeignKey("placement.id"))
    held_on: Mapped[date]
    kind: Mapped[VisitKind]
    people: Mapped[str]
    line: Mapped[str] = mapped_column(info={"sensitive": True})

    placement: Mapped[Placement] = relationship()

    def history_of(self) -> tuple[str, int]:
        return "placement", self.placement_id
