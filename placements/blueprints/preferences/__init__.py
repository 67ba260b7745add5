"""What students wish for: their own page; for the coordinator the window, who is missing, and a look."""

from flask import Blueprint

bp = Blueprint("preferences", __name__)

from placements.blueprints.preferences import cohort_views, views  # noqa: E402, F401
