"""A calendar to subscribe to."""

from flask import Blueprint

bp = Blueprint("calendars", __name__)

from placements.blueprints.calendars import views  # noqa: E402, F401
