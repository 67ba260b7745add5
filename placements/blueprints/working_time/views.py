"""An agreement about the time is recorded (H-11)."""

from __future__ import annotations

from flask import render_template
from flask_babel import gettext
from werkzeug.wrappers import Response

from placements.access import current_user, roles_allowed
from placements.blueprints.working_time import bp
from placements.blueprints.working_time.forms import WorkingTimeForm
from placements.clock import today
from placements.db import db
from placements.domain import enrolments, working_time
from placements.models.enrolments import Enrolment
from placements.web import attempt, back_to, chosen, get_or_404

Answer = str | Response | tuple[str, int]


def _page(enrolment: Enrolment, form: WorkingTimeForm | None = None) -> str:
    agreement = working_time.agreement_of(db.session(), enrolment)
    return render_template(
        "working_time/edit.html",
        enrolment=enrolment,
        form=form or WorkingTimeForm(formdata=None, obj=agreement),
        version=agreement.version if agreement else 0,
        standing=working_time.of_enrolment(db.session(), enrolment, today=today()),
    )


@bp.get("/enrolments/<int:enrolment_id>/working-time")
@roles_allowed("coordinator")
def edit(enrolment_id: int) -> Answer:
    return _page(get_or_404(enrolments.coordinated_by(current_user), enrolment_id))


@bp.post("/enrolments/<int:enrolment_id>/working-time")
@roles_allowed("coordinator")
def save(enrolment_id: int) -> Answer:
    enrolment = get_or_404(enrolments.coordinated_by(current_user), enrolment_id)
    form, session = WorkingTimeForm(), db.session()

    def action() -> None:
        working_time.record(
            session,
            enrolment,
            agreed_on=chosen(form.agreed_on),
            manager_name=form.manager_name.data or "",
            version=form.version_number,
            today=today(),
        )

    record = working_time.agreement_of(session, enrolment)
    if refused := attempt(form, action, record=record):
        return _page(enrolment, form), refused
    session.commit()
    return back_to(f"/enrolments/{enrolment.id}/admission", message=gettext("Aftalen om tiden er gemt."))
