"""What a student says to a seat that a host has said yes to."""

from __future__ import annotations

import enum
from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from placements.db import Model, table
from placements.models.events import Audited
from placements.models.placements import Placement
from placements.models.users import User


class Answer(enum.StrEnum):
    YES = "yes"
    NO = "no"


class DeclineReason(enum.StrEnum):
    """Why not, in words that say nothing about health or about what is private."""

    DISTANCE = "distance"
    HOURS = "hours"
    TASKS = "tasks"
    PERIOD = "period"
    OTHER_SEAT = "other_seat"
    UNSAID = "unsaid"


class StudentAnswer(Audited, Model):
    """`answered_by` is somebody else than the student when the coordinator wrote it for them."""

    __table_args__ = table()

    id: Mapped[int] = mapped_column(primary_key=True)
    placement_id: Mapped[int] = mapped_column(ForeignKey("placement.id"), unique=True)
    answer: Mapped[Answer]
    reason: Mapped[DeclineReason | None]
    answered_at: Mapped[datetime]
    answered_by_id: Mapped[int] = mapped_column(ForeignKey("app_user.id"), index=True)

    placement: Mapped[Placement] = relationship()
    answered_by: Mapped[User] = relationship()

    def history_of(self) -> tuple[str, int]:
        return "placement", self.placement_id
