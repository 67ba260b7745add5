"""The log of a practicum. To its host and student it is not there."""

from __future__ import annotations

from typing import Any

from flask import render_template, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from placements.access import current_user, roles_allowed
from placements.blueprints.visits import bp
from placements.blueprints.visits.forms import VisitForm, visit_form
from placements.clock import today
from placements.db import db
from placements.domain import placements, visits
from placements.domain.rules import expect_version
from placements.models.placements import Placement
from placements.models.visits import Visit
from placements.web import asked_id, attempt, back_to, get_or_404, page_or_fragment

PAGE, FRAGMENT = "visits/index.html", "visits/_list.html"
Answer = str | Response | tuple[str, int]


def _values(placement: Placement, form: VisitForm) -> dict[str, Any]:
    after = request.args.get("after", type=asked_id)
    shown = visits.page_of(db.session(), placement, after=after)
    return {"placement": placement, "shown": shown, "form": form, "later": after is not None}


@bp.get("/placements/<int:placement_id>/visits")
@roles_allowed("coordinator", "host", "student")
def index(placement_id: int) -> Answer:
    placement = get_or_404(placements.coordinated_by(current_user), placement_id)
    form = visit_form(formdata=None, data={"held_on": today()})
    return page_or_fragment(PAGE, FRAGMENT, **_values(placement, form))


@bp.post("/placements/<int:placement_id>/visits")
@roles_allowed("coordinator", "host", "student")
def add(placement_id: int) -> Answer:
    placement = get_or_404(placements.coordinated_by(current_user), placement_id)
    form = visit_form()
    if refused := attempt(form, lambda: visits.add(db.session(), placement, today=today(), **form.values)):
        return render_template(PAGE, **_values(placement, form)), refused
    db.session.commit()
    return back_to(f"/placements/{placement_id}/visits", message=gettext("Det er skrevet i loggen."))


def _visit(placement_id: int, visit_id: int) -> Visit:
    own = visits.visible_to(current_user).where(Visit.placement_id == placement_id)
    return get_or_404(own, visit_id)


@bp.get("/placements/<int:placement_id>/visits/<int:visit_id>/edit")
@roles_allowed("coordinator", "host", "student")
def edit(placement_id: int, visit_id: int) -> Answer:
    visit = _visit(placement_id, visit_id)
    return render_template("visits/edit.html", visit=visit, form=visit_form(obj=visit))


@bp.post("/placements/<int:placement_id>/visits/<int:visit_id>/edit")
@roles_allowed("coordinator", "host", "student")
def save(placement_id: int, visit_id: int) -> Answer:
    visit = _visit(placement_id, visit_id)
    form = visit_form(obj=visit)

    def action() -> None:
        expect_version(visit, form.version_number)
        visits.edit(visit, today=today(), **form.values)

    if refused := attempt(form, action, record=visit):
        return render_template("visits/edit.html", visit=visit, form=form), refused
    db.session.commit()
    return back_to(f"/placements/{placement_id}/visits", message=gettext("Linjen er rettet."))
