"""The front page, and what needs doing today for each role."""

from flask import Blueprint

bp = Blueprint("home", __name__)

from placements.blueprints.home import views  # noqa: E402, F401
