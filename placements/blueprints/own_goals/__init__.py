"""What a student wants from the practicum."""

from flask import Blueprint

bp = Blueprint("own_goals", __name__, url_prefix="/placements/<int:placement_id>/goals")

from placements.blueprints.own_goals import views  # noqa: E402, F401
