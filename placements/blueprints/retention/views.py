"""What is about to be deleted, without names; each programme's policy; and the log."""

from __future__ import annotations

from flask import render_template
from flask_babel import gettext
from werkzeug.wrappers import Response

from placements.access import current_user, roles_allowed
from placements.blueprints.retention import bp
from placements.blueprints.retention.forms import PolicyForm, policy_form
from placements.clock import today
from placements.db import db
from placements.domain import application_retention, programmes
from placements.models.programmes import Programme
from placements.web import attempt, back_to, get_or_404

Answer = str | Response | tuple[str, int]


@bp.get("/retention")
@roles_allowed("admin", "coordinator")
def index() -> Answer:
    session, own = db.session(), application_retention.programmes_of(current_user)
    found = programmes.by_name(session, own)
    return render_template(
        "retention/index.html",
        programmes=found,
        policies=application_retention.policies(session, found),
        due=application_retention.due(session, own, today=today()),
        log=application_retention.log(session, own),
    )


def _programme(slug: str) -> Programme:
    return get_or_404(application_retention.programmes_of(current_user), slug=slug)


def _page(programme: Programme, form: PolicyForm) -> str:
    return render_template("retention/edit.html", programme=programme, form=form)


@bp.get("/retention/<slug>")
@roles_allowed("admin", "coordinator")
def edit(slug: str) -> Answer:
    programme = _programme(slug)
    policy = application_retention.policies(db.session(), [programme])[programme.id]
    return _page(programme, policy_form(policy))


@bp.post("/retention/<slug>")
@roles_allowed("admin", "coordinator")
def save(slug: str) -> Answer:
    programme, form, session = _programme(slug), PolicyForm(), db.session()

    def action() -> None:
        application_retention.save_policy(
            session,
            programme,
            version=form.version_number,
            days=form.days.data,
            export_first=form.export_first.data,
            with_seat=form.with_seat.data,
        )

    if refused := attempt(form, action, record=application_retention.stored(session, programme)):
        return _page(programme, form), refused
    session.commit()
    return back_to("/retention", message=gettext("Det er gemt."))
