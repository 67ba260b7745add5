"""Long work: how far it is, stopping it, fetching what it made."""

from flask import Blueprint

bp = Blueprint("jobs", __name__, url_prefix="/jobs")

from placements.blueprints.jobs import views  # noqa: E402, F401
