"""Peers and colleagues of one workplace: the pairs of a cohort, and who lacks the other."""

from flask import Blueprint

bp = Blueprint("pairs", __name__)

from placements.blueprints.pairs import views  # noqa: E402, F401
