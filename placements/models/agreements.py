"""The signed contract of a placement: versions, and the signatures of the parties."""

from __future__ import annotations

import enum
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from placements.db import Model, Versioned, table
from placements.models.documents import Document
from placements.models.events import Audited
from placements.models.placements import Placement
from placements.models.signatures import Party, Signed

__all__ = ["Agreement", "AgreementSignature", "AgreementStatus", "AgreementVersion", "Party"]

if TYPE_CHECKING:
    from placements.models.clauses import AgreementText


class AgreementStatus(enum.StrEnum):
    DRAFT = "draft"
    AWAITING_SIGNATURES = "awaiting_signatures"
    SIGNED = "signed"


class Agreement(Audited, Model):
    __table_args__ = table()

    id: Mapped[int] = mapped_column(primary_key=True)
    placement_id: Mapped[int] = mapped_column(ForeignKey("placement.id"), unique=True)
    number: Mapped[str] = mapped_column(unique=True)

    placement: Mapped[Placement] = relationship()
    versions: Mapped[list[AgreementVersion]] = relationship(
        back_populates="agreement", cascade="all, delete-orphan", order_by="AgreementVersion.number"
    )

    @property
    def current(self) -> AgreementVersion:
        return self.versions[-1]

    def history_of(self) -> tuple[str, int]:
        return "placement", self.placement_id


class AgreementVersion(Audited, Versioned, Model):
    """`sections` maps a section's number (as text, "6") to what the parties wrote there.

    `offered` is the document as it was sent, which is what they sign; `document` the one with all signatures.
    """

    __table_args__ = table(UniqueConstraint("agreement_id", "number"))

    id: Mapped[int] = mapped_column(primary_key=True)
    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id"), index=True)
    number: Mapped[int]
    status: Mapped[AgreementStatus] = mapped_column(default=AgreementStatus.DRAFT)
    sections: Mapped[dict[str, Any]] = mapped_column(default=dict)
    sent_at: Mapped[datetime | None]
    offered_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))

    agreement: Mapped[Agreement] = relationship(back_populates="versions")
    offered: Mapped[Document | None] = relationship(foreign_keys=[offered_id])
    document: Mapped[Document | None] = relationship(foreign_keys=[document_id])
    text: Mapped[AgreementText | None] = relationship(
        back_populates="of_version", cascade="all, delete-orphan", uselist=False
    )
    signatures: Mapped[list[AgreementSignature]] = relationship(
        back_populates="version_signed", cascade="all, delete-orphan", order_by="AgreementSignature.id"
    )

    @property
    def placement(self) -> Placement:
        return self.agreement.placement

    @property
    def asked(self) -> None:
        """Nobody but the placement's own parties sign."""

    @property
    def host_unit_id(self) -> int:
        return self.placement.unit_id

    def history_of(self) -> tuple[str, int]:
        return "placement", self.agreement.placement_id


class AgreementSignature(Signed, Audited, Model):
    """One party's signature under one version."""

    __table_args__ = table(UniqueConstraint("version_id", "party"))

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("agreement_version.id"), index=True)

    version_signed: Mapped[AgreementVersion] = relationship(back_populates="signatures")

    def history_of(self) -> tuple[str, int]:
        return "placement", self.version_signed.agreement.placement_id
