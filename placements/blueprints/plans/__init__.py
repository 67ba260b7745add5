"""A participant's own plan of modules."""

from flask import Blueprint

bp = Blueprint("plans", __name__)

from placements.blueprints.plans import views  # noqa: E402, F401
