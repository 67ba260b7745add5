"""Add, edit and delete an organisation's framework agreements."""

from __future__ import annotations

from flask import abort, render_template
from flask_babel import gettext
from werkzeug.wrappers import Response

from placements.access import current_user, roles_allowed
from placements.blueprints.frameworks import bp
from placements.blueprints.frameworks.forms import FrameworkForm
from placements.clock import now
from placements.db import db
from placements.domain import frameworks, hosts, scans
from placements.domain.rules import expect_version
from placements.models.frameworks import FrameworkAgreement
from placements.models.hosts import Organisation
from placements.web import attempt, back_to, get_or_404, takes_file

Answer = str | Response | tuple[str, int]


def _organisation(organisation_id: int) -> Organisation:
    return get_or_404(hosts.visible_organisations(current_user), organisation_id)


def _agreement(framework_id: int) -> FrameworkAgreement:
    return get_or_404(frameworks.visible_to(current_user), framework_id)


def _page(organisation: Organisation, form: FrameworkForm, address: str, status: int = 200) -> Answer:
    page = render_template("frameworks/edit.html", organisation=organisation, form=form, address=address)
    return page, status


def _new_address(organisation: Organisation) -> str:
    return f"/hosts/organisations/{organisation.id}/frameworks/new"


def _attach(agreement: FrameworkAgreement, form: FrameworkForm) -> None:
    if name := form.scan.filename:
        frameworks.attach(db.session(), agreement, form.scan.content(), name=name, now=now())


def _back(organisation_id: int, message: str) -> Response:
    return back_to(f"/hosts/organisations/{organisation_id}#frameworks", message=message)


@bp.get("/hosts/organisations/<int:organisation_id>/frameworks/new")
@roles_allowed("coordinator", "admin")
def new(organisation_id: int) -> Answer:
    organisation = _organisation(organisation_id)
    return _page(organisation, FrameworkForm(), _new_address(organisation))


@bp.post("/hosts/organisations/<int:organisation_id>/frameworks/new")
@roles_allowed("coordinator", "admin")
@takes_file(scans.LARGEST)
def add(organisation_id: int) -> Answer:
    organisation, form = _organisation(organisation_id), FrameworkForm()

    def action() -> None:
        _attach(frameworks.add(db.session(), organisation, **form.values()), form)

    if refused := attempt(form, action):
        return _page(organisation, form, _new_address(organisation), refused)
    db.session.commit()
    return _back(organisation.id, gettext("Rammeaftalen er tilføjet."))


@bp.get("/frameworks/<int:framework_id>")
@roles_allowed("coordinator", "admin")
def edit(framework_id: int) -> Answer:
    agreement = _agreement(framework_id)
    return _page(agreement.organisation, FrameworkForm(obj=agreement), f"/frameworks/{agreement.id}")


@bp.post("/frameworks/<int:framework_id>")
@roles_allowed("coordinator", "admin")
@takes_file(scans.LARGEST)
def save(framework_id: int) -> Answer:
    agreement = _agreement(framework_id)
    form = FrameworkForm(obj=agreement)

    def action() -> None:
        expect_version(agreement, form.version_number)
        frameworks.edit(agreement, **form.values())
        _attach(agreement, form)

    if refused := attempt(form, action, record=agreement):
        return _page(agreement.organisation, form, f"/frameworks/{agreement.id}", refused)
    db.session.commit()
    return _back(agreement.organisation_id, gettext("Rammeaftalen er gemt."))


@bp.get("/frameworks/<int:framework_id>/scan")
@roles_allowed("coordinator", "admin")
def scan(framework_id: int) -> Answer:
    """As it was uploaded, to be saved and never shown by the browser."""
    found = _agreement(framework_id).scan or abort(404)
    headers = {"Content-Disposition": f'attachment; filename="{found.filename}"'}
    return Response(found.content, mimetype=found.printed["type"], headers=headers)


@bp.post("/frameworks/<int:framework_id>/delete")
@roles_allowed("coordinator", "admin")
def delete(framework_id: int) -> Answer:
    agreement = _agreement(framework_id)
    owner_id = agreement.organisation_id
    db.session.delete(agreement)
    db.session.commit()
    return _back(owner_id, gettext("Rammeaftalen er slettet."))
