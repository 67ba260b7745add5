"""What students say about the units they were at."""

from flask import Blueprint

bp = Blueprint("unit_reviews", __name__)

from placements.blueprints.unit_reviews import views  # noqa: E402, F401
