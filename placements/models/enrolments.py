"""A person in a cohort."""

from __future__ import annotations

import enum
from datetime import date

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from placements.db import Model, Versioned, table
from placements.models.cohorts import Cohort
from placements.models.events import Audited
from placements.models.hosts import Unit
from placements.models.programmes import Audience
from placements.models.users import User


class EnrolmentStatus(enum.StrEnum):
    ACTIVE = "active"
    COMPLETED = "completed"
    WITHDRAWN = "withdrawn"
    DEADLINE_PASSED = "deadline_passed"


class Enrolment(Audited, Versioned, Model):
    """`unit` is the workplace of a peer or colleague (H-08).

    `theory_met_on` is the day the coordinator confirmed the attendance.
    """

    __table_args__ = table(UniqueConstraint("cohort_id", "user_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohort.id"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("app_user.id"), index=True)
    audience: Mapped[Audience]
    status: Mapped[EnrolmentStatus] = mapped_column(default=EnrolmentStatus.ACTIVE)
    starts_on: Mapped[date]
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    municipality: Mapped[str | None]
    theory_met_on: Mapped[date | None]

    cohort: Mapped[Cohort] = relationship()
    user: Mapped[User] = relationship()
    unit: Mapped[Unit | None] = relationship()
