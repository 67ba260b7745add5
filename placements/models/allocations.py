"""Proposals for who goes where, and the pairs that the coordinators have settled beforehand."""

from __future__ import annotations

import enum
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from placements.db import Model, Versioned, table
from placements.models.cohorts import Cohort
from placements.models.enrolments import Enrolment
from placements.models.offers import Offer
from placements.models.users import User


class AllocationStatus(enum.StrEnum):
    PROPOSED = "proposed"
    COMMITTED = "committed"
    UNDONE = "undone"


class PairKind(enum.StrEnum):
    PINNED = "pinned"
    FORBIDDEN = "forbidden"


class Allocation(Versioned, Model):
    """One proposal: what it rests on (`inputs`: a digest of each part; never the wishes themselves), by which
    version of the rules and which seed, what it is worth (`score`) and what it says (`result`).

    Nobody has `made_by` a proposal from the command line. `result` names students and offers by id alone.
    """

    __table_args__ = table(UniqueConstraint("cohort_id", "number"))

    id: Mapped[int] = mapped_column(primary_key=True)
    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohort.id"), index=True)
    number: Mapped[int]
    made_at: Mapped[datetime]
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("app_user.id"), index=True)
    seed: Mapped[int]
    rules_version: Mapped[int]
    inputs: Mapped[dict[str, Any]] = mapped_column(default=dict)
    score: Mapped[dict[str, Any]] = mapped_column(default=dict)
    result: Mapped[dict[str, Any]] = mapped_column(default=dict)
    drafts: Mapped[list[int]] = mapped_column(default=list)
    status: Mapped[AllocationStatus] = mapped_column(default=AllocationStatus.PROPOSED)

    cohort: Mapped[Cohort] = relationship()
    made_by: Mapped[User | None] = relationship()


class AllocationPair(Model):
    """A student who must be on an offer, or must not. Nobody is asked why."""

    __table_args__ = table(UniqueConstraint("enrolment_id", "offer_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohort.id"), index=True)
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"), index=True)
    offer_id: Mapped[int] = mapped_column(ForeignKey("offer.id"), index=True)
    kind: Mapped[PairKind]
    made_at: Mapped[datetime]
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("app_user.id"), index=True)

    enrolment: Mapped[Enrolment] = relationship()
    offer: Mapped[Offer] = relationship()
