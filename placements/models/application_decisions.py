"""Answers to applications: prepared, then sent as a letter; and what the letters of a programme say."""

from __future__ import annotations

import enum
import secrets
from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from placements.db import Model, Versioned, table
from placements.models.applications import Application
from placements.models.enrolments import Enrolment
from placements.models.events import Audited
from placements.models.programmes import Programme


class DecisionKind(enum.StrEnum):
    OFFER = "offer"
    WAITING_LIST = "waiting_list"
    REJECTION = "rejection"
    NEXT_YEAR = "next_year"


def _uid() -> str:
    return secrets.token_hex(16)


class ApplicationDecision(Versioned, Model):
    """Prepared until `sent_at`, and unknown to the applicant; there is one prepared at most, and one offer.

    `reasons` and `letter` are encrypted, bound to `uid`. `place`: on the waiting list. Who took an offer is
    enrolled as `enrolment`; an offer that nobody answered in time has `lapsed_at`.
    """

    __table_args__ = table()

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(unique=True, default=_uid)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id", ondelete="CASCADE"), index=True)
    kind: Mapped[DecisionKind]
    place: Mapped[int | None]
    reasons: Mapped[str | None]
    letter: Mapped[str | None]
    prepared_at: Mapped[datetime]
    prepared_by: Mapped[str | None]
    answer_by: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    lapsed_at: Mapped[datetime | None]
    enrolment_id: Mapped[int | None] = mapped_column(ForeignKey("enrolment.id"), index=True)

    application: Mapped[Application] = relationship()
    enrolment: Mapped[Enrolment | None] = relationship()


class ApplicationLetter(Audited, Versioned, Model):
    """What a programme's letters of this kind say in this language. Without a text: the shipped one."""

    __table_args__ = table(UniqueConstraint("programme_id", "kind", "locale"))

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    kind: Mapped[DecisionKind]
    locale: Mapped[str]
    text: Mapped[str | None]

    programme: Mapped[Programme] = relationship()
