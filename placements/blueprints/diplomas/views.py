"""Who is ready for a diploma, issuing one, and the frozen document."""

from __future__ import annotations

from flask import Response, abort, render_template
from flask_babel import gettext
from werkzeug.wrappers import Response as BaseResponse

from placements import printing
from placements.access import current_user, roles_allowed
from placements.blueprints.diplomas import bp
from placements.clock import now, today
from placements.db import db
from placements.domain import cohorts, diploma_gates, diplomas, enrolments, history, outbox
from placements.history_words import tell
from placements.web import back_to, get_or_404

Answer = str | BaseResponse


@bp.get("/diplomas")
@roles_allowed("coordinator")
def index() -> Answer:
    rows = cohorts.by_start(db.session(), cohorts.coordinated_by(current_user))
    groups = [(cohort, diploma_gates.candidates(db.session(), cohort)) for cohort in rows]
    return render_template("diplomas/index.html", groups=groups)


@bp.get("/enrolments/<int:enrolment_id>/diploma")
@roles_allowed("coordinator")
def show(enrolment_id: int) -> Answer:
    enrolment = get_or_404(enrolments.coordinated_by(current_user), enrolment_id)
    return render_template(
        "diplomas/show.html",
        enrolment=enrolment,
        diploma=diplomas.of_person(db.session(), enrolment),
        checks=diploma_gates.checks_for_issue(db.session(), enrolment),
        entries=tell(db.session(), history.of(db.session(), enrolment)),
    )


@bp.post("/enrolments/<int:enrolment_id>/diploma")
@roles_allowed("coordinator")
def issue(enrolment_id: int) -> Answer:
    """Number, code, printed document and mail: all of it, or nothing."""
    enrolment = get_or_404(enrolments.coordinated_by(current_user), enrolment_id)
    diploma = diplomas.issue(db.session(), enrolment, today=today())
    printing.freeze_diploma(db.session(), diploma, now=now())
    outbox.notify(db.session(), enrolment.user, "diploma_ready", path="/my", now=now())
    db.session.commit()
    said = gettext("Beviset til %(name)s er udstedt.", name=enrolment.user.name)
    return back_to(f"/enrolments/{enrolment.id}/diploma", message=said)


@bp.get("/diplomas/<int:diploma_id>.pdf")
@roles_allowed("coordinator", "student")
def download(diploma_id: int) -> Answer:
    diploma = get_or_404(diplomas.visible_to(current_user), diploma_id)
    if diploma.document is None:
        abort(404)
    return Response(
        diploma.document.content,
        mimetype="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{diploma.document.filename}"'},
    )
