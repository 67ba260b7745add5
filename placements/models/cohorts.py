"""One run of a programme, and its key dates."""

from __future__ import annotations

import enum
from datetime import date, datetime, time

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from placements.db import Model, Versioned, table
from placements.models.events import Audited
from placements.models.programmes import Programme


class KeyDateKind(enum.StrEnum):
    INFORMATION_MEETING = "information_meeting"
    APPLICATIONS_OPEN = "applications_open"
    QUESTIONS_HOUR = "questions_hour"
    APPLICATION_DEADLINE = "application_deadline"
    START = "start"


class Cohort(Audited, Versioned, Model):
    """Weekdays count from Monday = 0. `practicum_ends_on` is the last day.

    Students rank offers from `preferences_open_at` until `preferences_close_at`; not while either is empty.
    """

    __table_args__ = table(Index(None, "programme_id", "starts_on"))

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    seats: Mapped[int | None]
    starts_on: Mapped[date]
    theory_weekdays: Mapped[list[int]] = mapped_column(default=list)
    theory_time: Mapped[time | None]
    theory_skip_weeks: Mapped[list[int]] = mapped_column(default=list)
    practicum_starts_on: Mapped[date | None]
    practicum_ends_on: Mapped[date | None]
    preferences_open_at: Mapped[datetime | None]
    preferences_close_at: Mapped[datetime | None]

    programme: Mapped[Programme] = relationship()
    key_dates: Mapped[list[KeyDate]] = relationship(
        back_populates="cohort", cascade="all, delete-orphan", order_by="KeyDate.starts_at"
    )


class KeyDate(Audited, Model):
    """A date to the minute (V-03); `registration` says whether one must sign up (V-04)."""

    __table_args__ = table(UniqueConstraint("cohort_id", "kind"))

    id: Mapped[int] = mapped_column(primary_key=True)
    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohort.id"), index=True)
    kind: Mapped[KeyDateKind]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime | None]
    registration: Mapped[bool] = mapped_column(default=False)
    place: Mapped[str | None]

    cohort: Mapped[Cohort] = relationship(back_populates="key_dates")

    def history_of(self) -> tuple[str, int]:
        return "cohort", self.cohort_id
