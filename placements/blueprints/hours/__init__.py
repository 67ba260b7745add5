"""The hours of a practicum: the overview for its parties, one week, confirming and sending back."""

from flask import Blueprint

bp = Blueprint("hours", __name__)

from placements.blueprints.hours import verb_views, views  # noqa: E402, F401
