"""Framework agreements: what an organisation has agreed to in general."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from placements.db import Model, Versioned, table
from placements.models.documents import Document
from placements.models.events import Audited
from placements.models.hosts import Organisation


class FrameworkAgreement(Audited, Versioned, Model):
    """`expires_on` is the last day; empty: until somebody ends it. `scan` is the signed paper."""

    __table_args__ = table(CheckConstraint("expires_on IS NULL OR starts_on <= expires_on", "period"))

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    reference: Mapped[str]
    starts_on: Mapped[date]
    expires_on: Mapped[date | None]
    scan_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))

    organisation: Mapped[Organisation] = relationship()
    scan: Mapped[Document | None] = relationship(cascade="all, delete-orphan", single_parent=True)

    def history_of(self) -> tuple[str, int]:
        return "organisation", self.organisation_id
