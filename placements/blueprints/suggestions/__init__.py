"""Units that students have found themselves."""

from flask import Blueprint

bp = Blueprint("suggestions", __name__)

from placements.blueprints.suggestions import views  # noqa: E402, F401
