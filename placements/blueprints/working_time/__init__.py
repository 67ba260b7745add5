"""What a manager and a participant have agreed about the time."""

from flask import Blueprint

bp = Blueprint("working_time", __name__)

from placements.blueprints.working_time import views  # noqa: E402, F401
