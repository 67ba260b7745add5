"""What a student wishes for the practicum: ranked offers, what works, and units that will not do.

Hosts never see any of it; the coordinator's looks at the excluded units are written down (`models.looks`).
"""

from __future__ import annotations

import enum
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from placements.db import Model, Versioned, table
from placements.models.enrolments import Enrolment
from placements.models.offers import Offer


class Reach(enum.StrEnum):
    """How far away the practicum may be from where the student lives. No address is kept, and no position."""

    MUNICIPALITY = "municipality"
    REGION = "region"
    ANYWHERE = "anywhere"


class Wishes(Versioned, Model):
    """One student's wishes: `weekdays` that work (Monday = 0) and `needs` of `Accessibility`, if any.

    Not audited: what somebody wished for and took back is nobody's business afterwards.
    """

    __table_args__ = table()

    id: Mapped[int] = mapped_column(primary_key=True)
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"), unique=True)
    reach: Mapped[Reach] = mapped_column(default=Reach.ANYWHERE)
    weekdays: Mapped[list[int]] = mapped_column(default=list)
    needs: Mapped[list[str]] = mapped_column(default=list)
    saved_at: Mapped[datetime]

    enrolment: Mapped[Enrolment] = relationship()
    ranked: Mapped[list[RankedOffer]] = relationship(
        back_populates="wishes", cascade="all, delete-orphan", order_by="RankedOffer.rank"
    )
    excluded: Mapped[list[ExcludedUnit]] = relationship(
        back_populates="wishes", cascade="all, delete-orphan", order_by="ExcludedUnit.unit_id"
    )


class RankedOffer(Model):
    """The student's first choice has rank 1."""

    __table_args__ = table(UniqueConstraint("wishes_id", "offer_id"), CheckConstraint("rank > 0", "rank"))

    id: Mapped[int] = mapped_column(primary_key=True)
    wishes_id: Mapped[int] = mapped_column(ForeignKey("wishes.id"), index=True)
    offer_id: Mapped[int] = mapped_column(ForeignKey("offer.id"), index=True)
    rank: Mapped[int]

    wishes: Mapped[Wishes] = relationship(back_populates="ranked")
    offer: Mapped[Offer] = relationship()


class ExcludedUnit(Model):
    """*Not this unit*, and nothing more: no reason, no trace for the host."""

    __table_args__ = table(UniqueConstraint("wishes_id", "unit_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    wishes_id: Mapped[int] = mapped_column(ForeignKey("wishes.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)

    wishes: Mapped[Wishes] = relationship(back_populates="excluded")
