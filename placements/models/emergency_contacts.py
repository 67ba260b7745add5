"""Whom to call if something happens to a student in practicum. See `domain.emergency_contacts`."""

from __future__ import annotations

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from placements.db import Model, Versioned, table
from placements.models.enrolments import Enrolment
from placements.models.events import Audited


class EmergencyContact(Audited, Versioned, Model):
    """One person of the student's own choice. The history keeps that it changed, never what it said."""

    __table_args__ = table(UniqueConstraint("enrolment_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"))
    name: Mapped[str] = mapped_column(info={"sensitive": True})
    phone: Mapped[str] = mapped_column(info={"sensitive": True})
    relation: Mapped[str | None] = mapped_column(info={"sensitive": True})

    enrolment: Mapped[Enrolment] = relationship()

    def history_of(self) -> tuple[str, int]:
        return "enrolment", self.enrolment_id
