"""Who pays for a seat, how it stands, and whom our bills come from: never what the course is about."""

from __future__ import annotations

import enum
from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from placements.db import Model, Versioned, table
from placements.models.applications import Application
from placements.models.cohorts import Cohort
from placements.models.enrolments import Enrolment
from placements.models.programmes import FeePayer, Programme


class PaymentStatus(enum.StrEnum):
    OPEN = "open"
    PROMISED = "promised"
    INVOICED = "invoiced"
    PAID = "paid"
    WAIVED = "waived"


class PaymentSaid(enum.StrEnum):
    """What the applicant said of it."""

    AGREED = "agreed"
    ASKING = "asking"
    WAIVER = "waiver"


class PaymentTrack(enum.StrEnum):
    FULL = "full"
    FREE_PLACE = "free_place"
    GRANT = "grant"


class WaiverAnswer(enum.StrEnum):
    """To a free place or a grant."""

    APPLIED = "applied"
    GRANTED = "granted"
    REFUSED = "refused"


class ApplicationPayment(Versioned, Model):
    """One for an application whose programme asks for a fee; it stays with the enrolment. Whole kroner.

    `reference` is the application's and tells nothing. `payer_name` is a municipality's authority or an
    employer; `ean` (GLN), the contact and `payer_reference` are the payer's own.
    """

    __table_args__ = table(
        CheckConstraint("amount >= 0 AND granted >= 0 AND granted <= amount", "amounts"),
        Index(None, "cohort_id", "status"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int | None] = mapped_column(
        ForeignKey("application.id", ondelete="SET NULL"), unique=True
    )
    enrolment_id: Mapped[int | None] = mapped_column(
        ForeignKey("enrolment.id", ondelete="SET NULL"), unique=True
    )
    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohort.id"))
    reference: Mapped[str] = mapped_column(unique=True)
    municipality: Mapped[str]
    payer: Mapped[FeePayer]
    payer_name: Mapped[str]
    amount: Mapped[int]
    granted: Mapped[int] = mapped_column(default=0)
    said: Mapped[PaymentSaid | None]
    track: Mapped[PaymentTrack] = mapped_column(default=PaymentTrack.FULL)
    waiver_answer: Mapped[WaiverAnswer | None]
    status: Mapped[PaymentStatus] = mapped_column(default=PaymentStatus.OPEN)
    approved_on: Mapped[date | None]
    invoiced_on: Mapped[date | None]
    paid_on: Mapped[date | None]
    waived_on: Mapped[date | None]
    ean: Mapped[str | None]
    contact_name: Mapped[str | None]
    contact_phone: Mapped[str | None]
    contact_email: Mapped[str | None]
    payer_reference: Mapped[str | None]

    application: Mapped[Application | None] = relationship()
    enrolment: Mapped[Enrolment | None] = relationship()
    cohort: Mapped[Cohort] = relationship()


class InvoiceSender(Versioned, Model):
    """Whom a programme's bills and letters come from: the authority, by a name that says no more."""

    __table_args__ = table()

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), unique=True)
    name: Mapped[str]
    cvr: Mapped[str]
    ean: Mapped[str | None]
    street: Mapped[str]
    postal_code: Mapped[str]
    city: Mapped[str]
    bank_registration: Mapped[str]
    bank_account: Mapped[str]
    contact_name: Mapped[str]
    contact_phone: Mapped[str]
    contact_email: Mapped[str]
    days_to_pay: Mapped[int] = mapped_column(default=30)

    programme: Mapped[Programme] = relationship()
