"""Applications for a seat in a cohort. What the applicant has said is encrypted; what is counted is not."""

from __future__ import annotations

import enum
import secrets
from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from placements.db import Model, Versioned, table
from placements.models.cohorts import Cohort


class ApplicationStatus(enum.StrEnum):
    """A withdrawn application is deleted at once, so it has no state."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    OFFERED = "offered"
    WAITING = "waiting"
    REJECTED = "rejected"
    NEXT_YEAR = "next_year"
    ACCEPTED = "accepted"
    DECLINED = "declined"


class Residence(enum.StrEnum):
    """Where an applicant lives, as the programme's home municipalities and region have it (V-09)."""

    HOME = "home"
    REGION = "region"
    OUTSIDE = "outside"


def _uid() -> str:
    return secrets.token_hex(16)


class Application(Versioned, Model):
    """`answers` is encrypted JSON (`domain.application_answers`), bound to `uid`. `reference` tells nothing.

    `email_key` finds the application of an address without holding it. `municipality` and `residence` are
    known from the page that asks.
    """

    __table_args__ = table(
        Index(None, "cohort_id", "status"), Index(None, "cohort_id", "email_key", unique=True)
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(unique=True, default=_uid)
    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohort.id"))
    status: Mapped[ApplicationStatus] = mapped_column(default=ApplicationStatus.DRAFT)
    reference: Mapped[str | None] = mapped_column(unique=True)
    email_key: Mapped[str]
    locale: Mapped[str] = mapped_column(default="da")
    answers: Mapped[str]
    municipality: Mapped[str | None]
    residence: Mapped[Residence | None]
    started_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]

    cohort: Mapped[Cohort] = relationship()


class ApplicationLink(Model):
    """A mailed link to one's own application; only a digest of it is kept."""

    __table_args__ = table()

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    made_at: Mapped[datetime]

    application: Mapped[Application] = relationship()
