"""That a participant's manager has agreed on the time for the education (H-11)."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from placements.db import Model, Versioned, table
from placements.models.enrolments import Enrolment
from placements.models.events import Audited


class WorkingTimeAgreement(Audited, Versioned, Model):
    """For workplaces that are no partners of the programme; at a partner's the time counts by itself."""

    __table_args__ = table()

    id: Mapped[int] = mapped_column(primary_key=True)
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"), unique=True)
    agreed_on: Mapped[date]
    manager_name: Mapped[str]

    enrolment: Mapped[Enrolment] = relationship()

    def history_of(self) -> tuple[str, int]:
        return "enrolment", self.enrolment_id
