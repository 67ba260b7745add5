"""What whoever checks a badge asks for: keys, issuers, achievements, and which no longer hold."""

from flask import Blueprint

bp = Blueprint("badges", __name__)

from placements.blueprints.badges import views  # noqa: E402, F401
