"""From started to enrolled: a cohort's applications in figures."""

from flask import Blueprint

bp = Blueprint("application_figures", __name__)

from placements.blueprints.application_figures import views  # noqa: E402, F401
