"""The hours of a practicum for its three parties, and the week that the student writes."""

from __future__ import annotations

from datetime import date

from flask import abort, render_template
from flask_babel import gettext
from werkzeug.wrappers import Response

from placements.access import current_user, roles_allowed
from placements.blueprints.hours import bp
from placements.blueprints.hours.page import form_of, overview, week_values
from placements.clock import now, today
from placements.db import db
from placements.domain import hours, hours_totals, placements
from placements.models.placements import Placement
from placements.web import attempt, back_to, get_or_404, page_or_fragment

PAGE, FRAGMENT = "hours/show.html", "hours/_weeks.html"
Answer = str | Response | tuple[str, int]


@bp.get("/placements/<int:placement_id>/hours")
@roles_allowed("coordinator", "host", "student")
def show(placement_id: int) -> Answer:
    placement = get_or_404(placements.visible_to(current_user), placement_id)
    return page_or_fragment(PAGE, FRAGMENT, **overview(placement))


def _monday(placement: Placement, key: str) -> date:
    monday = hours_totals.monday_in(placement, key)
    return monday or abort(404)


@bp.get("/placements/<int:placement_id>/hours/<week>")
@roles_allowed("coordinator", "host", "student")
def show_week(placement_id: int, week: str) -> Answer:
    placement = get_or_404(placements.visible_to(current_user), placement_id)
    monday = _monday(placement, week)
    found = db.session.scalar(hours.in_week(hours.visible_to(current_user), placement, monday))
    return render_template("hours/week.html", **week_values(placement, monday, found))


@bp.post("/placements/<int:placement_id>/hours/<week>")
@roles_allowed("student")
def save(placement_id: int, week: str) -> Answer:
    message = gettext("Ugen er gemt som kladde. Send den, når den er færdig.")
    return _written(placement_id, week, submit=False, message=message)


@bp.post("/placements/<int:placement_id>/hours/<week>/submit")
@roles_allowed("student")
def submit(placement_id: int, week: str) -> Answer:
    message = gettext("Timerne er sendt til praktikværten.")
    return _written(placement_id, week, submit=True, message=message)


def _written(placement_id: int, key: str, *, submit: bool, message: str) -> Answer:
    placement = get_or_404(hours.written_by(current_user), placement_id)
    monday, session = _monday(placement, key), db.session()
    found = session.scalar(hours.in_week(hours.visible_to(current_user), placement, monday))
    form = form_of(placement, monday)

    def action() -> None:
        week = hours.write(
            session,
            placement,
            monday,
            lines=form.lines,
            note=form.note.data,
            version=form.version_number,
            today=today(),
        )
        if submit:
            session.flush()
            hours.submit(session, week, now=now())

    if refused := attempt(form, action, record=found):
        return render_template("hours/week.html", **week_values(placement, monday, found, form=form)), refused
    session.commit()
    return back_to(f"/placements/{placement_id}/hours", message=message)
