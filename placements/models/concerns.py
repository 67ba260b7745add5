"""A concern in a practicum: what a party wants handled, and the plan for it. See `domain.concerns`."""

from __future__ import annotations

import enum
from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from placements.db import Model, Versioned, table
from placements.models.agreements import Party
from placements.models.events import Audited
from placements.models.placements import Placement
from placements.models.users import User


class ConcernStatus(enum.StrEnum):
    OPEN = "open"
    PLANNED = "planned"
    CLOSED = "closed"


class ConcernOutcome(enum.StrEnum):
    """What came of it; never what lay behind it."""

    SOLVED = "solved"
    CHANGED = "changed"
    ENDED = "ended"
    NOTHING = "nothing"


class Concern(Audited, Versioned, Model):
    """`text` and `closing_note` leave only the fact that they changed in the history.

    The coordinators always see it, and whoever raised it. The other party sees it when it is shared.
    """

    __table_args__ = table()

    id: Mapped[int] = mapped_column(primary_key=True)
    placement_id: Mapped[int] = mapped_column(ForeignKey("placement.id"), index=True)
    raised_by_id: Mapped[int] = mapped_column(ForeignKey("app_user.id"), index=True)
    raised_as: Mapped[Party]
    raised_at: Mapped[datetime]
    text: Mapped[str] = mapped_column(info={"sensitive": True})
    status: Mapped[ConcernStatus] = mapped_column(default=ConcernStatus.OPEN, index=True)
    shared_with_student: Mapped[bool] = mapped_column(default=False)
    shared_with_host: Mapped[bool] = mapped_column(default=False)
    outcome: Mapped[ConcernOutcome | None]
    closing_note: Mapped[str | None] = mapped_column(info={"sensitive": True})
    closed_at: Mapped[datetime | None]

    placement: Mapped[Placement] = relationship()
    raised_by: Mapped[User] = relationship()
    goals: Mapped[list[ConcernGoal]] = relationship(
        back_populates="concern", cascade="all, delete-orphan", order_by="ConcernGoal.due_on, ConcernGoal.id"
    )


class ConcernGoal(Audited, Model):
    """One step of the plan, and the day it should be reached."""

    __table_args__ = table()

    id: Mapped[int] = mapped_column(primary_key=True)
    concern_id: Mapped[int] = mapped_column(ForeignKey("concern.id"), index=True)
    text: Mapped[str] = mapped_column(info={"sensitive": True})
    due_on: Mapped[date]
    reached_on: Mapped[date | None]

    concern: Mapped[Concern] = relationship(back_populates="goals")

    def history_of(self) -> tuple[str, int]:
        return "concern", self.concern_id
