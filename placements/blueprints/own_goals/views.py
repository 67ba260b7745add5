"""A student writes own goals for the practicum, until the agreement is sent."""

from __future__ import annotations

from flask import render_template
from flask_babel import gettext
from werkzeug.wrappers import Response

from placements.access import current_user, roles_allowed
from placements.blueprints.own_goals import bp
from placements.blueprints.own_goals.forms import GoalsForm
from placements.db import db
from placements.domain import own_goals
from placements.models.placements import Placement
from placements.web import attempt, back_to, get_or_404

Answer = str | Response | tuple[str, int]


def _page(placement: Placement, form: GoalsForm, status: int = 200) -> tuple[str, int]:
    may_write = own_goals.may_write(db.session(), placement)
    page = render_template("own_goals/edit.html", placement=placement, form=form, may_write=may_write)
    return page, status


@bp.get("")
@roles_allowed("student")
def edit(placement_id: int) -> Answer:
    placement = get_or_404(own_goals.of_student(current_user), placement_id)
    return _page(placement, GoalsForm.on(placement))


@bp.post("")
@roles_allowed("student")
def save(placement_id: int) -> Answer:
    placement = get_or_404(own_goals.of_student(current_user), placement_id)
    form = GoalsForm.on(placement)

    def action() -> None:
        own_goals.write(db.session(), placement, form.text.data or "", seen=form.version_number)

    if refused := attempt(form, action, record=placement.own_goals):
        return _page(placement, form, refused)
    db.session.commit()
    return back_to(f"/placements/{placement_id}", message=gettext("Dine mål er gemt."))
