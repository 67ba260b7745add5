"""Naming somebody, naming another, deleting it."""

from __future__ import annotations

from flask import render_template
from flask_babel import gettext
from werkzeug.wrappers import Response

from placements.access import current_user, roles_allowed
from placements.blueprints.warning_contacts import bp
from placements.blueprints.warning_contacts.forms import WarningContactForm
from placements.clock import today
from placements.db import db
from placements.domain import own_enrolments, warning_contacts
from placements.domain.rules import expect_version
from placements.models.enrolments import Enrolment
from placements.web import attempt, back_to, get_or_404

Answer = str | Response | tuple[str, int]


def _own(enrolment_id: int) -> Enrolment:
    return get_or_404(own_enrolments.of(current_user), enrolment_id)


def _page(enrolment: Enrolment, form: WarningContactForm, status: int = 200) -> tuple[str, int]:
    named = warning_contacts.of_enrolment(db.session(), enrolment, current_user)
    page = "warning_contacts/edit.html"
    return render_template(page, enrolment=enrolment, named=named, form=form), status


@bp.get("/my/warning-contact/<int:enrolment_id>")
@roles_allowed("student")
def edit(enrolment_id: int) -> Answer:
    enrolment = _own(enrolment_id)
    named = warning_contacts.of_enrolment(db.session(), enrolment, current_user)
    form = WarningContactForm(obj=named)
    form.agreed.data = named is not None
    return _page(enrolment, form)


@bp.post("/my/warning-contact/<int:enrolment_id>")
@roles_allowed("student")
def save(enrolment_id: int) -> Answer:
    enrolment, form, session = _own(enrolment_id), WarningContactForm(), db.session()
    named = warning_contacts.of_enrolment(session, enrolment, current_user)

    def action() -> None:
        if named is not None:
            expect_version(named, form.version_number)
        warning_contacts.name_one(
            session,
            enrolment,
            current_user,
            name=form.name.data or "",
            email=form.email.data or "",
            agreed=bool(form.agreed.data),
            today=today(),
        )

    if refused := attempt(form, action, record=named):
        return _page(enrolment, form, refused)
    session.commit()
    return back_to("/my", message=gettext("Det er gemt, hvem vi også må skrive til."))


@bp.post("/my/warning-contact/<int:enrolment_id>/delete")
@roles_allowed("student")
def forget(enrolment_id: int) -> Answer:
    enrolment = _own(enrolment_id)
    warning_contacts.forget(db.session(), enrolment, current_user)
    db.session.commit()
    return back_to(f"/my/warning-contact/{enrolment.id}", message=gettext("Navn og e-mail er slettet."))
