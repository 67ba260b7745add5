"""Deciding on a cohort's applications: the table, reading the letters through, sending them, paper."""

from flask import Blueprint

bp = Blueprint("application_decisions", __name__, url_prefix="/applications")

from placements.blueprints.application_decisions import views  # noqa: E402, F401
