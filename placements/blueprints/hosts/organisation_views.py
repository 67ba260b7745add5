"""One organisation's page: its names over time and its units."""

from __future__ import annotations

from flask import abort, render_template, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from placements.access import current_user, roles_allowed
from placements.blueprints.hosts import bp
from placements.blueprints.hosts.forms import ChangeForm, DetailsForm, OrganisationForm
from placements.clock import today
from placements.db import db
from placements.domain import (
    frameworks,
    history,
    host_directory,
    host_spans,
    hosts,
    organisation_numbers,
    periods,
)
from placements.domain.rules import expect_version
from placements.history_words import tell
from placements.models.hosts import Organisation
from placements.web import attempt, back_to, get_or_404, page_or_fragment

Answer = str | Response | tuple[str, int]


def _organisation(organisation_id: int) -> Organisation:
    return get_or_404(hosts.visible_organisations(current_user), organisation_id)


@bp.get("/hosts/organisations/<int:organisation_id>")
@roles_allowed("coordinator", "admin", "host")
def show_organisation(organisation_id: int) -> Answer:
    organisation, session = _organisation(organisation_id), db.session()
    agreements = frameworks.of_organisation(session, organisation.id)
    return render_template(
        "hosts/organisation.html",
        organisation=organisation,
        spans=host_spans.of_organisation(organisation),
        agreements=agreements,
        expiring=frameworks.expiring(agreements, today=today()),
        units=host_directory.owned_by(session, current_user, organisation.id, day=today()),
        entries=tell(session, history.of(session, organisation)),
        may_manage=hosts.is_staff(current_user),
    )


@bp.get("/hosts/organisations/new")
@roles_allowed("coordinator", "admin")
def new_organisation() -> Answer:
    """To htmx: whether the number that is being typed is known already."""
    return _new_page(OrganisationForm(), typed=request.args.get("cvr", ""))


def _new_page(form: OrganisationForm, status: int = 200, *, typed: str = "") -> Answer:
    known = organisation_numbers.with_cvr(db.session(), typed)
    page, fragment = "hosts/organisation_new.html", "hosts/_known.html"
    return page_or_fragment(
        page, fragment if request.method == "GET" else page, status, form=form, known=known
    )


@bp.post("/hosts/organisations/new")
@roles_allowed("coordinator", "admin")
def create_organisation() -> Answer:
    form = OrganisationForm()
    made: list[Organisation] = []

    def action() -> None:
        name = form.name.data or ""
        made.append(hosts.create_organisation(db.session(), name=name, today=today(), **form.values()))

    if refused := attempt(form, action):
        return _new_page(form, refused, typed=form.cvr.data or "")
    db.session.commit()
    said = gettext("%(name)s er oprettet. Tilføj nu det første afsnit.", name=form.name.data)
    return back_to(f"/hosts/organisations/{made[0].id}", message=said)


@bp.get("/hosts/organisations/<int:organisation_id>/edit")
@roles_allowed("coordinator", "admin")
def edit_organisation(organisation_id: int) -> Answer:
    organisation = _organisation(organisation_id)
    form = DetailsForm(obj=organisation)
    return render_template("hosts/organisation_edit.html", organisation=organisation, form=form)


@bp.post("/hosts/organisations/<int:organisation_id>/edit")
@roles_allowed("coordinator", "admin")
def save_organisation(organisation_id: int) -> Answer:
    organisation = _organisation(organisation_id)
    form = DetailsForm(obj=organisation)

    def action() -> None:
        expect_version(organisation, form.version_number)
        hosts.edit_organisation(db.session(), organisation, today=today(), **form.values())

    if refused := attempt(form, action, record=organisation):
        page = "hosts/organisation_edit.html"
        return render_template(page, organisation=organisation, form=form), refused
    db.session.commit()
    return back_to(f"/hosts/organisations/{organisation.id}", message=gettext("Oplysningerne er gemt."))


@bp.get("/hosts/organisations/<int:organisation_id>/name")
@roles_allowed("coordinator", "admin")
def rename_organisation(organisation_id: int) -> Answer:
    organisation = _organisation(organisation_id)
    form = ChangeForm(obj=periods.on(organisation.names, today()))
    return render_template("hosts/organisation_name.html", organisation=organisation, form=form)


@bp.post("/hosts/organisations/<int:organisation_id>/name")
@roles_allowed("coordinator", "admin")
def save_organisation_name(organisation_id: int) -> Answer:
    organisation = _organisation(organisation_id)
    current = periods.on(organisation.names, today())
    form = ChangeForm(obj=current)

    def action() -> None:
        expect_version(current, form.version_number)
        session, name = db.session(), form.name.data or ""
        if form.is_correction:
            hosts.correct_organisation_name(session, organisation, name=name, today=today())
        else:
            hosts.rename_organisation(
                session, organisation, name=name, from_day=form.first_day, today=today()
            )

    if refused := attempt(form, action, record=current):
        page = "hosts/organisation_name.html"
        return render_template(page, organisation=organisation, form=form), refused
    db.session.commit()
    return back_to(f"/hosts/organisations/{organisation.id}", message=gettext("Navnet er gemt."))


@bp.post("/hosts/organisations/<int:organisation_id>/name/<int:period_id>/call-off")
@roles_allowed("coordinator", "admin")
def call_off_rename(organisation_id: int, period_id: int) -> Answer:
    organisation = _organisation(organisation_id)
    name = next((name for name in organisation.names if name.id == period_id), None)
    if name is None:
        abort(404)
    periods.call_off(organisation.names, name, today=today())
    db.session.commit()
    said = gettext("Ændringen er aflyst. Alt bliver, som det var.")
    return back_to(f"/hosts/organisations/{organisation.id}", message=said)
