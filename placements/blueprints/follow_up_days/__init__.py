"""The two teaching days during practicum: the list, one day's plan, topics and register."""

from flask import Blueprint

bp = Blueprint("follow_up_days", __name__)

from placements.blueprints.follow_up_days import views  # noqa: E402, F401
