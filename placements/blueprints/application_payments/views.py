"""One application's payment and what is printed of it; a cohort's payments, as a list and as a file."""

from __future__ import annotations

from flask import abort, render_template
from flask_babel import gettext
from werkzeug.wrappers import Response

from placements.access import current_user, roles_allowed
from placements.blueprints.application_payments import bp
from placements.blueprints.application_payments.forms import PaymentForm
from placements.clock import today
from placements.db import db
from placements.domain import (
    application_payment_lists,
    application_payment_start,
    application_payment_states,
    application_payments,
    applications,
)
from placements.models.application_payments import ApplicationPayment
from placements.models.applications import Application
from placements.models.cohorts import Cohort
from placements.web import Form, attempt, back_to, get_or_404, note_look, said
from placements.words import word

Answer = str | Response | tuple[str, int]


def _payment(application_id: int) -> ApplicationPayment:
    visible = application_payments.visible_to(current_user)
    payment: ApplicationPayment = get_or_404(visible.filter_by(application_id=application_id))
    return payment


def _page(payment: ApplicationPayment, form: Form) -> str:
    sender = application_payments.sender_of(db.session(), payment.cohort.programme_id)
    return render_template(
        "application_payments/edit.html",
        payment=payment,
        applicant=application_payments.applicant_of(payment),
        form=form if isinstance(form, PaymentForm) else PaymentForm.on(payment, formdata=None),
        refused=form,
        sender=sender,
        checks=application_payment_states.checks(payment, sender),
        verbs=application_payment_states.verbs_of(payment),
        states=application_payment_states,
    )


@bp.get("/applications/<int:application_id>/payment")
@roles_allowed("coordinator")
def edit(application_id: int) -> Answer:
    found = applications.coordinated_by(current_user)
    note_look("application", get_or_404(found, application_id).id)
    application = get_or_404(found, application_id)
    payment = application_payments.of_application(db.session(), application)
    if payment is None:
        fee = application_payment_start.fee_of(application)
        return render_template("application_payments/none.html", application=application, fee=fee)
    return _page(payment, PaymentForm.on(payment, formdata=None))


@bp.post("/applications/<int:application_id>/payment")
@roles_allowed("coordinator")
def save(application_id: int) -> Answer:
    payment = _payment(application_id)
    form = PaymentForm.on(payment)

    def action() -> None:
        application_payments.save(payment, form.agreed, version=form.version_number, today=today())

    if refused := attempt(form, action, record=payment):
        return _page(payment, form), refused
    db.session.commit()
    return back_to(f"/applications/{application_id}/payment", message=gettext("Betalingen er gemt."))


@bp.post("/applications/<int:application_id>/payment/begin")
@roles_allowed("coordinator")
def begin(application_id: int) -> Answer:
    application: Application = get_or_404(applications.coordinated_by(current_user), application_id)
    application_payments.begin(db.session(), application)
    db.session.commit()
    return back_to(f"/applications/{application_id}/payment", message=gettext("Betalingen er oprettet."))


@bp.post("/applications/<int:application_id>/payment/<verb>")
@roles_allowed("coordinator")
def move(application_id: int, verb: str) -> Answer:
    payment = _payment(application_id)
    if verb not in application_payment_states.VERBS:
        abort(404)
    form = Form()

    def action() -> None:
        application_payments.move(db.session(), payment, verb, version=form.version_number, today=today())

    if refused := attempt(form, action, record=payment):
        return _page(payment, form), refused
    db.session.commit()
    message = gettext("Betalingen står nu som: %(status)s.", status=said(word(payment.status)))
    return back_to(f"/applications/{application_id}/payment", message=message)


def _of_cohort(slug: str) -> tuple[Cohort, list[ApplicationPayment]]:
    cohort: Cohort = get_or_404(application_payments.cohorts_of(current_user), slug=slug)
    return cohort, application_payment_lists.of_cohort(db.session(), cohort, current_user)


@bp.get("/applications/cohort/<slug>/payments")
@roles_allowed("coordinator")
def of_cohort(slug: str) -> Answer:
    cohort, payments = _of_cohort(slug)
    return render_template(
        "application_payments/cohort.html",
        cohort=cohort,
        payments=payments,
        totals=application_payment_lists.totals(payments),
        whole=application_payment_lists.whole(payments),
        figures=application_payment_lists.figures(payments),
        sender=application_payments.sender_of(db.session(), cohort.programme_id),
        states=application_payment_states,
    )


@bp.get("/applications/cohort/<slug>/payments.csv")
@roles_allowed("coordinator")
def file_of_cohort(slug: str) -> Answer:
    cohort, payments = _of_cohort(slug)
    headers = {"Content-Disposition": f'attachment; filename="betalinger-{cohort.slug}.csv"'}
    return Response(application_payment_lists.as_csv(payments), mimetype="text/csv", headers=headers)
