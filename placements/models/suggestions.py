"""A unit that a student has found: suggested, and then made into an offer or declined."""

from __future__ import annotations

import enum
from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from placements.db import Model, Versioned, table
from placements.models.enrolments import Enrolment
from placements.models.events import Audited
from placements.models.hosts import Sector
from placements.models.offers import Offer
from placements.models.users import User


class SuggestionStatus(enum.StrEnum):
    SUGGESTED = "suggested"
    APPROVED = "approved"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class Suggestion(Audited, Versioned, Model):
    """`answer` is the coordinator's sentence to the student; `offer` is what an approval made."""

    __table_args__ = table()

    id: Mapped[int] = mapped_column(primary_key=True)
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"), index=True)
    status: Mapped[SuggestionStatus] = mapped_column(default=SuggestionStatus.SUGGESTED)
    unit_name: Mapped[str]
    organisation_name: Mapped[str]
    sector: Mapped[Sector]
    municipality: Mapped[str | None]
    contact_name: Mapped[str]
    contact_email: Mapped[str]
    why: Mapped[str | None]
    suggested_at: Mapped[datetime]
    answer: Mapped[str | None]
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("app_user.id"), index=True)
    offer_id: Mapped[int | None] = mapped_column(ForeignKey("offer.id"), index=True)

    enrolment: Mapped[Enrolment] = relationship()
    offer: Mapped[Offer | None] = relationship()
    answered_by: Mapped[User | None] = relationship()
