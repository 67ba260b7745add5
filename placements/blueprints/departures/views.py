"""What leaving means, read through and confirmed."""

from __future__ import annotations

from flask import render_template
from flask_babel import gettext
from werkzeug.wrappers import Response

from placements.access import current_user, roles_allowed
from placements.blueprints.departures import bp
from placements.clock import now
from placements.db import db
from placements.domain import departures, enrolments
from placements.domain.rules import expect_version
from placements.web import Form, attempt, back_to, get_or_404

Answer = str | Response | tuple[str, int]


@bp.get("/enrolments/<int:enrolment_id>/leave")
@roles_allowed("coordinator")
def ask(enrolment_id: int) -> Answer:
    return _page(enrolment_id)


def _page(enrolment_id: int, form: Form | None = None, status: int = 200) -> tuple[str, int]:
    enrolment = get_or_404(enrolments.coordinated_by(current_user), enrolment_id)
    checks = departures.checks_to_leave(db.session(), enrolment)
    form = form or Form(obj=enrolment)
    return render_template("departures/leave.html", enrolment=enrolment, checks=checks, form=form), status


@bp.post("/enrolments/<int:enrolment_id>/leave")
@roles_allowed("coordinator")
def leave(enrolment_id: int) -> Answer:
    enrolment = get_or_404(enrolments.coordinated_by(current_user), enrolment_id)
    form = Form(obj=enrolment)

    def action() -> None:
        expect_version(enrolment, form.version_number)
        departures.leave(db.session(), enrolment, now=now())

    if refused := attempt(form, action, record=enrolment):
        return _page(enrolment_id, form, refused)
    db.session.commit()
    said = gettext("Deltagelsen for %(name)s er afsluttet.", name=enrolment.user.name)
    return back_to(f"/enrolments/{enrolment_id}/diploma", message=said)
