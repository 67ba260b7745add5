"""What staff know of a unit's quality."""

from flask import Blueprint

bp = Blueprint("quality", __name__)

from placements.blueprints.quality import views  # noqa: E402, F401
