"""Whom a programme's bills and letters come from."""

from __future__ import annotations

from flask import render_template
from flask_babel import gettext
from werkzeug.wrappers import Response

from placements.access import current_user, roles_allowed
from placements.blueprints.application_payments import bp
from placements.blueprints.application_payments.forms import SenderForm
from placements.db import db
from placements.domain import application_payments, programmes
from placements.models.programmes import Programme
from placements.web import attempt, back_to, get_or_404

Answer = str | Response | tuple[str, int]


def _page(programme: Programme, form: SenderForm) -> str:
    return render_template("application_payments/sender.html", programme=programme, form=form)


@bp.get("/programmes/<slug>/invoice-sender")
@roles_allowed("coordinator")
def edit_sender(slug: str) -> Answer:
    programme = get_or_404(programmes.coordinated_by(current_user), slug=slug)
    sender = application_payments.sender_of(db.session(), programme.id)
    return _page(programme, SenderForm.on(sender, formdata=None))


@bp.post("/programmes/<slug>/invoice-sender")
@roles_allowed("coordinator")
def save_sender(slug: str) -> Answer:
    programme, session = get_or_404(programmes.coordinated_by(current_user), slug=slug), db.session()
    sender = application_payments.sender_of(session, programme.id)
    form = SenderForm.on(sender)

    def action() -> None:
        application_payments.save_sender(session, programme, form.written, version=form.version_number)

    if refused := attempt(form, action, record=sender):
        return _page(programme, form), refused
    session.commit()
    return back_to(f"/programmes/{slug}", message=gettext("Afsenderen er gemt."))
