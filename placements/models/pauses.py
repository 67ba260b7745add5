"""Units that are set aside for a while, because nobody there answers or for another reason."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from placements.db import Model, table
from placements.models.events import Audited
from placements.models.hosts import Unit


class UnitPause(Audited, Model):
    """From a day until it is taken back in (`ended_on`). Not told in the unit's history: hosts read that."""

    __table_args__ = table()

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    reason: Mapped[str]
    paused_on: Mapped[date]
    ask_again_on: Mapped[date]
    ended_on: Mapped[date | None]

    unit: Mapped[Unit] = relationship()
