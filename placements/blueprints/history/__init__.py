"""Taking back a change from the history."""

from flask import Blueprint

bp = Blueprint("history", __name__)

from placements.blueprints.history import views  # noqa: E402, F401
