"""Anyone who holds a code can see whether a diploma is genuine."""

from flask import Blueprint

bp = Blueprint("verify", __name__)

from placements.blueprints.verify import views  # noqa: E402, F401
