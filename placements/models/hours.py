"""The hours of a practicum, an ISO week at a time: what the student wrote, and who confirmed it."""

from __future__ import annotations

import enum
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from placements.db import Model, Versioned, table
from placements.models.events import Audited
from placements.models.placements import Placement


class HoursStatus(enum.StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    CONFIRMED = "confirmed"
    RETURNED = "returned"


class Activity(enum.StrEnum):
    """What an hour went to: the three ways of working as a peer (H-06), and everything else."""

    INDIVIDUAL = "individual"
    GROUP = "group"
    ORGANISATION = "organisation"
    OTHER = "other"


class HoursWeek(Audited, Versioned, Model):
    """`starts_on` is the week's Monday. `minutes` and `peer_minutes` repeat the sums of its lines.

    `comment` is why the week was sent back. `confirmed_by_name` is kept as it was written that day.
    """

    __table_args__ = table(
        UniqueConstraint("placement_id", "starts_on"),
        CheckConstraint("0 <= peer_minutes AND peer_minutes <= minutes", "minutes"),
        Index(None, "status", "submitted_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    placement_id: Mapped[int] = mapped_column(ForeignKey("placement.id"))
    starts_on: Mapped[date]
    status: Mapped[HoursStatus] = mapped_column(default=HoursStatus.DRAFT)
    minutes: Mapped[int] = mapped_column(default=0)
    peer_minutes: Mapped[int] = mapped_column(default=0)
    note: Mapped[str | None] = mapped_column(info={"sensitive": True})
    comment: Mapped[str | None] = mapped_column(info={"sensitive": True})
    submitted_at: Mapped[datetime | None]
    confirmed_at: Mapped[datetime | None]
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("app_user.id"), index=True)
    confirmed_by_name: Mapped[str | None]

    placement: Mapped[Placement] = relationship()
    lines: Mapped[list[HoursLine]] = relationship(
        back_populates="week", cascade="all, delete-orphan", order_by="HoursLine.day, HoursLine.id"
    )

    def history_of(self) -> tuple[str, int]:
        return "placement", self.placement_id


class HoursLine(Model):
    """Time on one day at one kind of task. What changes is told by the sums of its week."""

    __table_args__ = table(CheckConstraint("minutes > 0", "minutes"))

    id: Mapped[int] = mapped_column(primary_key=True)
    week_id: Mapped[int] = mapped_column(ForeignKey("hours_week.id"), index=True)
    day: Mapped[date]
    activity: Mapped[Activity]
    minutes: Mapped[int]

    week: Mapped[HoursWeek] = relationship(back_populates="lines")
