"""The teaching days during practicum (V-06): plan, topics tied to modules, attendance."""

from __future__ import annotations

import enum
from datetime import date, time

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from placements.db import Model, Versioned, table
from placements.models.cohorts import Cohort
from placements.models.events import Audited
from placements.models.placements import Placement
from placements.models.programmes import Module


class AttendanceStatus(enum.StrEnum):
    PRESENT = "present"
    ABSENT = "absent"
    EXCUSED = "excused"


class FollowUpDay(Audited, Versioned, Model):
    """A day without a date is planned but not dated yet."""

    __table_args__ = table(UniqueConstraint("cohort_id", "number"), Index(None, "cohort_id", "held_on"))

    id: Mapped[int] = mapped_column(primary_key=True)
    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohort.id"))
    number: Mapped[int]
    held_on: Mapped[date | None]
    starts_at: Mapped[time | None]
    ends_at: Mapped[time | None]
    place: Mapped[str | None]

    cohort: Mapped[Cohort] = relationship()
    topics: Mapped[list[FollowUpTopic]] = relationship(
        back_populates="day", cascade="all, delete-orphan", order_by="FollowUpTopic.id"
    )
    attendances: Mapped[list[FollowUpAttendance]] = relationship(
        back_populates="day", cascade="all, delete-orphan"
    )


class FollowUpTopic(Audited, Model):
    """What the day relates to a module of the theory."""

    __table_args__ = table()

    id: Mapped[int] = mapped_column(primary_key=True)
    day_id: Mapped[int] = mapped_column(ForeignKey("follow_up_day.id"), index=True)
    module_id: Mapped[int | None] = mapped_column(ForeignKey("module.id"), index=True)
    text: Mapped[str]

    day: Mapped[FollowUpDay] = relationship(back_populates="topics")
    module: Mapped[Module | None] = relationship()

    def history_of(self) -> tuple[str, int]:
        return "follow_up_day", self.day_id


class FollowUpAttendance(Audited, Model):
    __table_args__ = table(UniqueConstraint("day_id", "placement_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    day_id: Mapped[int] = mapped_column(ForeignKey("follow_up_day.id"), index=True)
    placement_id: Mapped[int] = mapped_column(ForeignKey("placement.id"), index=True)
    status: Mapped[AttendanceStatus]

    day: Mapped[FollowUpDay] = relationship(back_populates="attendances")
    placement: Mapped[Placement] = relationship()

    def history_of(self) -> tuple[str, int]:
        return "follow_up_day", self.day_id
