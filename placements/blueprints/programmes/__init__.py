"""A programme and its rules, to read."""

from flask import Blueprint

bp = Blueprint("programmes", __name__)

from placements.blueprints.programmes import views  # noqa: E402, F401
