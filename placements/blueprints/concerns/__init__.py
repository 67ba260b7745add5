"""Concerns of a placement: raised by any party, planned and closed by the coordinator."""

from flask import Blueprint

bp = Blueprint("concerns", __name__, url_prefix="/placements/<int:placement_id>/concerns")

from placements.blueprints.concerns import views  # noqa: E402, F401
