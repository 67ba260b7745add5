"""A programme and its rules: read, changed part by part, and fetched as a file."""

from flask import Blueprint

bp = Blueprint("programmes", __name__)

from placements.blueprints.programmes import (  # noqa: E402
    edit_views,  # noqa: F401
    file_views,  # noqa: F401
    matrix_views,  # noqa: F401
    module_views,  # noqa: F401
    views,  # noqa: F401
)
