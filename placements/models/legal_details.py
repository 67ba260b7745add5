"""What the legal basis of a placement asks to have written down (D-06)."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from placements.db import Model, Versioned, table
from placements.models.events import Audited
from placements.models.placements import Placement


class LegalDetails(Audited, Versioned, Model):
    """One placement's. All but `insurance` belong to a practicum through the job centre."""

    __table_args__ = table()

    id: Mapped[int] = mapped_column(primary_key=True)
    placement_id: Mapped[int] = mapped_column(ForeignKey("placement.id"), unique=True)
    job_centre: Mapped[str | None]
    job_centre_contact: Mapped[str | None]
    vitas_reference: Mapped[str | None]
    manager_name: Mapped[str | None]
    manager_approved_on: Mapped[date | None]
    representative_name: Mapped[str | None]
    representative_approved_on: Mapped[date | None]
    insurance: Mapped[str | None]

    placement: Mapped[Placement] = relationship(back_populates="legal_details")

    def history_of(self) -> tuple[str, int]:
        return "placement", self.placement_id
