"""One student's practicum at one unit."""

from __future__ import annotations

import enum
from datetime import date, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from placements.db import Model, Versioned, table
from placements.models.cohorts import Cohort
from placements.models.enrolments import Enrolment
from placements.models.events import Audited
from placements.models.hosts import Contact, Sector, Unit
from placements.models.offers import Offer

if TYPE_CHECKING:
    from placements.models.legal_details import LegalDetails
    from placements.models.own_goals import OwnGoals


class PlacementStatus(enum.StrEnum):
    DRAFT = "draft"
    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    AGREED = "agreed"
    ACTIVE = "active"
    COMPLETED = "completed"
    DECLINED = "declined"
    CANCELLED = "cancelled"
    ENDED_EARLY = "ended_early"


def weeks_of(starts_on: date, ends_on: date) -> list[date]:
    """The weeks of a practicum, each by its Friday.

    Seven days hold one Friday, so these are the whole weeks, and one more for a last one with its Friday.
    """
    first = starts_on + timedelta(days=(4 - starts_on.weekday()) % 7)
    return [first + timedelta(weeks=number) for number in range((ends_on - first).days // 7 + 1)]


class LegalBasis(enum.StrEnum):
    """What the practicum rests on (D-06)."""

    STUDY_PRACTICUM = "study_practicum"
    JOB_CENTRE = "job_centre"
    EMPLOYMENT = "employment"
    VOLUNTEERING = "volunteering"


class Placement(Audited, Versioned, Model):
    """`ends_on` is the last day.

    `programme_id`, `sector`, `student_name` and `search_text` (lower case: student, unit, organisation,
    supervisor) repeat what stands elsewhere, so that the board finds fifty rows among a million;
    `domain.placement_changes.refresh_search` keeps them.
    """

    __table_args__ = table(
        CheckConstraint("starts_on <= ends_on", "period"),
        Index(None, "programme_id", "starts_on", "id"),
        Index(None, "cohort_id", "starts_on", "id"),
        Index(None, "programme_id", "sector", "starts_on", "id"),
        Index(None, "programme_id", "status", "starts_on", "id"),
        Index(None, "programme_id", "sector", "status", "starts_on", "id"),
        Index(None, "unit_id", "starts_on", "id"),
        Index(None, "programme_id", "student_name", "id"),
        Index(None, "programme_id", "sector", "student_name", "id"),
        Index(None, "programme_id", "status", "student_name", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohort.id"))
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"), index=True)
    offer_id: Mapped[int | None] = mapped_column(ForeignKey("offer.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    supervisor_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id"), index=True)
    sector: Mapped[Sector]
    status: Mapped[PlacementStatus] = mapped_column(default=PlacementStatus.DRAFT)
    legal_basis: Mapped[LegalBasis | None]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    weekly_minutes: Mapped[int]
    reason: Mapped[str | None]
    student_name: Mapped[str]
    search_text: Mapped[str]

    cohort: Mapped[Cohort] = relationship()
    enrolment: Mapped[Enrolment] = relationship()
    offer: Mapped[Offer | None] = relationship()
    unit: Mapped[Unit] = relationship()
    supervisor: Mapped[Contact | None] = relationship()
    legal_details: Mapped[LegalDetails | None] = relationship(
        back_populates="placement", cascade="all, delete-orphan", uselist=False
    )
    own_goals: Mapped[OwnGoals | None] = relationship(
        back_populates="placement", cascade="all, delete-orphan", uselist=False
    )
