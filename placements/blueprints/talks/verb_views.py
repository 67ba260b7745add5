"""A day is agreed on; a shared talk is taken back, answered by the student, closed by the coordinator."""

from __future__ import annotations

from collections.abc import Callable

from flask import render_template
from flask_babel import gettext
from werkzeug.wrappers import Response

from placements.access import current_user, roles_allowed
from placements.blueprints.talks import bp
from placements.blueprints.talks.forms import AnswerForm, PlanForm
from placements.blueprints.talks.page import kind_of, known, values
from placements.clock import now
from placements.db import db
from placements.domain import placements, talks
from placements.domain.rules import Stale, expect_version
from placements.models.placements import Placement
from placements.models.talks import Talk
from placements.web import Form, attempt, back_to, chosen, get_or_404

Answer = str | Response | tuple[str, int]


@bp.post("/placements/<int:placement_id>/talks/<kind>/plan")
@roles_allowed("coordinator")
def plan(placement_id: int, kind: str) -> Answer:
    placement = get_or_404(placements.coordinated_by(current_user), placement_id)
    which, session, form = kind_of(kind), db.session(), PlanForm()
    talk = known(placement, which)

    def action() -> None:
        talks.plan(
            session,
            placement,
            which,
            held_on=chosen(form.held_on),
            version=form.version_number,
            now=now(),
        )

    if refused := attempt(form, action, record=talk):
        return render_template("talks/show.html", **values(placement, which, talk, plan_form=form)), refused
    session.commit()
    message = gettext("Dagen er gemt, og praktikværten får en mail med linket.")
    return back_to(f"/placements/{placement_id}/talks", message=message)


def _talk(placement: Placement, kind: str) -> Talk:
    return get_or_404(talks.of_kind(talks.visible_to(current_user), placement, kind_of(kind)))


def _unless_stale(talk: Talk, action: Callable[[], None]) -> None:
    """What the state refuses says so first: after two fast clicks the second hears that it is done."""
    current = talk.version
    action()
    if Form().version_number != current:
        raise Stale


@bp.post("/placements/<int:placement_id>/talks/<kind>/take-back")
@roles_allowed("coordinator", "host")
def take_back(placement_id: int, kind: str) -> Answer:
    talk = _talk(get_or_404(talks.written_by(current_user), placement_id), kind)
    _unless_stale(talk, lambda: talks.take_back(talk))
    db.session.commit()
    message = gettext("Samtalen er taget tilbage og kan rettes. Del den igen bagefter.")
    return back_to(talks.page_of(placement_id, talk.kind), message=message)


@bp.post("/placements/<int:placement_id>/talks/<kind>/close")
@roles_allowed("coordinator")
def close(placement_id: int, kind: str) -> Answer:
    talk = _talk(get_or_404(placements.coordinated_by(current_user), placement_id), kind)
    _unless_stale(talk, lambda: talks.close(talk, current_user, now=now()))
    db.session.commit()
    message = gettext("Uenigheden er afsluttet. Den studerendes ord bliver stående.")
    return back_to(talks.page_of(placement_id, talk.kind), message=message)


@bp.post("/placements/<int:placement_id>/talks/<kind>/answer")
@roles_allowed("student")
def answer(placement_id: int, kind: str) -> Answer:
    placement = get_or_404(talks.answered_by(current_user), placement_id)
    talk, form = _talk(placement, kind), AnswerForm()

    def action() -> None:
        agrees, words = form.agrees.data == "yes", form.words.data
        expect_version(talk, form.version_number)
        talks.answer(db.session(), talk, current_user, agrees=agrees, words=words, now=now())

    if refused := attempt(form, action, record=talk):
        shown = values(placement, talk.kind, talk, answer_form=form)
        return render_template("talks/show.html", **shown), refused
    db.session.commit()
    message = gettext("Tak. Dit svar er gemt.")
    return back_to(talks.page_of(placement_id, talk.kind), message=message)
