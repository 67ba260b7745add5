"""What a student does at a unit, in shares; and the written exception when too little of it is peer work."""

from __future__ import annotations

import enum
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from placements.db import Model, table
from placements.models.events import Audited
from placements.models.offers import Offer
from placements.models.users import User


class TaskKind(enum.StrEnum):
    """The three ways of working (H-06), and what is not a typical peer task."""

    INDIVIDUAL = "individual"
    GROUP = "group"
    ORGANISATION = "organisation"
    OTHER = "other"


class OfferTask(Audited, Model):
    """One task of an offer; `percent` of the student's time, of all tasks of an offer or of none."""

    __table_args__ = table(
        UniqueConstraint("offer_id", "position"),
        CheckConstraint("percent IS NULL OR percent BETWEEN 1 AND 100", "percent"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    offer_id: Mapped[int] = mapped_column(ForeignKey("offer.id"), index=True)
    position: Mapped[int]
    text: Mapped[str]
    kind: Mapped[TaskKind]
    percent: Mapped[int | None]

    offer: Mapped[Offer] = relationship(back_populates="task_lines")

    def history_of(self) -> tuple[str, int]:
        return "offer", self.offer_id


class ShareException(Audited, Model):
    """A coordinator has written why fewer peer tasks than two thirds will do (H-07): who, when, why.

    It holds for the share it was given for, and for more, never for less.
    """

    __table_args__ = table()

    id: Mapped[int] = mapped_column(primary_key=True)
    offer_id: Mapped[int] = mapped_column(ForeignKey("offer.id"), index=True)
    peer_percent: Mapped[int]
    reason: Mapped[str]
    granted_by_id: Mapped[int] = mapped_column(ForeignKey("app_user.id"), index=True)
    granted_at: Mapped[datetime]

    offer: Mapped[Offer] = relationship(back_populates="share_exceptions")
    granted_by: Mapped[User] = relationship()

    def history_of(self) -> tuple[str, int]:
        return "offer", self.offer_id
