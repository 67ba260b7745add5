"""Cohorts: dates, people and the weeks of the practicum."""

from flask import Blueprint

bp = Blueprint("cohorts", __name__)

from placements.blueprints.cohorts import paper_views, plan_views, views  # noqa: E402, F401
