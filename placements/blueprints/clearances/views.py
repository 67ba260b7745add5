"""What units ask for, and the dates of the checks of students and units."""

from __future__ import annotations

from collections.abc import Iterable

from flask import abort, render_template
from flask_babel import gettext
from werkzeug.wrappers import Response

from placements.access import current_user, roles_allowed
from placements.blueprints.clearances import bp
from placements.blueprints.clearances.forms import AskForm, DatesForm
from placements.clock import today
from placements.db import db
from placements.domain import clearances, cohorts, enrolments, hosts
from placements.models.clearances import ClearanceKind
from placements.models.cohorts import Cohort
from placements.models.enrolments import Enrolment
from placements.models.hosts import Unit
from placements.web import attempt, back_to, get_or_404, said
from placements.words import word

Answer = str | Response | tuple[str, int]


def _kind(value: str, among: Iterable[ClearanceKind]) -> ClearanceKind:
    kind = next((kind for kind in among if kind.value == value), None)
    return kind if kind is not None else abort(404)


# What a unit asks for, and its own approval


def _unit(unit_id: int) -> Unit:
    return get_or_404(hosts.visible_units(current_user), unit_id)


@bp.get("/hosts/<int:unit_id>/clearances")
@roles_allowed("coordinator", "admin", "host")
def of_unit(unit_id: int) -> Answer:
    return _unit_page(_unit(unit_id), AskForm())


@bp.post("/hosts/<int:unit_id>/clearances")
@roles_allowed("coordinator", "admin", "host")
def ask(unit_id: int) -> Answer:
    unit, form = _unit(unit_id), AskForm()

    def action() -> None:
        clearances.ask_for(db.session(), unit, form.chosen_kind, mandatory=form.mandatory)

    if refused := attempt(form, action):
        return _unit_page(unit, form, refused)
    db.session.commit()
    return back_to(f"/hosts/{unit.id}/clearances", message=gettext("Det er gemt, hvad stedet beder om."))


@bp.post("/hosts/<int:unit_id>/clearances/<clearance>/remove")
@roles_allowed("coordinator", "admin", "host")
def ask_no_longer(unit_id: int, clearance: str) -> Answer:
    unit, kind = _unit(unit_id), _kind(clearance, ClearanceKind)
    clearances.ask_no_longer(db.session(), unit, kind)
    db.session.commit()
    message = gettext("Stedet beder ikke længere om: %(kind)s.", kind=said(word(kind)))
    return back_to(f"/hosts/{unit.id}/clearances", message=message)


def _unit_page(unit: Unit, form: AskForm, status: int = 200) -> Answer:
    own = clearances.of_unit(db.session(), unit.id)
    page = render_template(
        "clearances/unit.html",
        unit=unit,
        form=form,
        rules=clearances.rules_of(db.session(), unit.id),
        lines=clearances.lines(own, clearances.OF_UNITS, today=today()),
        may_manage=hosts.is_staff(current_user),
    )
    return page, status


@bp.get("/hosts/<int:unit_id>/clearances/<clearance>")
@roles_allowed("coordinator", "admin")
def edit_of_unit(unit_id: int, clearance: str) -> Answer:
    unit = _unit(unit_id)
    return _edit_page(unit, _kind(clearance, clearances.OF_UNITS))


@bp.post("/hosts/<int:unit_id>/clearances/<clearance>")
@roles_allowed("coordinator", "admin")
def save_of_unit(unit_id: int, clearance: str) -> Answer:
    unit = _unit(unit_id)
    return _save(unit, _kind(clearance, clearances.OF_UNITS))


# A student's checks


def _enrolment(enrolment_id: int) -> Enrolment:
    return get_or_404(enrolments.coordinated_by(current_user), enrolment_id)


@bp.get("/cohorts/<slug>/clearances")
@roles_allowed("coordinator")
def of_cohort(slug: str) -> Answer:
    cohort: Cohort = get_or_404(cohorts.coordinated_by(current_user), slug=slug)
    people = enrolments.of_cohort(db.session(), cohort)
    held = clearances.of_students(db.session(), [person.id for person in people])
    kinds, day = clearances.OF_STUDENTS, today()
    return render_template(
        "clearances/cohort.html",
        cohort=cohort,
        kinds=kinds,
        people=[(person, clearances.lines(held[person.id], kinds, today=day)) for person in people],
    )


@bp.get("/enrolments/<int:enrolment_id>/clearances")
@roles_allowed("coordinator")
def of_student(enrolment_id: int) -> Answer:
    enrolment = _enrolment(enrolment_id)
    held = clearances.of_students(db.session(), [enrolment.id])[enrolment.id]
    lines = clearances.lines(held, clearances.OF_STUDENTS, today=today())
    return render_template("clearances/student.html", enrolment=enrolment, lines=lines)


@bp.get("/enrolments/<int:enrolment_id>/clearances/<clearance>")
@roles_allowed("coordinator")
def edit_of_student(enrolment_id: int, clearance: str) -> Answer:
    enrolment = _enrolment(enrolment_id)
    return _edit_page(enrolment, _kind(clearance, clearances.OF_STUDENTS))


@bp.post("/enrolments/<int:enrolment_id>/clearances/<clearance>")
@roles_allowed("coordinator")
def save_of_student(enrolment_id: int, clearance: str) -> Answer:
    enrolment = _enrolment(enrolment_id)
    return _save(enrolment, _kind(clearance, clearances.OF_STUDENTS))


# The dates of one


def _list_of(subject: Enrolment | Unit) -> str:
    start = "/enrolments" if isinstance(subject, Enrolment) else "/hosts"
    return f"{start}/{subject.id}/clearances"


def _name_of(subject: Enrolment | Unit) -> str:
    return subject.user.name if isinstance(subject, Enrolment) else subject.name_on(today())


def _edit_page(
    subject: Enrolment | Unit, kind: ClearanceKind, form: DatesForm | None = None, status: int = 200
) -> Answer:
    form = form or DatesForm(obj=clearances.find(db.session(), subject, kind))
    page = render_template(
        "clearances/edit.html", kind=kind, form=form, name=_name_of(subject), list_href=_list_of(subject)
    )
    return page, status


def _save(subject: Enrolment | Unit, kind: ClearanceKind) -> Answer:
    record = clearances.find(db.session(), subject, kind)
    form = DatesForm(obj=record)

    def action() -> None:
        version, day = form.version_number, today()
        clearances.register(db.session(), subject, kind, version=version, today=day, **form.dates())

    if refused := attempt(form, action, record=record):
        return _edit_page(subject, kind, form, refused)
    db.session.commit()
    return back_to(
        _list_of(subject), message=gettext("Datoerne er gemt for %(name)s.", name=_name_of(subject))
    )
