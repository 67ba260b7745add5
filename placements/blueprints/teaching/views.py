"""The list of sessions, and one session: moved, or called off."""

from __future__ import annotations

from datetime import date

from flask import request
from flask_babel import gettext
from werkzeug.wrappers import Response

from placements.access import current_user, roles_allowed
from placements.blueprints.teaching import bp
from placements.blueprints.teaching.forms import ListFilter
from placements.blueprints.teaching.page import editor, foreseen, form_of, load
from placements.clock import now, today
from placements.db import db
from placements.domain import teaching, teaching_changes
from placements.domain.rules import expect_version
from placements.web import asked_id, attempt, back_to, page_or_fragment

Answer = str | Response | tuple[str, int]


@bp.get("/teaching")
@roles_allowed("coordinator", "teacher")
def index() -> Answer:
    wanted, after = ListFilter(request.args), request.args.get("after", type=asked_id)
    session, cohort = db.session(), wanted.cohort.data or ""
    found = teaching.page(session, current_user, cohort=cohort, past=wanted.past, after=after, today=today())
    return page_or_fragment(
        "teaching/index.html",
        "teaching/_list.html",
        found=found,
        past=wanted.past,
        cohort=cohort,
        cohorts=teaching.cohorts_taught(session, current_user),
        later_page=after is not None,
        coordinated=current_user.programme_ids,
    )


@bp.get("/teaching/<int:session_id>/edit")
@roles_allowed("coordinator")
def edit(session_id: int) -> Answer:
    """With a date in the address: what is to be known about that date."""
    asked = request.args.get("held_on", type=date.fromisoformat)
    taught = load(session_id)
    return foreseen(taught, asked) if asked else editor(taught)


@bp.post("/teaching/<int:session_id>/edit")
@roles_allowed("coordinator")
def move(session_id: int) -> Answer:
    taught = load(session_id)
    form = form_of(taught)

    def action() -> None:
        expect_version(taught, form.version_number)
        line, reason = form.line(taught), form.reason.data
        teaching_changes.move(db.session(), taught, line, reason=reason, today=today(), now=now())

    if refused := attempt(form, action, record=taught):
        return editor(taught, refused, form=form)
    db.session.commit()
    return back_to(f"/teaching/{session_id}", message=gettext("Undervisningen er gemt."))


@bp.post("/teaching/<int:session_id>/call-off")
@roles_allowed("coordinator")
def call_off(session_id: int) -> Answer:
    taught = load(session_id)
    teaching_changes.call_off(db.session(), taught, today=today(), now=now())
    db.session.commit()
    return back_to(
        "/teaching", message=gettext("Undervisningen er aflyst. De, der skulle være med, får en mail.")
    )
