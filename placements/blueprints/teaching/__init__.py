"""The list of sessions; moving one, calling it off, and who teaches it."""

from flask import Blueprint

bp = Blueprint("teaching", __name__)

from placements.blueprints.teaching import teacher_views, views  # noqa: E402, F401
