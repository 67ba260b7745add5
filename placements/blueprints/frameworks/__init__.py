"""Framework agreements of organisations."""

from flask import Blueprint

bp = Blueprint("frameworks", __name__)

from placements.blueprints.frameworks import views  # noqa: E402, F401
