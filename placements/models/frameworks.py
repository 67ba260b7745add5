"""Framework agreements: what an organisation has agreed to in general."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from placements.db import Model, Versioned, table
from placements.models.events import Audited
from placements.models.hosts import Organisation


class FrameworkAgreement(Audited, Versioned, Model):
    """`expires_on` is the last day; empty: until somebody ends it."""

    __table_args__ = table(CheckConstraint("expires_on IS NULL OR starts_on <= expires_on", "period"))

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    reference: Mapped[str]
    starts_on: Mapped[date]
    expires_on: Mapped[date | None]

    organisation: Mapped[Organisation] = relationship()

    def history_of(self) -> tuple[str, int]:
        return "organisation", self.organisation_id
