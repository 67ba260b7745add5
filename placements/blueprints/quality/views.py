"""The notes on a unit's quality, newest first, and writing another. For those who run the programmes."""

from __future__ import annotations

from flask import render_template
from flask_babel import gettext
from werkzeug.wrappers import Response

from placements.access import current_user, roles_allowed
from placements.blueprints.quality import bp
from placements.blueprints.quality.forms import ReviewForm
from placements.clock import today
from placements.db import db
from placements.domain import hosts, quality, unit_reviews
from placements.models.hosts import Unit
from placements.web import attempt, back_to, get_or_404

Answer = str | Response | tuple[str, int]


def _unit(unit_id: int) -> Unit:
    return get_or_404(hosts.visible_units(current_user), unit_id)


def _page(unit: Unit, form: ReviewForm, status: int = 200) -> Answer:
    reviews = quality.of_unit(db.session(), unit.id)
    page = render_template(
        "quality/index.html",
        unit=unit,
        form=form,
        reviews=reviews,
        student_reviews=unit_reviews.of_unit(db.session(), current_user, unit.id),
        questions=unit_reviews.QUESTIONS,
        is_due=bool(reviews) and quality.is_due(reviews[0], today=today()),
    )
    return page, status


@bp.get("/hosts/<int:unit_id>/quality")
@roles_allowed("coordinator", "admin")
def index(unit_id: int) -> Answer:
    return _page(_unit(unit_id), ReviewForm(reviewed_on=today()))


@bp.post("/hosts/<int:unit_id>/quality")
@roles_allowed("coordinator", "admin")
def write(unit_id: int) -> Answer:
    unit, form = _unit(unit_id), ReviewForm()

    def action() -> None:
        quality.write(db.session(), unit, current_user, today=today(), **form.values())

    if refused := attempt(form, action):
        return _page(unit, form, refused)
    db.session.commit()
    return back_to(f"/hosts/{unit.id}/quality", message=gettext("Noten er gemt."))
