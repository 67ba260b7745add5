"""A cohort's timetable, and the runs of its modules: proposed, adjusted and saved in one step."""

from flask import Blueprint

bp = Blueprint("schedules", __name__)

from placements.blueprints.schedules import run_views, views  # noqa: E402, F401
