"""Payments for applications: who sees them, what is agreed with the payer, and whom our bills come from."""

from __future__ import annotations

from datetime import date
from typing import TypedDict

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import Session, joinedload

from placements.domain import (
    application_answers,
    application_neutral,
    application_payment_start,
    application_payment_states,
    applications,
    organisation_numbers,
)
from placements.domain.actors import Actor
from placements.domain.rules import RuleBroken, Stale, expect_version
from placements.i18n import _
from placements.models.application_payments import (
    ApplicationPayment,
    InvoiceSender,
    PaymentTrack,
    WaiverAnswer,
)
from placements.models.applications import Application
from placements.models.cohorts import Cohort
from placements.models.enrolments import Enrolment
from placements.models.programmes import Programme


class Agreed(TypedDict):
    """What can be written about a payment until the bill is sent."""

    payer_name: str | None
    amount: int
    granted: int
    track: PaymentTrack
    waiver_answer: WaiverAnswer | None
    approved_on: date | None
    ean: str | None
    contact_name: str | None
    contact_phone: str | None
    contact_email: str | None
    payer_reference: str | None


class Sender(TypedDict):
    name: str
    cvr: str
    ean: str | None
    street: str
    postal_code: str
    city: str
    bank_registration: str
    bank_account: str
    contact_name: str
    contact_phone: str
    contact_email: str
    days_to_pay: int


LEAVING = ("payer_name", "contact_name", "payer_reference")


def visible_to(actor: Actor) -> Select[ApplicationPayment]:
    """The coordinator's, of applications they may read; once those are deleted, of their programmes without
    their own."""
    readable = applications.coordinated_by(actor).with_only_columns(Application.id)
    own = select(Cohort.id).where(Cohort.programme_id.in_(actor.programme_ids))
    enrolled = select(Enrolment.id).where(Enrolment.user_id == actor.id)
    return select(ApplicationPayment).where(
        or_(
            ApplicationPayment.application_id.in_(readable),
            and_(
                ApplicationPayment.application_id.is_(None),
                ApplicationPayment.cohort_id.in_(own),
                func.coalesce(ApplicationPayment.enrolment_id, 0).not_in(enrolled),
            ),
        )
    )


def cohorts_of(actor: Actor) -> Select[Cohort]:
    own = Cohort.programme_id.in_(actor.programme_ids)
    return select(Cohort).options(joinedload(Cohort.programme)).where(own)


# Questions


def of_application(session: Session, application: Application) -> ApplicationPayment | None:
    found: ApplicationPayment | None = session.scalar(
        select(ApplicationPayment).where(ApplicationPayment.application_id == application.id)
    )
    return found


def of_enrolment(session: Session, enrolment: Enrolment, actor: Actor) -> ApplicationPayment | None:
    """For the coordinator alone."""
    found: ApplicationPayment | None = session.scalar(
        visible_to(actor).where(ApplicationPayment.enrolment_id == enrolment.id)
    )
    return found


def sender_of(session: Session, programme_id: int) -> InvoiceSender | None:
    found: InvoiceSender | None = session.scalar(
        select(InvoiceSender).where(InvoiceSender.programme_id == programme_id)
    )
    return found


def applicant_of(payment: ApplicationPayment) -> str:
    """Whom the payer is asked to pay for; nobody when both are gone."""
    if payment.enrolment is not None:
        return payment.enrolment.user.name
    return application_answers.read(payment.application).name if payment.application else ""


# Actions


def begin(session: Session, application: Application) -> ApplicationPayment:
    """For who applied before there was anything to pay. Raises `RuleBroken` where nobody pays."""
    if of_application(session, application) is not None:
        raise RuleBroken(_("Betalingen er oprettet. Se siden igen."))
    begun = application_payment_start.begin(session, application)
    if begun is None:
        raise RuleBroken(_("Der skal ikke betales for den, der bor her."))
    return begun


def save(payment: ApplicationPayment, agreed: Agreed, *, version: int, today: date) -> None:
    application_payment_states.refuse_settled(payment)
    expect_version(payment, version)
    _refuse_days(payment, agreed["approved_on"], today=today)
    for field in LEAVING:
        application_neutral.refuse_telling(agreed[field], field=field)  # type: ignore[literal-required]
    payment.track, payment.waiver_answer, payment.granted = _waiver(agreed)
    payment.ean = organisation_numbers.checked_ean(agreed["ean"])
    payment.payer_name = agreed["payer_name"] or payment.payer_name
    payment.amount, payment.approved_on = agreed["amount"], agreed["approved_on"]
    payment.contact_name, payment.contact_phone = agreed["contact_name"], agreed["contact_phone"]
    payment.contact_email, payment.payer_reference = agreed["contact_email"], agreed["payer_reference"]


def _refuse_days(payment: ApplicationPayment, approved_on: date | None, *, today: date) -> None:
    if approved_on and approved_on > today:
        raise RuleBroken(_("Skriv en dag, der har været."), field="approved_on")
    if approved_on is None and application_payment_states.has_been_promised(payment):
        raise RuleBroken(
            _("Betalingen er lovet, så dagen skal stå her. Gå et skridt tilbage, hvis den ikke er."),
            field="approved_on",
        )


def _waiver(agreed: Agreed) -> tuple[PaymentTrack, WaiverAnswer | None, int]:
    """A grant is of some kroner, and only when it is granted."""
    track, answer, granted = agreed["track"], agreed["waiver_answer"], agreed["granted"]
    if track is PaymentTrack.FULL:
        return track, None, 0
    if answer is None:
        raise RuleBroken(_("Vælg, om der er søgt, eller hvad svaret er."), field="waiver_answer")
    if track is PaymentTrack.FREE_PLACE or answer is not WaiverAnswer.GRANTED:
        return track, answer, 0
    if not 0 < granted <= agreed["amount"]:
        raise RuleBroken(_("Skriv, hvor mange kroner der er bevilget, højst hele beløbet."), field="granted")
    return track, answer, granted


def save_sender(session: Session, programme: Programme, sender: Sender, *, version: int) -> None:
    """Opened on version 0 when nothing had been written."""
    found = sender_of(session, programme.id)
    if found is not None:
        expect_version(found, version)
    elif version:
        raise Stale
    for field in ("name", "street", "contact_name"):
        application_neutral.refuse_telling(sender[field], field=field)
    cvr = organisation_numbers.checked_cvr(sender["cvr"]) or ""
    ean = organisation_numbers.checked_ean(sender["ean"])
    if found is None:
        found = InvoiceSender(programme=programme)
        session.add(found)
    for field, value in (sender | {"cvr": cvr, "ean": ean}).items():
        setattr(found, field, value)


def move(session: Session, payment: ApplicationPayment, verb: str, *, version: int, today: date) -> None:
    expect_version(payment, version)
    sender = sender_of(session, payment.cohort.programme_id)
    application_payment_states.move(payment, verb, sender, today=today)
