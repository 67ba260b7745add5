"""A change of a signed agreement: what is changed, why, and the signatures of those it needs."""

from __future__ import annotations

import enum
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from placements.db import Model, Versioned, table
from placements.models.agreements import Agreement, AgreementVersion
from placements.models.documents import Document
from placements.models.events import Audited
from placements.models.hosts import Contact, Unit
from placements.models.placements import Placement
from placements.models.signatures import Party, Signed


class AmendmentKind(enum.StrEnum):
    EXTENSION = "extension"
    INTERRUPTION = "interruption"
    PERIOD = "period"
    HOURS = "hours"
    SUPERVISOR = "supervisor"
    UNIT = "unit"
    EARLY_END = "early_end"


class AmendmentStatus(enum.StrEnum):
    DRAFT = "draft"
    AWAITING_SIGNATURES = "awaiting_signatures"
    SIGNED = "signed"
    WITHDRAWN = "withdrawn"


class InterruptionCause(enum.StrEnum):
    """A class and no more: never what somebody is ill with."""

    ILLNESS = "illness"
    LEAVE = "leave"
    OTHER = "other"


class Amendment(Audited, Versioned, Model):
    """`base` is the signed version that it changes; `before` and `after` are plain data (ISO dates, names).

    `unit` and `supervisor` are those after the change. `signers` are the parties. `past_practicum`:
    the coordinator has said that the placement may end after the cohort's practicum.
    `offered` is what is signed: agreement, what is signed since, and this; `document` adds the signatures.
    """

    __table_args__ = table(UniqueConstraint("agreement_id", "number"))

    id: Mapped[int] = mapped_column(primary_key=True)
    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id"), index=True)
    base_id: Mapped[int] = mapped_column(ForeignKey("agreement_version.id"), index=True)
    number: Mapped[int]
    kind: Mapped[AmendmentKind]
    status: Mapped[AmendmentStatus] = mapped_column(default=AmendmentStatus.DRAFT)
    reason: Mapped[str]
    before: Mapped[dict[str, Any]] = mapped_column(default=dict)
    after: Mapped[dict[str, Any]] = mapped_column(default=dict)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    supervisor_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id"), index=True)
    past_practicum: Mapped[bool] = mapped_column(default=False)
    signers: Mapped[list[str]] = mapped_column(default=list)
    sent_at: Mapped[datetime | None]
    offered_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))

    agreement: Mapped[Agreement] = relationship()
    base: Mapped[AgreementVersion] = relationship()
    unit: Mapped[Unit | None] = relationship()
    supervisor: Mapped[Contact | None] = relationship()
    offered: Mapped[Document | None] = relationship(foreign_keys=[offered_id])
    document: Mapped[Document | None] = relationship(foreign_keys=[document_id])
    signatures: Mapped[list[AmendmentSignature]] = relationship(
        back_populates="amendment", cascade="all, delete-orphan", order_by="AmendmentSignature.id"
    )

    @property
    def placement(self) -> Placement:
        return self.agreement.placement

    @property
    def asked(self) -> list[Party]:
        return [Party(value) for value in self.signers]

    @property
    def host_unit_id(self) -> int:
        """Whose host signs: a student's new unit."""
        return self.unit_id or self.placement.unit_id

    def history_of(self) -> tuple[str, int]:
        return "placement", self.agreement.placement_id


class AmendmentSignature(Signed, Audited, Model):
    """One party's signature under one amendment."""

    __table_args__ = table(UniqueConstraint("amendment_id", "party"))

    id: Mapped[int] = mapped_column(primary_key=True)
    amendment_id: Mapped[int] = mapped_column(ForeignKey("amendment.id"), index=True)

    amendment: Mapped[Amendment] = relationship(back_populates="signatures")

    def history_of(self) -> tuple[str, int]:
        return "placement", self.amendment.agreement.placement_id
