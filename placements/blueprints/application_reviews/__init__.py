"""Reviewing applications: reading, scoring, who reads what, interviews, and the ranked list."""

from flask import Blueprint

bp = Blueprint("application_reviews", __name__)

from placements.blueprints.application_reviews import (  # noqa: E402, F401
    booking,
    interviews,
    planning,
    ranking,
    views,
)
