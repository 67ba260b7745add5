"""The agreement of a placement: write, send, sign, print."""

from flask import Blueprint

bp = Blueprint("agreements", __name__, url_prefix="/placements/<int:placement_id>")

from placements.blueprints.agreements import paper_views, views  # noqa: E402, F401
