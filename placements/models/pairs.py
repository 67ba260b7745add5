"""A peer and a colleague of the same workplace, who are recommended to take part together (H-03, H-08)."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from placements.db import Model, table
from placements.models.enrolments import Enrolment
from placements.models.events import Audited


class PeerPair(Audited, Model):
    """Of one programme, perhaps of different cohorts: a colleague may come first (H-04)."""

    __table_args__ = table(
        UniqueConstraint("peer_id", "colleague_id"), CheckConstraint("peer_id <> colleague_id", "two")
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    peer_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"))
    colleague_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"), index=True)

    peer: Mapped[Enrolment] = relationship(foreign_keys=[peer_id])
    colleague: Mapped[Enrolment] = relationship(foreign_keys=[colleague_id])

    def history_of(self) -> tuple[str, int]:
        return "enrolment", self.peer_id
