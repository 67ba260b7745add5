"""Seats that a unit offers a cohort."""

from __future__ import annotations

import enum
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from placements.db import Model, Versioned, table
from placements.models.cohorts import Cohort
from placements.models.events import Audited
from placements.models.hosts import Unit

if TYPE_CHECKING:
    from placements.models.offer_tasks import OfferTask, ShareException


class OfferStatus(enum.StrEnum):
    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"


class WayOfWorking(enum.StrEnum):
    """H-06."""

    INDIVIDUAL = "individual"
    GROUP = "group"
    ORGANISATION = "organisation"


class Accessibility(enum.StrEnum):
    """What a unit can offer and a student may need, in neutral words."""

    STEP_FREE = "step_free"
    LIFT = "lift"
    QUIET_ROOM = "quiet_room"
    PUBLIC_TRANSPORT = "public_transport"
    FLEXIBLE_START = "flexible_start"


class Offer(Audited, Versioned, Model):
    """`ways` holds `WayOfWorking` values, `accessibility` those of `Accessibility`.

    `weekly_plan` says when the student is there: weekday (as text, Monday "0") to from and to, as
    `{"0": ["09:00", "15:00"]}`. Empty: it is agreed later.
    """

    __table_args__ = table(
        CheckConstraint("seats > 0", "seats"), CheckConstraint("starts_on <= ends_on", "period")
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohort.id"), index=True)
    status: Mapped[OfferStatus] = mapped_column(default=OfferStatus.DRAFT)
    seats: Mapped[int]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    weekly_minutes: Mapped[int]
    ways: Mapped[list[str]] = mapped_column(default=list)
    tasks: Mapped[str | None]
    practical: Mapped[str | None]
    weekly_plan: Mapped[dict[str, Any]] = mapped_column(default=dict)
    accessibility: Mapped[list[str]] = mapped_column(default=list)
    languages: Mapped[list[str]] = mapped_column(default=list)
    good_to_know: Mapped[str | None]

    unit: Mapped[Unit] = relationship()
    cohort: Mapped[Cohort] = relationship()
    task_lines: Mapped[list[OfferTask]] = relationship(
        back_populates="offer", cascade="all, delete-orphan", order_by="OfferTask.position"
    )
    share_exceptions: Mapped[list[ShareException]] = relationship(
        back_populates="offer", cascade="all, delete-orphan", order_by="ShareException.id"
    )
