"""The mid-way talk and the final evaluation: written by the host, answered by the student."""

from flask import Blueprint

bp = Blueprint("talks", __name__)

from placements.blueprints.talks import paper_views, verb_views, views  # noqa: E402, F401
