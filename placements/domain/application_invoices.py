"""What a bill says, before it is printed or made a file: who pays whom, how much, when (V-09, D-07)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from sqlalchemy.orm import Session

from placements.domain import application_payment_states, application_payments
from placements.domain.rules import RuleBroken
from placements.formatting import period
from placements.i18n import Text, _
from placements.models.application_payments import ApplicationPayment, InvoiceSender, PaymentStatus
from placements.models.cohorts import Cohort
from placements.models.programmes import FeePayer

VAT_NOTE = _("Undervisningen er fritaget for moms.")
NO_SENDER = _("Skriv først, hvem regninger og breve kommer fra. Det gøres på programmets side.")
Status = Literal["promised", "invoiced", "paid", "waived"]
STATUSES: dict[PaymentStatus, Status] = {
    PaymentStatus.PROMISED: "promised",
    PaymentStatus.INVOICED: "invoiced",
    PaymentStatus.PAID: "paid",
}


@dataclass(frozen=True, slots=True)
class Invoice:
    """`text` is the only line. Everything in it may be read by anybody."""

    payment: ApplicationPayment
    sender: InvoiceSender
    status: Status
    issued_on: date
    due_on: date
    text: str
    amount: int

    @property
    def reference(self) -> str:
        return self.payment.reference


# Questions


def of(session: Session, payment: ApplicationPayment, *, on: date) -> Invoice:
    """Once the payment is promised. Raises `RuleBroken` before, and when nobody is there to send it."""
    if not application_payment_states.has_been_promised(payment):
        raise RuleBroken(_("Regningen kan laves, når betalingen er lovet."))
    sender = _sender(session, payment)
    issued_on = payment.invoiced_on or on
    return Invoice(
        payment=payment,
        sender=sender,
        status=STATUSES[payment.status],
        issued_on=issued_on,
        due_on=issued_on + timedelta(days=sender.days_to_pay),
        text=str(_line(payment)),
        amount=application_payment_states.due(payment),
    )


def of_file(session: Session, payment: ApplicationPayment, *, on: date) -> Invoice:
    """For a file that a system reads: nothing may be missing. Raises `RuleBroken`."""
    invoice = of(session, payment, on=on)
    if payment.payer is not FeePayer.MUNICIPALITY:
        raise RuleBroken(_("Elektroniske regninger er til kommuner. Brug fakturagrundlaget i stedet."))
    unmet = [check for check in application_payment_states.checks(payment, invoice.sender) if not check.met]
    if unmet:
        raise RuleBroken(_("Der mangler noget, før filen kan laves. Det står på listen på siden."))
    return invoice


def sender_of_letter(session: Session, payment: ApplicationPayment) -> InvoiceSender:
    """A letter is for asking: once it is settled there is nothing to ask. Raises `RuleBroken`."""
    if not application_payment_states.may_change(payment):
        raise RuleBroken(_("Betalingen er afgjort, så der er ikke noget at spørge kommunen om."))
    if payment.payer is not FeePayer.MUNICIPALITY:
        raise RuleBroken(_("Brevet er til kommuner, og her betaler en arbejdsgiver."))
    return _sender(session, payment)


def _sender(session: Session, payment: ApplicationPayment) -> InvoiceSender:
    found = application_payments.sender_of(session, payment.cohort.programme_id)
    if found is None:
        raise RuleBroken(NO_SENDER)
    return found


def _line(payment: ApplicationPayment) -> Text:
    cohort = payment.cohort
    return _("Uddannelsesforløb, %(period)s", period=period(cohort.starts_on, ends_on(cohort)))


def ends_on(cohort: Cohort) -> date:
    """The last day of the practicum, or of the planned weeks, as the letters to applicants say it."""
    if cohort.practicum_ends_on:
        return cohort.practicum_ends_on
    weeks = (cohort.programme.theory_weeks or 0) + (cohort.programme.practicum_weeks or 0)
    return cohort.starts_on + timedelta(weeks=max(weeks, 1), days=-3)


def address(sender: InvoiceSender) -> str:
    """In one line, as on an envelope."""
    return f"{sender.name}, {sender.street}, {sender.postal_code} {sender.city}"
