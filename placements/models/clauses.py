"""The standing texts of a programme's agreements, and the text that an agreement was sent with."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from placements.db import Model, Versioned, table
from placements.models.agreements import AgreementVersion
from placements.models.events import Audited
from placements.models.programmes import Programme


class Clause(Audited, Versioned, Model):
    """What a programme's agreements say in one section. Without a text: the one that is shipped."""

    __table_args__ = table(
        UniqueConstraint("programme_id", "section"), CheckConstraint("section BETWEEN 1 AND 17", "section")
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    section: Mapped[int]
    text: Mapped[str | None]

    programme: Mapped[Programme] = relationship()
    saved: Mapped[list[ClauseVersion]] = relationship(
        back_populates="clause", cascade="all, delete-orphan", order_by="ClauseVersion.number"
    )


class ClauseVersion(Model):
    """A text as it was saved. Without a text: that day the shipped one was taken back."""

    __table_args__ = table(UniqueConstraint("clause_id", "number"))

    id: Mapped[int] = mapped_column(primary_key=True)
    clause_id: Mapped[int] = mapped_column(ForeignKey("clause.id"))
    number: Mapped[int]
    text: Mapped[str | None]
    saved_at: Mapped[datetime]
    saved_by: Mapped[str]

    clause: Mapped[Clause] = relationship(back_populates="saved")


class AgreementText(Audited, Model):
    """What a version said when it was sent, whole and as plain values, in each language (`said["da"]`).

    From then on it is read from here: clauses, names and periods may change, what was sent does not.
    `clauses` maps a section (as text) to the number of its clause's version, 0 for the shipped one;
    `changed` are the sections that differ from the version before.
    """

    __table_args__ = table()

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("agreement_version.id"), unique=True)
    said: Mapped[dict[str, Any]] = mapped_column(default=dict, info={"sensitive": True})
    clauses: Mapped[dict[str, Any]] = mapped_column(default=dict)
    changed: Mapped[list[int]] = mapped_column(default=list)

    of_version: Mapped[AgreementVersion] = relationship(back_populates="text")

    def history_of(self) -> tuple[str, int]:
        return "placement", self.of_version.agreement.placement_id
