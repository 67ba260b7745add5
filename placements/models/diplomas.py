"""Proof of completion or of taking part, with a number and a code that anyone who holds it can verify."""

from __future__ import annotations

import enum
from datetime import date

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from placements.db import Model, Versioned, table
from placements.models.documents import Document
from placements.models.enrolments import Enrolment
from placements.models.events import Audited


class DiplomaKind(enum.StrEnum):
    """Whoever meets the rules gets a diploma, whoever does not a certificate of what they attended."""

    DIPLOMA = "diploma"
    CERTIFICATE = "certificate"


class DiplomaStatus(enum.StrEnum):
    ISSUED = "issued"
    REISSUED = "reissued"
    REVOKED = "revoked"


class NumberSeries(Model):
    """The last number given in a series (an organiser's, of a kind) and year; numbers have no gaps."""

    __table_args__ = table(UniqueConstraint("series", "year"))

    id: Mapped[int] = mapped_column(primary_key=True)
    series: Mapped[str]
    year: Mapped[int]
    last: Mapped[int]


class Diploma(Audited, Versioned, Model):
    """A diploma or a certificate. Issuer, programme and name are kept as they were that day.

    `ended_on` is the day it was replaced or revoked; `replaces` is the one that it was issued instead of.
    `badge_index` is its badge's place in the public lists; one without has no badge.
    """

    __table_args__ = table(UniqueConstraint("issuer", "number"))

    id: Mapped[int] = mapped_column(primary_key=True)
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"), index=True)
    kind: Mapped[DiplomaKind] = mapped_column(default=DiplomaKind.DIPLOMA)
    number: Mapped[str]
    code: Mapped[str] = mapped_column(unique=True, info={"sensitive": True})
    status: Mapped[DiplomaStatus] = mapped_column(default=DiplomaStatus.ISSUED)
    issued_on: Mapped[date]
    issuer: Mapped[str]
    programme_name: Mapped[str]
    person_name: Mapped[str]
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("diploma.id"), unique=True)
    ended_on: Mapped[date | None]
    reason: Mapped[str | None] = mapped_column(info={"sensitive": True})
    badge_index: Mapped[int | None] = mapped_column(unique=True)

    enrolment: Mapped[Enrolment] = relationship()
    document: Mapped[Document | None] = relationship()
    replaces: Mapped[Diploma | None] = relationship(remote_side=[id])

    def history_of(self) -> tuple[str, int]:
        return "enrolment", self.enrolment_id
