"""Amendments of a signed agreement: written, sent, signed, and printed with it as one."""

from flask import Blueprint

bp = Blueprint("amendments", __name__, url_prefix="/placements/<int:placement_id>/amendments")

from placements.blueprints.amendments import new_views, views  # noqa: E402, F401
