"""Seats that units offer cohorts: the list, one offer, and its way from draft to closed."""

from flask import Blueprint

bp = Blueprint("offers", __name__)

from placements.blueprints.offers import views  # noqa: E402, F401
