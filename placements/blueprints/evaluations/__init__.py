"""Evaluations: what they ask, sending them to a cohort, and their figures."""

from flask import Blueprint

bp = Blueprint("evaluations", __name__)

from placements.blueprints.evaluations import views  # noqa: E402, F401
