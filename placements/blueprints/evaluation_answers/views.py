"""One plain page for whoever holds the link. Looking changes nothing; an answer is given once."""

from __future__ import annotations

from flask import abort, redirect, render_template
from werkzeug.wrappers import Response

from placements.access import public
from placements.blueprints.evaluation_answers import bp
from placements.blueprints.evaluation_answers.forms import AnswerForm, answer_form
from placements.db import db
from placements.domain import evaluation_answers, evaluation_links
from placements.models.evaluations import EvaluationInvitation
from placements.web import attempt

Answer = str | Response | tuple[str, int]


def _invitation(token: str) -> EvaluationInvitation:
    invitation = evaluation_links.invitation_of(db.session(), token)
    return invitation or abort(404)


def _page(invitation: EvaluationInvitation, form: AnswerForm, token: str) -> str:
    return render_template(
        "evaluation_answers/show.html",
        evaluation=invitation.evaluation,
        answered=invitation.answered,
        open=evaluation_answers.may_answer(invitation),
        form=form,
        token=token,
    )


@bp.get("/evaluation/<token>")
@public
def show(token: str) -> Answer:
    invitation = _invitation(token)
    return _page(invitation, answer_form(invitation.evaluation.items, formdata=None), token)


@bp.post("/evaluation/<token>")
@public
def answer(token: str) -> Answer:
    """On to a page that says nothing of the link: where a form led is remembered for a while."""
    invitation = _invitation(token)
    form = answer_form(invitation.evaluation.items)

    def action() -> None:
        evaluation_answers.answer(db.session(), invitation, form.chosen())

    if refused := attempt(form, action):
        return _page(invitation, form, token), refused
    db.session.commit()
    return redirect("/evaluation/thanks", 303)


@bp.get("/evaluation/thanks")
@public
def thank() -> Answer:
    return render_template("evaluation_answers/thanks.html")
