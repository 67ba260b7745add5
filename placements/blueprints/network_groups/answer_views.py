"""A peer's answer by the link in the mail, without signing in. A GET changes nothing: mail is scanned."""

from __future__ import annotations

from flask import abort, redirect, render_template, request
from werkzeug.wrappers import Response

from placements.access import public
from placements.blueprints.network_groups import bp
from placements.blueprints.network_groups.forms import AnswerForm
from placements.clock import now, today
from placements.db import db, writing
from placements.domain import guessing, network_answers, network_meetings
from placements.models.network_groups import NetworkAnswerLink
from placements.web import attempt

Answer = str | Response | tuple[str, int]


def _link_or_404(token: str) -> NetworkAnswerLink:
    """A wrong link is counted, so this reads and writes in one transaction."""
    session = db.session()
    session.rollback()
    with writing():
        link = guessing.looked_up(
            session,
            lambda: network_answers.by_token(session, token),
            address=request.remote_addr or "",
            now=now(),
        )
        session.commit()
    if link is None:
        abort(404)
    return link


def _page(link: NetworkAnswerLink, token: str, form: AnswerForm, status: int = 200) -> tuple[str, int]:
    page = render_template(
        "network_groups/answer.html",
        group=link.place.group,
        meeting=network_meetings.next_to_come(db.session(), link.place.group, today=today()),
        standing=network_answers.standing(link, now=now()),
        token=token,
        form=form,
    )
    return page, status


@bp.get("/network-places/answer/<token>")
@public
def ask(token: str) -> Answer:
    return _page(_link_or_404(token), token, AnswerForm(formdata=None))


@bp.post("/network-places/answer/<token>")
@public
def answer(token: str) -> Answer:
    form, link = AnswerForm(), _link_or_404(token)

    def action() -> None:
        with writing():
            network_answers.answer(db.session(), link, yes=form.answer.data == "yes", now=now())

    if refused := attempt(form, action):
        return _page(link, token, form, refused)
    db.session.commit()
    return redirect(f"/network-places/answer/{token}", 303)
