"""The letters of a programme to those who have applied: read, try out, save, take back."""

from flask import Blueprint

bp = Blueprint("application_letters", __name__, url_prefix="/programmes/<slug>/letters")

from placements.blueprints.application_letters import views  # noqa: E402, F401
