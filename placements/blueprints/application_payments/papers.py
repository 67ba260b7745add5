"""What is printed of a payment, and the bill as a file."""

from __future__ import annotations

from flask import abort
from flask_babel import get_locale
from werkzeug.wrappers import Response

from placements import printing
from placements.access import current_user, roles_allowed
from placements.blueprints.application_payments import bp
from placements.clock import today
from placements.db import db
from placements.domain import application_payments
from placements.models.application_payments import ApplicationPayment
from placements.web import get_or_404, note_look, pdf_shown


def _payment(application_id: int) -> ApplicationPayment:
    """The letter names who it is about, so it is a look."""
    visible = application_payments.visible_to(current_user).filter_by(application_id=application_id)
    get_or_404(visible)
    note_look("application", application_id)
    payment: ApplicationPayment = get_or_404(visible)
    return payment


@bp.get("/applications/<int:application_id>/payment/letter.pdf")
@roles_allowed("coordinator")
def letter(application_id: int) -> Response:
    payment, locale = _payment(application_id), str(get_locale())
    printed = printing.payments.municipality_letter(db.session(), payment, on=today(), locale=locale)
    return pdf_shown(printed.filename, printed.pdf)


@bp.get("/applications/<int:application_id>/payment/invoice.pdf")
@roles_allowed("coordinator")
def invoice(application_id: int) -> Response:
    payment, locale = _payment(application_id), str(get_locale())
    printed = printing.payments.invoice_basis(db.session(), payment, on=today(), locale=locale)
    return pdf_shown(printed.filename, printed.pdf)


@bp.get("/applications/<int:application_id>/payment/invoice-<form>.xml")
@roles_allowed("coordinator")
def invoice_file(application_id: int, form: str) -> Response:
    if form not in printing.payments.FORMS:
        abort(404)
    payment = _payment(application_id)
    written = printing.payments.as_file(db.session(), payment, form, on=today())
    name = f"regning-{payment.reference}-{form}.xml"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(written, mimetype="application/xml", headers=headers)
