"""Who teaches a session: put on, for once or for all of a module, and taken off."""

from __future__ import annotations

from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response

from placements.access import roles_allowed
from placements.blueprints.teaching import bp
from placements.blueprints.teaching.page import editor, load, teacher_form, teachers_answer
from placements.db import db
from placements.domain import teaching_changes, teaching_teams
from placements.models.teaching import TeacherKind
from placements.web import attempt

Answer = str | Response | tuple[str, int]


@bp.post("/teaching/<int:session_id>/teachers")
@roles_allowed("coordinator")
def put_on(session_id: int) -> Answer:
    taught, number = load(session_id), 0
    form = teacher_form(taught)

    def action() -> None:
        nonlocal number
        number = teaching_teams.put_on(
            db.session(),
            teaching_changes.taught_with(db.session(), taught, form.scope.data),
            taught.run.cohort.programme,
            user_id=form.user_id.data or None,
            name=form.name.data,
            kind=TeacherKind(form.kind.data),
            leads=form.leads.data,
        )

    if refused := attempt(form, action):
        return editor(taught, refused, teacher=form)
    db.session.commit()
    message = ngettext("Underviseren er sat på én gang.", "Underviseren er sat på %(num)s gange.", number)
    return teachers_answer(taught, message)


@bp.post("/teaching/<int:session_id>/teachers/<int:teacher_id>/remove")
@roles_allowed("coordinator")
def take_off(session_id: int, teacher_id: int) -> Answer:
    taught = load(session_id)
    teaching_teams.take_off(taught, teacher_id)
    db.session.commit()
    return teachers_answer(taught, gettext("Underviseren er taget af."))
