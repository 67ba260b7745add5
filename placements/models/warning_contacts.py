"""Somebody outside whom a participant wants told when their attendance comes close to the line."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from placements.db import Model, Versioned, table
from placements.models.enrolments import Enrolment
from placements.models.events import Audited


class WarningContact(Audited, Versioned, Model):
    """Named by the participant alone, who said yes on `consented_on`. Deleted, it leaves no row."""

    __table_args__ = table()

    id: Mapped[int] = mapped_column(primary_key=True)
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"), unique=True)
    name: Mapped[str] = mapped_column(info={"sensitive": True})
    email: Mapped[str] = mapped_column(info={"sensitive": True})
    consented_on: Mapped[date]

    enrolment: Mapped[Enrolment] = relationship()

    def history_of(self) -> tuple[str, int]:
        return "enrolment", self.enrolment_id
