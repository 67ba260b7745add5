"""`/` for everybody, `/host` and `/my` for hosts and students, and the probes."""

from __future__ import annotations

from flask import Response, render_template
from sqlalchemy import text

from placements.access import public
from placements.blueprints.home import bp
from placements.db import db


@bp.get("/")
@public
def index() -> str:
    return render_template("home/index.html")


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
