"""One person's way in: workplace, tasks with shares, a written exception, and being admitted."""

from flask import Blueprint

bp = Blueprint("admissions", __name__)

from placements.blueprints.admissions import views  # noqa: E402, F401
