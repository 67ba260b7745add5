"""How a programme's diplomas look and what they say of themselves; what was issued before stays as it is."""

from __future__ import annotations

import enum

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from placements.db import Model, Versioned, table
from placements.models.events import Audited
from placements.models.programmes import Programme


class Accent(enum.StrEnum):
    """Each has a contrast of at least 7 to 1 on white."""

    HEATHER = "heather"
    SEA = "sea"
    RUST = "rust"
    PINE = "pine"


class DiplomaBlock(enum.StrEnum):
    """What may be left out."""

    MODULES = "modules"
    HOURS = "hours"
    PRACTICUM_PLACE = "practicum_place"
    SUPERVISOR = "supervisor"


class DiplomaDesign(Audited, Versioned, Model):
    """A programme has one or none. What it does not say is as usual: the heading, the programme's own aim,
    its coordinator as the leader.
    """

    __table_args__ = table()

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), unique=True)
    heading: Mapped[str | None]
    aim: Mapped[str | None]
    leader_name: Mapped[str | None]
    leader_title: Mapped[str | None]
    blocks: Mapped[list[str]]
    accent: Mapped[Accent]

    programme: Mapped[Programme] = relationship()

    def history_of(self) -> tuple[str, int]:
        return "programme", self.programme_id
