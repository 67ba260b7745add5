"""Yes by a button, no on a page of its own that says what follows."""

from __future__ import annotations

from flask import render_template
from flask_babel import gettext
from werkzeug.wrappers import Response

from placements.access import current_user, roles_allowed
from placements.blueprints.student_answers import bp
from placements.blueprints.student_answers.forms import NoForm
from placements.clock import now, today
from placements.db import db
from placements.domain import placements, student_answers
from placements.domain.rules import expect_version
from placements.models.placements import Placement
from placements.web import Form, attempt, back_to, get_or_404

Answer = str | Response | tuple[str, int]


def _placement(placement_id: int) -> Placement:
    return get_or_404(student_answers.answerable_by(current_user), placement_id)


@bp.post("/placements/<int:placement_id>/student-answer/yes")
@roles_allowed("coordinator", "student")
def say_yes(placement_id: int) -> Answer:
    placement = _placement(placement_id)
    expect_version(placement, Form().version_number)
    student_answers.say_yes(db.session(), placement, current_user, now=now())
    db.session.commit()
    return back_to(f"/placements/{placement.id}", message=gettext("Svaret er gemt: ja tak til pladsen."))


def _page(placement: Placement, form: NoForm, status: int = 200) -> Answer:
    role = placements.speaks_as(placement, current_user).value
    unit = placement.unit.name_on(today())
    page = render_template("student_answers/no.html", placement=placement, form=form, unit=unit, role=role)
    return page, status


@bp.get("/placements/<int:placement_id>/student-answer/no")
@roles_allowed("coordinator", "student")
def ask_why_not(placement_id: int) -> Answer:
    placement = _placement(placement_id)
    return _page(placement, NoForm(version=placement.version))


@bp.post("/placements/<int:placement_id>/student-answer/no")
@roles_allowed("coordinator", "student")
def say_no(placement_id: int) -> Answer:
    placement, form = _placement(placement_id), NoForm()

    def action() -> None:
        expect_version(placement, form.version_number)
        student_answers.say_no(db.session(), placement, current_user, reason=form.chosen, now=now())

    if refused := attempt(form, action, record=placement):
        return _page(placement, form, refused)
    db.session.commit()
    seen = placements.is_visible(db.session(), placement, current_user)
    said = gettext("Svaret er gemt, og koordinatoren finder en anden plads.")
    return back_to(f"/placements/{placement.id}" if seen else "/my", message=said)
