"""Both talks of a practicum, one of them as a form, and the page where it is shared."""

from __future__ import annotations

from flask import render_template
from flask_babel import gettext
from werkzeug.wrappers import Response

from placements.access import current_user, roles_allowed
from placements.blueprints.talks import bp
from placements.blueprints.talks.forms import MarksForm, TalkForm
from placements.blueprints.talks.page import form_of_marks, kind_of, known, overview, sharing, values
from placements.clock import now
from placements.db import db
from placements.domain import placements, talks
from placements.domain.rules import expect_version
from placements.models.talks import Talk
from placements.web import attempt, back_to, get_or_404

Answer = str | Response | tuple[str, int]


@bp.get("/placements/<int:placement_id>/talks")
@roles_allowed("coordinator", "host", "student")
def index(placement_id: int) -> Answer:
    placement = get_or_404(placements.visible_to(current_user), placement_id)
    return render_template("talks/index.html", **overview(placement))


@bp.get("/placements/<int:placement_id>/talks/<kind>")
@roles_allowed("coordinator", "host", "student")
def show(placement_id: int, kind: str) -> Answer:
    placement = get_or_404(placements.visible_to(current_user), placement_id)
    which = kind_of(kind)
    return render_template("talks/show.html", **values(placement, which, known(placement, which)))


@bp.post("/placements/<int:placement_id>/talks/<kind>")
@roles_allowed("coordinator", "host")
def save(placement_id: int, kind: str) -> Answer:
    return _written(placement_id, kind, onward="")


@bp.post("/placements/<int:placement_id>/talks/<kind>/continue")
@roles_allowed("coordinator", "host")
def go_on(placement_id: int, kind: str) -> Answer:
    return _written(placement_id, kind, onward="/share")


def _written(placement_id: int, key: str, *, onward: str) -> Answer:
    placement = get_or_404(talks.written_by(current_user), placement_id)
    kind, session, form = kind_of(key), db.session(), TalkForm()
    talk = known(placement, kind)

    def action() -> None:
        talks.write(session, placement, kind, form.words, version=form.version_number, now=now())

    if refused := attempt(form, action, record=talk):
        return render_template("talks/show.html", **values(placement, kind, talk, form=form)), refused
    session.commit()
    return back_to(talks.page_of(placement_id, kind) + onward, message=gettext("Kladden er gemt."))


def _to_share(placement_id: int, kind: str) -> Talk:
    """Where there is a draft, or what it became: the state says what can be done with it."""
    placement = get_or_404(talks.written_by(current_user), placement_id)
    return get_or_404(talks.of_kind(talks.visible_to(current_user), placement, kind_of(kind)))


@bp.get("/placements/<int:placement_id>/talks/<kind>/share")
@roles_allowed("coordinator", "host")
def prepare(placement_id: int, kind: str) -> Answer:
    talk = _to_share(placement_id, kind)
    return render_template("talks/share.html", **sharing(talk.placement, talk))


@bp.post("/placements/<int:placement_id>/talks/<kind>/marks")
@roles_allowed("coordinator", "host")
def save_marks(placement_id: int, kind: str) -> Answer:
    talk = _to_share(placement_id, kind)
    form = form_of_marks(talk)
    if refused := _mark(talk, form, share=False):
        return render_template("talks/share.html", **sharing(talk.placement, talk, form)), refused
    db.session.commit()
    return back_to(talks.page_of(placement_id, talk.kind) + "/share", message=gettext("Kladden er gemt."))


@bp.post("/placements/<int:placement_id>/talks/<kind>/share")
@roles_allowed("coordinator", "host")
def share(placement_id: int, kind: str) -> Answer:
    talk = _to_share(placement_id, kind)
    form = form_of_marks(talk)
    if refused := _mark(talk, form, share=True):
        return render_template("talks/share.html", **sharing(talk.placement, talk, form)), refused
    db.session.commit()
    message = gettext("Tak. Samtalen er delt, og den studerende får en mail.")
    return back_to(talks.page_of(placement_id, talk.kind), message=message)


def _mark(talk: Talk, form: MarksForm, *, share: bool) -> int:
    def action() -> None:
        expect_version(talk, form.version_number)
        talks.mark(talk, form.marks, now=now())
        if share:
            talks.share(db.session(), talk, current_user, now=now())

    return attempt(form, action, record=talk)
