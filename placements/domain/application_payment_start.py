"""A payment begins with what the applicant has said on the payment page; most programmes ask for none."""

from __future__ import annotations

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from placements.domain import application_answers, municipalities, residence
from placements.domain.application_steps import ALREADY_AGREED, ASKING
from placements.domain.residence import Fee
from placements.i18n import _
from placements.models.application_payments import (
    ApplicationPayment,
    PaymentSaid,
    PaymentTrack,
    WaiverAnswer,
)
from placements.models.applications import Application
from placements.models.enrolments import Enrolment
from placements.models.programmes import FeePayer

SAID = {ALREADY_AGREED: PaymentSaid.AGREED, ASKING: PaymentSaid.ASKING}
FREE_PLACE = "friplads"


def fee_of(application: Application) -> Fee | None:
    """What the programme asks for this applicant; None where nobody pays."""
    if application.residence is None:
        return None
    return residence.fee_for(application.cohort.programme, application.residence)


def begin(session: Session, application: Application) -> ApplicationPayment | None:
    """Nothing where nobody pays. Raises `encryption.Unreadable`."""
    fee = fee_of(application)
    if fee is None:
        return None
    said = application_answers.read(application).payment
    payment = ApplicationPayment(
        application=application,
        cohort_id=application.cohort_id,
        reference=application.reference,
        municipality=application.municipality,
        payer=fee.payer,
        payer_name=_payer_name(application, fee.payer),
        amount=fee.amount,
        **_said(said, fee),
    )
    session.add(payment)
    return payment


def _payer_name(application: Application, payer: FeePayer) -> str:
    if payer is not FeePayer.MUNICIPALITY:
        return str(_("Arbejdsgiveren"))
    found = municipalities.find(application.municipality or "")
    return found.authority if found else application.municipality or ""


def _said(said: str, fee: Fee) -> dict[str, object]:
    if said not in fee.waivers:
        return {"said": SAID.get(said), "track": PaymentTrack.FULL}
    track = PaymentTrack.FREE_PLACE if said == FREE_PLACE else PaymentTrack.GRANT
    return {"said": PaymentSaid.WAIVER, "track": track, "waiver_answer": WaiverAnswer.APPLIED}


def follow(session: Session, application: Application, enrolment: Enrolment) -> None:
    """Whoever is enrolled takes the payment along."""
    session.execute(
        update(ApplicationPayment)
        .where(ApplicationPayment.application_id == application.id)
        .values(enrolment_id=enrolment.id)
    )


def forget(session: Session, application: Application) -> None:
    """With the application, unless somebody was enrolled with it: then it belongs to the accounts."""
    own = ApplicationPayment.application_id == application.id
    session.execute(delete(ApplicationPayment).where(own, ApplicationPayment.enrolment_id.is_(None)))
    session.execute(update(ApplicationPayment).where(own).values(application_id=None))
