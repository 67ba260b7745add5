"""Open to everybody and to every web page; nothing in it is about a person."""

from __future__ import annotations

from typing import Any

from flask import Response, abort, jsonify

from placements import badges, printing
from placements.access import public
from placements.blueprints.badges import bp
from placements.clock import now
from placements.db import db
from placements.domain import badges as given_badges

SECONDS = 300


@bp.after_request
def _for_everybody(response: Response) -> Response:
    if response.status_code == 200:
        response.cache_control.public = True
        response.cache_control.max_age = SECONDS
        response.access_control_allow_origin = "*"
    return response


def _keys() -> list[dict[str, Any]]:
    """Today's first, then those that older badges were signed with."""
    issuer = badges.current()
    return [issuer.jwk, *given_badges.earlier_keys(db.session(), issuer.thumbprint)]


@bp.get("/.well-known/jwks.json")
@public
def key_set() -> Response:
    return jsonify(badges.current().key_set(_keys()))


@bp.get("/.well-known/did.json")
@public
def did_document() -> Response:
    return jsonify(badges.current().did_document(_keys()))


@bp.get("/badges/issuers/<issuer>")
@public
def profile(issuer: str) -> Response:
    name = given_badges.issuer_called(db.session(), issuer)
    if name is None:
        abort(404)
    return jsonify(badges.current().profile(name, issuer))


@bp.get("/badges/achievements/<slug>")
@public
def achievement(slug: str) -> Response:
    programme = given_badges.programme_of(db.session(), slug)
    if programme is None:
        abort(404)
    return jsonify(printing.badges.achievement(programme))


@bp.get("/badges/status/<int:number>")
@public
def status(number: int) -> Response:
    over = given_badges.no_longer_valid(db.session(), number)
    if over is None:
        abort(404)
    signed = badges.current().status_list(number, over, on=now().date())
    return Response(signed, mimetype=printing.badges.MEDIA_TYPE)
