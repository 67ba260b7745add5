"""How long applications are kept, what was deleted, and what is left of those: numbers without persons."""

from __future__ import annotations

import enum
from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from placements.db import Model, Versioned, table
from placements.models.applications import ApplicationStatus
from placements.models.cohorts import Cohort
from placements.models.programmes import FeePayer, ProgrammePart


class ApplicationStep(enum.StrEnum):
    """How far an application came, in the order of the flow."""

    STARTED = "started"
    SUBMITTED = "submitted"
    READ = "read"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    ENROLLED = "enrolled"


class ApplicationPolicy(ProgrammePart, Versioned, Model):
    """A programme's own; without one the default holds. `days` is empty where nothing is deleted (D-08)."""

    __table_args__ = table()

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), unique=True)
    days: Mapped[int | None]
    export_first: Mapped[bool] = mapped_column(default=False)
    with_seat: Mapped[bool] = mapped_column(default=False)


class ApplicationDeletion(Model):
    """One row for each cohort and state of a deletion. `export`: the file that was written first."""

    __table_args__ = table()

    id: Mapped[int] = mapped_column(primary_key=True)
    deleted_at: Mapped[datetime]
    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohort.id"), index=True)
    status: Mapped[ApplicationStatus]
    number: Mapped[int]
    days: Mapped[int]
    export: Mapped[str | None]

    cohort: Mapped[Cohort] = relationship()


class ApplicationTally(Model):
    """How many deleted or withdrawn applications there were of a kind, so that totals stay."""

    __table_args__ = table()

    id: Mapped[int] = mapped_column(primary_key=True)
    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohort.id"), index=True)
    municipality: Mapped[str | None]
    payer: Mapped[FeePayer]
    step: Mapped[ApplicationStep]
    number: Mapped[int]
