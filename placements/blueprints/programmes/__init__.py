"""A programme and its rules: read, changed part by part, and fetched as a file."""

from flask import Blueprint

bp = Blueprint("programmes", __name__)

from placements.blueprints.programmes import edit_views, matrix_views, module_views, views  # noqa: E402, F401
