"""Who goes where in a cohort: proposals, compared, explained, carried out, taken back."""

from flask import Blueprint

bp = Blueprint("allocations", __name__)

from placements.blueprints.allocations import views  # noqa: E402, F401
