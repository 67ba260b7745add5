"""Somebody leaves before the end."""

from flask import Blueprint

bp = Blueprint("departures", __name__)

from placements.blueprints.departures import views  # noqa: E402, F401
