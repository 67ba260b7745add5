"""The sheet on a page and in print, and the student's own page. Each look of others is written down."""

from __future__ import annotations

from flask import render_template
from flask_babel import get_locale, gettext
from werkzeug.wrappers import Response

from placements import printing
from placements.access import current_user, roles_allowed
from placements.blueprints.emergency_contacts import bp
from placements.blueprints.emergency_contacts.forms import EmergencyContactForm
from placements.clock import today
from placements.db import db
from placements.domain import emergency_contacts, looks, own_enrolments
from placements.domain.emergency_contacts import Sheet
from placements.domain.rules import expect_version
from placements.models.enrolments import Enrolment
from placements.web import attempt, back_to, get_or_404, note_look, pdf_shown

Answer = str | Response | tuple[str, int]


def _sheet(placement_id: int) -> Sheet:
    """With the look noted before anything is shown."""
    placement = get_or_404(emergency_contacts.with_sheet(current_user), placement_id)
    if emergency_contacts.is_look(db.session(), placement, current_user):
        note_look("emergency", placement.enrolment_id)
    return emergency_contacts.sheet(db.session(), placement, current_user)


@bp.get("/placements/<int:placement_id>/emergency")
@roles_allowed("coordinator", "host", "student")
def show(placement_id: int) -> Answer:
    sheet = _sheet(placement_id)
    own = sheet.placement.enrolment.user_id == current_user.id
    return render_template(
        "emergency_contacts/show.html",
        sheet=sheet,
        placement=sheet.placement,
        unit=sheet.placement.unit,
        unit_name=sheet.placement.unit.name_on(today()),
        own=own,
    )


@bp.get("/placements/<int:placement_id>/emergency.pdf")
@roles_allowed("coordinator", "host", "student")
def download(placement_id: int) -> Answer:
    printed = printing.sheets.emergency_sheet(_sheet(placement_id), on=today(), locale=str(get_locale()))
    return pdf_shown(printed.filename, printed.pdf)


# The student's own page


def _own(enrolment_id: int) -> Enrolment:
    return get_or_404(own_enrolments.of(current_user), enrolment_id)


def _page(enrolment: Enrolment, form: EmergencyContactForm, status: int = 200) -> tuple[str, int]:
    named = emergency_contacts.of_enrolment(db.session(), enrolment.id, current_user)
    seen = looks.of(db.session(), "emergency", enrolment.id)
    page = "emergency_contacts/edit.html"
    return render_template(page, enrolment=enrolment, named=named, form=form, looks=seen), status


@bp.get("/my/emergency/<int:enrolment_id>")
@roles_allowed("student")
def edit(enrolment_id: int) -> Answer:
    enrolment = _own(enrolment_id)
    named = emergency_contacts.of_enrolment(db.session(), enrolment.id, current_user)
    return _page(enrolment, EmergencyContactForm(obj=named))


@bp.post("/my/emergency/<int:enrolment_id>")
@roles_allowed("student")
def save(enrolment_id: int) -> Answer:
    enrolment, form, session = _own(enrolment_id), EmergencyContactForm(), db.session()
    named = emergency_contacts.of_enrolment(session, enrolment.id, current_user)

    def action() -> None:
        if named is not None:
            expect_version(named, form.version_number)
        emergency_contacts.name_one(
            session,
            enrolment,
            current_user,
            name=form.name.data or "",
            phone=form.phone.data or "",
            relation=form.relation.data,
        )

    if refused := attempt(form, action, record=named):
        return _page(enrolment, form, refused)
    session.commit()
    return back_to("/my", message=gettext("Det er gemt, hvem de skal ringe til."))


@bp.post("/my/emergency/<int:enrolment_id>/delete")
@roles_allowed("student")
def forget(enrolment_id: int) -> Answer:
    enrolment = _own(enrolment_id)
    emergency_contacts.forget(db.session(), enrolment, current_user)
    db.session.commit()
    return back_to(f"/my/emergency/{enrolment.id}", message=gettext("Navn og nummer er slettet."))
