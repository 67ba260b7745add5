"""One placement: its page, its verbs, and laying a new one on an open offer."""

from flask import Blueprint

bp = Blueprint("placements", __name__)

from placements.blueprints.placements import new_views, verb_views, views  # noqa: E402, F401
