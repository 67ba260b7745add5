"""A programme file taken in on screen: first what it would change, then, once it is confirmed, the change."""

from __future__ import annotations

from flask import render_template
from flask_babel import gettext

from placements.access import current_user, roles_allowed
from placements.blueprints.programmes import bp
from placements.blueprints.programmes.edit_views import Answer
from placements.blueprints.programmes.file_forms import LARGEST, ConfirmForm, UploadForm
from placements.db import db
from placements.domain import programmes
from placements.models.programmes import Programme
from placements.web import attempt, back_to, takes_file


@bp.get("/programmes/load")
@roles_allowed("coordinator", "admin")
def choose_file() -> Answer:
    return render_template("programmes/load.html", form=UploadForm())


@bp.post("/programmes/load")
@roles_allowed("coordinator", "admin")
@takes_file(LARGEST)
def preview_file() -> Answer:
    form = UploadForm()
    plans: list[programmes.Plan] = []

    def action() -> None:
        plans.append(programmes.planned(db.session(), form.read()))
        programmes.expect_may_load(current_user, plans[0])

    if refused := attempt(form, action):
        return render_template("programmes/load.html", form=form), refused
    confirm = ConfirmForm(formdata=None, text=form.text, seen=plans[0].fingerprint)
    return render_template("programmes/preview.html", form=confirm, plan=plans[0])


@bp.post("/programmes/load/confirm")
@roles_allowed("coordinator", "admin")
@takes_file(LARGEST)
def load_file() -> Answer:
    form = ConfirmForm()
    loaded: list[Programme] = []

    def action() -> None:
        session, seen = db.session(), form.seen.data or ""
        loaded.append(programmes.load_as_seen(session, current_user, form.read(), seen=seen))

    if refused := attempt(form, action):
        return render_template("programmes/load.html", form=UploadForm(formdata=None), before=form), refused
    db.session.commit()
    return back_to(f"/programmes/{loaded[0].slug}", message=gettext("Filen er indlæst."))
