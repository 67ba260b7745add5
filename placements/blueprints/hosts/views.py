"""The list of hosts, and one unit's page."""

from __future__ import annotations

from typing import Any

from flask import abort, render_template, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from placements.access import current_user, roles_allowed
from placements.blueprints.hosts import bp
from placements.blueprints.hosts.forms import HostFilter, NewUnitForm, UnitChangeForm, UnitForm
from placements.clock import today
from placements.db import db
from placements.domain import (
    clearances,
    contacts,
    history,
    host_directory,
    host_spans,
    hosts,
    municipalities,
    offer_list,
    offers,
    pauses,
    periods,
    quality,
    users,
)
from placements.domain.rules import expect_version
from placements.history_words import tell
from placements.models.hosts import Organisation, Sector, Unit
from placements.web import asked_id, attempt, back_to, get_or_404, page_or_fragment

Answer = str | Response | tuple[str, int]


@bp.get("/hosts")
@roles_allowed("coordinator", "admin", "host")
def index() -> Answer:
    wanted, session, day = HostFilter(request.args), db.session(), today()
    text, sector, after = wanted.q.data or "", wanted.chosen_sector, request.args.get("after", type=asked_id)
    found = host_directory.units(session, current_user, day=day, sector=sector, text=text, after=after)
    filters = wanted.in_words()
    idle = {} if filters or after else host_directory.without_units(session, current_user, day=day)
    return page_or_fragment(
        "hosts/index.html",
        "hosts/_table.html",
        found=found,
        idle=idle,
        wanted=wanted,
        sectors=wanted.sectors(),
        tags=[(label, value, wanted.address(without=name)) for name, label, value in filters],
        next_href=wanted.address(after=found.after) if found.after else "",
        first_href=wanted.address() if after else "",
        may_manage=hosts.is_staff(current_user),
    )


def _unit(unit_id: int) -> Unit:
    return get_or_404(hosts.visible_units(current_user), unit_id)


@bp.get("/hosts/<int:unit_id>")
@roles_allowed("coordinator", "admin", "host")
def show(unit_id: int) -> Answer:
    unit, session, day = _unit(unit_id), db.session(), today()
    spans = host_spans.of_unit(unit)
    staff = hosts.is_staff(current_user)
    return render_template(
        "hosts/show.html",
        unit=unit,
        spans=spans,
        coming=host_spans.coming(spans, today=day),
        contacts=contacts.of_unit(session, unit.id),
        hosts=users.hosts_of(session, unit.id),
        asked=clearances.rules_of(session, unit.id),
        offers=offer_list.page(session, current_user, offer_list.Filter(unit_id=unit.id), day=day).lines,
        entries=tell(session, history.of(session, unit)),
        may_manage=staff,
        pause=pauses.of_unit(session, unit.id) if staff else None,
        review=next(iter(quality.of_unit(session, unit.id)), None) if staff else None,
        may_offer=offers.may_offer(current_user, unit.id),
    )


# Creating and editing a unit


@bp.get("/hosts/new")
@roles_allowed("coordinator", "admin")
def new_unit() -> Answer:
    form = NewUnitForm(organisation_id=request.args.get("organisation", ""))
    return _new_unit_page(form.among(_owners()))


@bp.post("/hosts/new")
@roles_allowed("coordinator", "admin")
def create_unit() -> Answer:
    form = NewUnitForm().among(_owners())
    made: list[Unit] = []

    def action() -> None:
        owner = _owner(form.organisation_id.data)
        values = _told(form) | {"sector": Sector(form.sector.data), "name": form.name.data}
        made.append(hosts.create_unit(db.session(), owner, **values))

    if refused := attempt(form, action):
        return _new_unit_page(form, refused)
    db.session.commit()
    said = gettext("%(name)s er oprettet. Tilføj nu dem, I har kontakt med.", name=form.name.data)
    return back_to(f"/hosts/{made[0].id}", message=said)


def _new_unit_page(form: NewUnitForm, status: int = 200) -> Answer:
    return render_template("hosts/new.html", form=form, municipalities=municipalities.names()), status


def _owners() -> dict[int, str]:
    return hosts.owners_to_choose(db.session(), day=today())


def _owner(typed: str) -> Organisation:
    return db.session.get_one(Organisation, int(typed))


def _told(form: UnitForm) -> dict[str, Any]:
    return {key: form[key].data for key in ("address", "municipality", "phone", "about", "ean")}


@bp.get("/hosts/<int:unit_id>/edit")
@roles_allowed("coordinator", "admin", "host")
def edit_unit(unit_id: int) -> Answer:
    unit = _unit(unit_id)
    return _edit_page(unit, _unit_form(unit))


def _edit_page(unit: Unit, form: UnitForm, status: int = 200) -> Answer:
    names = municipalities.names()
    return render_template("hosts/edit.html", unit=unit, form=form, municipalities=names), status


def _unit_form(unit: Unit) -> UnitForm:
    """A host tells about the place; which sector it counts in is for those who run the programmes."""
    form = UnitForm(obj=unit)
    if not hosts.is_staff(current_user):
        del form.sector
    return form


@bp.post("/hosts/<int:unit_id>/edit")
@roles_allowed("coordinator", "admin", "host")
def save_unit(unit_id: int) -> Answer:
    unit = _unit(unit_id)
    form = _unit_form(unit)

    def action() -> None:
        expect_version(unit, form.version_number)
        sector = Sector(form.sector.data) if "sector" in form else unit.sector
        hosts.edit_unit(db.session(), unit, sector=sector, today=today(), **_told(form))

    if refused := attempt(form, action, record=unit):
        return _edit_page(unit, form, refused)
    db.session.commit()
    return back_to(f"/hosts/{unit.id}", message=gettext("Oplysningerne er gemt."))


# Name and owner over time


@bp.get("/hosts/<int:unit_id>/name")
@roles_allowed("coordinator", "admin")
def change_unit(unit_id: int) -> Answer:
    unit = _unit(unit_id)
    form = UnitChangeForm(obj=periods.on(unit.periods, today())).among(_owners())
    return render_template("hosts/name.html", unit=unit, form=form)


@bp.post("/hosts/<int:unit_id>/name")
@roles_allowed("coordinator", "admin")
def save_change(unit_id: int) -> Answer:
    unit = _unit(unit_id)
    current = periods.on(unit.periods, today())
    form = UnitChangeForm(obj=current).among(_owners())

    def action() -> None:
        expect_version(current, form.version_number)
        name, owner = form.name.data or "", _owner(form.organisation_id.data)
        if form.is_correction:
            hosts.correct_unit(db.session(), unit, name=name, organisation=owner, today=today())
        else:
            hosts.change_unit(
                db.session(), unit, name=name, organisation=owner, from_day=form.first_day, today=today()
            )

    if refused := attempt(form, action, record=current):
        return render_template("hosts/name.html", unit=unit, form=form), refused
    db.session.commit()
    return back_to(f"/hosts/{unit.id}", message=gettext("Navn og ejer er gemt."))


@bp.post("/hosts/<int:unit_id>/name/<int:period_id>/call-off")
@roles_allowed("coordinator", "admin")
def call_off_change(unit_id: int, period_id: int) -> Answer:
    unit = _unit(unit_id)
    period = next((period for period in unit.periods if period.id == period_id), None)
    if period is None:
        abort(404)
    periods.call_off(unit.periods, period, today=today())
    db.session.commit()
    return back_to(f"/hosts/{unit.id}", message=gettext("Ændringen er aflyst. Alt bliver, som det var."))
