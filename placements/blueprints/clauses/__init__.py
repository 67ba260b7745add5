"""The standing texts of a programme's agreements: read, try out, save, take back."""

from flask import Blueprint

bp = Blueprint("clauses", __name__, url_prefix="/programmes/<slug>/clauses")

from placements.blueprints.clauses import views  # noqa: E402, F401
