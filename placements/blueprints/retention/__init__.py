"""How long applications are kept, what is about to be deleted, and what was."""

from flask import Blueprint

bp = Blueprint("retention", __name__)

from placements.blueprints.retention import views  # noqa: E402, F401
