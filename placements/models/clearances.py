"""What units ask to see, and when each check was requested, seen and expires. Never what it said."""

from __future__ import annotations

import enum
from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from placements.db import Model, Versioned, table
from placements.models.enrolments import Enrolment
from placements.models.events import Audited
from placements.models.hosts import Unit


class ClearanceKind(enum.StrEnum):
    CRIMINAL_RECORD = "criminal_record"
    CHILD_PROTECTION = "child_protection"
    CONFIDENTIALITY = "confidentiality"
    SITE_APPROVAL = "site_approval"


class ClearanceState(enum.StrEnum):
    """Told by the dates; not kept."""

    MISSING = "missing"
    REQUESTED = "requested"
    SEEN = "seen"
    EXPIRED = "expired"


class ClearanceRule(Audited, Model):
    """What a unit asks for; a mandatory one is seen before anybody begins."""

    __table_args__ = table(UniqueConstraint("unit_id", "kind"))

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    kind: Mapped[ClearanceKind]
    mandatory: Mapped[bool] = mapped_column(default=False)

    unit: Mapped[Unit] = relationship()

    def history_of(self) -> tuple[str, int]:
        return "unit", self.unit_id


class Clearance(Audited, Versioned, Model):
    """One check of a student or of a unit. `expires_on` is the last day it holds, or empty."""

    __table_args__ = table(
        UniqueConstraint("enrolment_id", "kind"),
        UniqueConstraint("unit_id", "kind"),
        CheckConstraint("(enrolment_id IS NULL) <> (unit_id IS NULL)", "subject"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[ClearanceKind]
    enrolment_id: Mapped[int | None] = mapped_column(ForeignKey("enrolment.id"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    requested_on: Mapped[date | None]
    seen_on: Mapped[date | None]
    expires_on: Mapped[date | None]

    enrolment: Mapped[Enrolment | None] = relationship()
    unit: Mapped[Unit | None] = relationship()

    def history_of(self) -> tuple[str, int]:
        return ("enrolment", self.enrolment_id) if self.enrolment_id else ("unit", self.unit_id or 0)
