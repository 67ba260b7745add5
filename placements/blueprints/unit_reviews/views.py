"""The student's review of the unit, and what a unit is told of many of them together."""

from __future__ import annotations

from flask import render_template
from flask_babel import gettext
from werkzeug.wrappers import Response

from placements.access import current_user, roles_allowed
from placements.blueprints.unit_reviews import bp
from placements.blueprints.unit_reviews.forms import ReviewForm, review_form
from placements.clock import today
from placements.db import db
from placements.domain import hosts, unit_reviews
from placements.models.placements import Placement
from placements.web import attempt, back_to, get_or_404

Answer = str | Response | tuple[str, int]


def _page(placement: Placement, form: ReviewForm) -> str:
    return render_template(
        "unit_reviews/show.html",
        placement=placement,
        form=form,
        review=unit_reviews.of_placement(db.session(), placement),
        open=unit_reviews.is_open(placement, today=today()),
        questions=unit_reviews.QUESTIONS,
    )


@bp.get("/placements/<int:placement_id>/unit-review")
@roles_allowed("student")
def show(placement_id: int) -> Answer:
    placement = get_or_404(unit_reviews.reviewed_by(current_user), placement_id)
    return _page(placement, review_form(formdata=None))


@bp.post("/placements/<int:placement_id>/unit-review")
@roles_allowed("student")
def give(placement_id: int) -> Answer:
    placement = get_or_404(unit_reviews.reviewed_by(current_user), placement_id)
    session, form = db.session(), review_form()

    def action() -> None:
        unit_reviews.give(session, placement, ratings=form.ratings, line=form.line.data, today=today())

    if refused := attempt(form, action):
        return _page(placement, form), refused
    session.commit()
    message = gettext("Tak. Din evaluering er sendt til koordinatoren.")
    return back_to(f"/placements/{placement_id}", message=message)


@bp.get("/hosts/<int:unit_id>/reviews")
@roles_allowed("coordinator", "admin", "host")
def of_unit(unit_id: int) -> Answer:
    unit = get_or_404(hosts.visible_units(current_user), unit_id)
    found = unit_reviews.summary(db.session(), unit.id)
    return render_template("unit_reviews/unit.html", unit=unit, summary=found)
