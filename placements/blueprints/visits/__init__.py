"""The log of visits and contacts, for coordinators of the programme alone."""

from flask import Blueprint

bp = Blueprint("visits", __name__)

from placements.blueprints.visits import views  # noqa: E402, F401
