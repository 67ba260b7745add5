"""The states of a payment: promised, invoiced, paid, or waived; what each step asks for, and the way back."""

from __future__ import annotations

from datetime import date

from placements.domain.rules import Requirement, RuleBroken, Unmet, moves, require, target_of
from placements.i18n import Text, _
from placements.models.application_payments import (
    ApplicationPayment,
    InvoiceSender,
    PaymentStatus,
    PaymentTrack,
    WaiverAnswer,
)
from placements.models.programmes import FeePayer

OPEN, PROMISED, INVOICED = PaymentStatus.OPEN, PaymentStatus.PROMISED, PaymentStatus.INVOICED
PAID, WAIVED = PaymentStatus.PAID, PaymentStatus.WAIVED

VERBS = moves(
    promise=((OPEN,), PROMISED),
    invoice=((PROMISED,), INVOICED),
    pay=((INVOICED,), PAID),
    waive=((OPEN, PROMISED, INVOICED), WAIVED),
    unpromise=((PROMISED,), OPEN),
    uninvoice=((INVOICED,), PROMISED),
    unpay=((PAID,), INVOICED),
    unwaive=((WAIVED,), OPEN),
)
LABELS: dict[str, Text] = {
    "promise": _("Betalingen er lovet"),
    "invoice": _("Regningen er sendt"),
    "pay": _("Pengene er kommet"),
    "waive": _("Der skal ikke betales"),
    "unpromise": _("Tilbage: betalingen er ikke lovet"),
    "uninvoice": _("Tilbage: regningen er ikke sendt"),
    "unpay": _("Tilbage: pengene er ikke kommet"),
    "unwaive": _("Tilbage: der skal betales"),
}
DATES = {INVOICED: "invoiced_on", PAID: "paid_on", WAIVED: "waived_on"}


# Questions


def verbs_of(payment: ApplicationPayment) -> list[str]:
    return [verb for verb, move in VERBS.items() if payment.status in move.sources]


def may_change(payment: ApplicationPayment) -> bool:
    """Until the bill is sent."""
    return payment.status in (OPEN, PROMISED)


def is_open(payment: ApplicationPayment) -> bool:
    return payment.status is OPEN


def has_been_promised(payment: ApplicationPayment) -> bool:
    """A bill can be written, or has been."""
    return payment.status in (PROMISED, INVOICED, PAID)


def is_waived(payment: ApplicationPayment) -> bool:
    return payment.status is WAIVED


def due(payment: ApplicationPayment) -> int:
    """What the payer has to pay, in kroner: less the grant, and nothing for a free place."""
    if payment.status is WAIVED:
        return 0
    if payment.waiver_answer is not WaiverAnswer.GRANTED:
        return payment.amount
    return 0 if payment.track is PaymentTrack.FREE_PLACE else payment.amount - payment.granted


def lacks_ean(payment: ApplicationPayment) -> bool:
    """A municipality takes no other bill than an electronic one (D-07)."""
    return payment.payer is FeePayer.MUNICIPALITY and due(payment) > 0 and not payment.ean


def checks(payment: ApplicationPayment, sender: InvoiceSender | None) -> list[Requirement]:
    """Everything that must be known before a bill is sent."""
    return [*promise_checks(payment), *invoice_checks(payment, sender)]


def promise_checks(payment: ApplicationPayment) -> list[Requirement]:
    answered = payment.waiver_answer is not WaiverAnswer.APPLIED
    return [
        Requirement("approved", _("Dagen, betalingen blev godkendt, er skrevet"), bool(payment.approved_on)),
        Requirement("answered", _("Der er svaret på friplads eller tilskud, hvis der er søgt"), answered),
        Requirement("due", _("Der er noget at betale"), due(payment) > 0),
    ]


def invoice_checks(payment: ApplicationPayment, sender: InvoiceSender | None) -> list[Requirement]:
    return [
        Requirement("ean", _("Betalerens EAN-nummer er skrevet"), not lacks_ean(payment)),
        Requirement("contact", _("Betalerens kontaktperson er skrevet"), bool(payment.contact_name)),
        Requirement("sender", _("Det er skrevet, hvem regningen kommer fra"), sender is not None),
    ]


# Actions


def move(payment: ApplicationPayment, verb: str, sender: InvoiceSender | None, *, today: date) -> None:
    """Raises `RuleBroken` with what is missing. A step back takes the day of that step away."""
    unmet = _unmet(payment, verb, sender)
    require(_("Der mangler noget før det skridt. Det står på listen på siden."), unmet)
    target = target_of(VERBS, verb, payment.status, _("Betalingen står et andet sted nu. Se siden igen."))
    left = DATES.get(payment.status)
    if left and verb.startswith("un"):
        setattr(payment, left, None)
    payment.status = target
    if target in DATES and not verb.startswith("un"):
        setattr(payment, DATES[target], today)


def _unmet(payment: ApplicationPayment, verb: str, sender: InvoiceSender | None) -> list[Unmet]:
    asked = {"promise": promise_checks(payment), "invoice": checks(payment, sender)}.get(verb, [])
    return [check for check in asked if not check.met]


def refuse_settled(payment: ApplicationPayment) -> None:
    if not may_change(payment):
        raise RuleBroken(_("Her kan ikke rettes mere. Gå et skridt tilbage først, hvis noget er forkert."))
