"""The page with one's own address, and the calendar behind it."""

from __future__ import annotations

from flask import Response, abort, current_app, render_template
from flask_babel import gettext
from werkzeug.wrappers import Response as BaseResponse

from placements.access import current_user, public, roles_allowed
from placements.blueprints.calendars import bp
from placements.blueprints.calendars.ics import written
from placements.clock import now, today
from placements.db import db
from placements.domain import calendars
from placements.web import back_to

Answer = str | BaseResponse


@bp.get("/calendar")
@roles_allowed("coordinator", "teacher", "student")
def show() -> Answer:
    link = calendars.link_of(db.session(), current_user.id)
    return render_template("calendars/show.html", link=link, base=current_app.config["BASE_URL"])


@bp.post("/calendar")
@roles_allowed("coordinator", "teacher", "student")
def renew() -> Answer:
    assert current_user.id is not None  # noqa: S101
    calendars.make_link(db.session(), current_user.id, now=now())
    db.session.commit()
    return back_to("/calendar", message=gettext("Din kalender har fået en adresse."))


@bp.get("/calendar/<token>.ics")
@public
def calendar(token: str) -> Answer:
    """Whoever holds the address may read it: a calendar cannot sign in."""
    user = calendars.holder(db.session(), token)
    if user is None:
        abort(404)
    found = calendars.entries(db.session(), user, today=today())
    return Response(written(found, locale=user.locale, now=now()), mimetype="text/calendar")
