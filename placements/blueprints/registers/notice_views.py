"""A participant's sessions to come, and saying beforehand that one will not be there."""

from __future__ import annotations

from flask import render_template
from flask_babel import gettext
from werkzeug.wrappers import Response

from placements.access import current_user, roles_allowed
from placements.blueprints.registers import bp
from placements.blueprints.registers.forms import NoticeForm, notice_form
from placements.clock import moment, today
from placements.db import db
from placements.domain import absence_notices, completion_watch, own_enrolments, teaching
from placements.models.attendance import AbsenceReason
from placements.models.enrolments import Enrolment
from placements.models.teaching import TeachingSession
from placements.web import attempt, back_to, get_or_404

Answer = str | Response | tuple[str, int]


def _load(enrolment_id: int, session_id: int) -> tuple[Enrolment, TeachingSession]:
    own = get_or_404(own_enrolments.of(current_user), enrolment_id)
    return own, get_or_404(teaching.attended_by(current_user), session_id)


def _page(enrolment: Enrolment, form: NoticeForm, refused: int = 0, status: int = 200) -> tuple[str, int]:
    """`refused`: the session whose form it is; the others have an empty one."""
    coming = absence_notices.coming(db.session(), enrolment, today=today(), now=moment())
    return render_template(
        "registers/own.html",
        enrolment=enrolment,
        coming=coming,
        form=form,
        empty=notice_form(formdata=None),
        refused=refused,
    ), status


@bp.get("/my/sessions/<int:enrolment_id>")
@roles_allowed("student")
def own_sessions(enrolment_id: int) -> Answer:
    enrolment = get_or_404(own_enrolments.of(current_user), enrolment_id)
    return _page(enrolment, notice_form(formdata=None))


@bp.post("/my/sessions/<int:enrolment_id>/<int:session_id>/absence")
@roles_allowed("student")
def give_notice(enrolment_id: int, session_id: int) -> Answer:
    (enrolment, taught), form = _load(enrolment_id, session_id), notice_form()

    def action() -> None:
        reason = AbsenceReason(form.reason.data)
        absence_notices.give(db.session(), enrolment, taught, reason=reason, now=moment())

    if refused := attempt(form, action):
        return _page(enrolment, form, session_id, refused)
    said = _answer(completion_watch.alone_decides(db.session(), enrolment, taught))
    db.session.commit()
    return back_to(f"/my/sessions/{enrolment_id}", message=said)


def _answer(decides: bool) -> str:
    """More is said when that day alone is more than may be missed."""
    if not decides:
        return str(gettext("Dit afbud er meldt."))
    said = gettext(
        "Dit afbud er meldt. Tæller dagen som fravær, kommer du alene med den under grænsen for fremmøde. "
        "Tal med koordinatoren om, hvad du kan gøre."
    )
    return str(said)


@bp.post("/my/sessions/<int:enrolment_id>/<int:session_id>/absence/take-back")
@roles_allowed("student")
def take_notice_back(enrolment_id: int, session_id: int) -> Answer:
    enrolment, taught = _load(enrolment_id, session_id)
    absence_notices.take_back(db.session(), enrolment, taught, now=moment())
    db.session.commit()
    return back_to(f"/my/sessions/{enrolment_id}", message=gettext("Dit afbud er taget tilbage."))
