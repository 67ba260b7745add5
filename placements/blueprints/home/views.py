"""`/` for everybody: what needs doing today, or the public front page; `/host` and `/my`; the probes."""

from __future__ import annotations

from flask import Response, redirect, render_template
from sqlalchemy import text
from werkzeug.wrappers import Response as BaseResponse

from placements.access import current_user, public, roles_allowed
from placements.blueprints.home import bp
from placements.clock import now, today
from placements.db import db
from placements.domain import cohorts, own_work, workday, workday_seats

Answer = str | BaseResponse


@bp.get("/")
@public
def index() -> Answer:
    """Staff: what needs doing today. Hosts and students: their home. Others: cohorts and key dates (V-03)."""
    if not current_user.is_authenticated:
        return render_template("home/front.html", cohorts=cohorts.announced(db.session(), today=today()))
    home = workday.home_of(current_user)
    if home is None:
        return render_template("home/nothing.html")
    return _staff_home() if home == "/" else redirect(home, 303)


def _staff_home() -> str:
    session, day = db.session(), today()
    seats = workday_seats.seats(session, current_user, today=day)
    return render_template(
        "home/staff.html",
        seats=seats,
        groups=[*workday_seats.missing(seats), *workday.of_staff(session, current_user, today=day)],
    )


@bp.get("/host")
@roles_allowed("host")
def host() -> Answer:
    own = own_work.own_placements(
        db.session(), own_work.at_own_units(current_user), current_user, today=today()
    )
    offers = own_work.own_offers(db.session(), current_user, today=today())
    return render_template(
        "home/host.html",
        placements=own,
        offers=offers,
        tasks=own_work.tasks_of(db.session(), current_user, today=today()),
    )


@bp.get("/my")
@roles_allowed("student")
def student() -> Answer:
    session, day = db.session(), today()
    own = own_work.own_placements(session, own_work.of_own(current_user), current_user, today=day)
    return render_template(
        "home/student.html",
        placements=own,
        tasks=own_work.tasks_of(session, current_user, today=day),
        courses=own_work.own_courses(session, current_user),
    )


@bp.get("/healthz")
@public
def healthz() -> Response:
    """The process answers; nothing else is touched."""
    return Response("ok", mimetype="text/plain")


@bp.get("/readyz")
@public
def readyz() -> Response:
    """The database answers too."""
    db.session.execute(text("select 1"))
    return Response("ready", mimetype="text/plain")


@bp.get("/privacy")
@public
def privacy() -> str:
    return render_template("home/privacy.html")


@bp.get("/was")
@public
def accessibility() -> str:
    """The accessibility statement (D-09)."""
    return render_template("home/accessibility.html", now=now())
