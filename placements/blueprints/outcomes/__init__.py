"""What a course led to: for one person, and for a cohort in figures."""

from flask import Blueprint

bp = Blueprint("outcomes", __name__)

from placements.blueprints.outcomes import views  # noqa: E402, F401
