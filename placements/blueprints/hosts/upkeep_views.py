"""Upkeep of units and organisations: set aside and taken back, two made one, deleted when unused."""

from __future__ import annotations

from flask import render_template, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from placements.access import current_user, roles_allowed
from placements.blueprints.hosts import bp
from placements.blueprints.hosts.forms import MergeForm, PauseForm
from placements.clock import today
from placements.db import db
from placements.domain import host_deletion, host_directory, host_merging, hosts, pauses
from placements.domain.rules import expect_version
from placements.models.hosts import Organisation, Unit
from placements.web import asked_id, attempt, back_to, get_or_404, said

Answer = str | Response | tuple[str, int]


def _unit(unit_id: int) -> Unit:
    return get_or_404(hosts.visible_units(current_user), unit_id)


def _organisation(organisation_id: int) -> Organisation:
    return get_or_404(hosts.visible_organisations(current_user), organisation_id)


# Set aside


@bp.get("/hosts/<int:unit_id>/pause")
@roles_allowed("coordinator", "admin")
def pause(unit_id: int) -> Answer:
    return _pause_page(_unit(unit_id), PauseForm())


@bp.post("/hosts/<int:unit_id>/pause")
@roles_allowed("coordinator", "admin")
def set_aside(unit_id: int) -> Answer:
    unit, form = _unit(unit_id), PauseForm()

    def action() -> None:
        pauses.set_aside(db.session(), unit, reason=form.reason.data or "", today=today())

    if refused := attempt(form, action):
        return _pause_page(unit, form, refused)
    db.session.commit()
    message = gettext("Stedet er sat på pause. Det kommer på forsiden igen om et halvt år.")
    return back_to(f"/hosts/{unit.id}", message=message)


def _pause_page(unit: Unit, form: PauseForm, status: int = 200) -> Answer:
    again = pauses.ask_again_on(today())
    return render_template("hosts/pause.html", unit=unit, form=form, again=again), status


@bp.post("/hosts/<int:unit_id>/pause/end")
@roles_allowed("coordinator", "admin")
def take_back(unit_id: int) -> Answer:
    unit = _unit(unit_id)
    pauses.take_back(db.session(), unit, today=today())
    db.session.commit()
    return back_to(f"/hosts/{unit.id}", message=gettext("Stedet er med igen."))


# Two made one


@bp.get("/hosts/<int:unit_id>/merge")
@roles_allowed("coordinator", "admin")
def merge_unit(unit_id: int) -> Answer:
    rows = host_directory.names(db.session(), current_user, day=today(), with_paused=True)
    others = {row[0]: f"{row[1]}, {row[2]}" for row in rows}
    return _merge_page(_unit(unit_id), others, _chosen_unit(), f"/hosts/{unit_id}")


def _chosen_unit() -> Unit | None:
    chosen = request.args.get("into", type=asked_id)
    return _unit(chosen) if chosen else None


@bp.post("/hosts/<int:unit_id>/merge")
@roles_allowed("coordinator", "admin")
def save_merged_unit(unit_id: int) -> Answer:
    gone, form = _unit(unit_id), MergeForm()
    kept = _unit(form.chosen_id)
    _expect(gone, kept, form)
    host_merging.merge_units(db.session(), kept, gone, today=today())
    db.session.commit()
    return back_to(f"/hosts/{kept.id}", message=gettext("De to steder er nu ét."))


@bp.get("/hosts/organisations/<int:organisation_id>/merge")
@roles_allowed("coordinator", "admin")
def merge_organisation(organisation_id: int) -> Answer:
    others = hosts.owners_to_choose(db.session(), day=today())
    chosen = request.args.get("into", type=asked_id)
    kept = _organisation(chosen) if chosen else None
    address = f"/hosts/organisations/{organisation_id}"
    return _merge_page(_organisation(organisation_id), others, kept, address)


@bp.post("/hosts/organisations/<int:organisation_id>/merge")
@roles_allowed("coordinator", "admin")
def save_merged_organisation(organisation_id: int) -> Answer:
    gone, form = _organisation(organisation_id), MergeForm()
    kept = _organisation(form.chosen_id)
    _expect(gone, kept, form)
    host_merging.merge_organisations(db.session(), kept, gone, today=today())
    db.session.commit()
    message = gettext("De to organisationer er nu én.")
    return back_to(f"/hosts/organisations/{kept.id}", message=message)


def _expect(gone: Organisation | Unit, kept: Organisation | Unit, form: MergeForm) -> None:
    """Both are as they were when the preview was shown."""
    expect_version(gone, form.version_number)
    expect_version(kept, form.kept_version_number)


def _merge_page(
    gone: Organisation | Unit, others: dict[int, str], kept: Organisation | Unit | None, address: str
) -> Answer:
    moving = host_merging.preview(db.session(), gone) if kept else []
    choices = [(str(id_), said(name)) for id_, name in others.items() if id_ != gone.id]
    return render_template(
        "hosts/merge.html", gone=gone, kept=kept, moving=moving, choices=choices, address=address
    )


# Deleted when unused


@bp.post("/hosts/<int:unit_id>/delete")
@roles_allowed("coordinator", "admin")
def delete_unit(unit_id: int) -> Answer:
    host_deletion.delete(db.session(), _unit(unit_id))
    db.session.commit()
    return back_to("/hosts", message=gettext("Stedet er slettet."))


@bp.post("/hosts/organisations/<int:organisation_id>/delete")
@roles_allowed("coordinator", "admin")
def delete_organisation(organisation_id: int) -> Answer:
    host_deletion.delete(db.session(), _organisation(organisation_id))
    db.session.commit()
    return back_to("/hosts", message=gettext("Organisationen er slettet."))
