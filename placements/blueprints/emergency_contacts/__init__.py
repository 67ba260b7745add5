"""Who to call in an emergency: the sheet of a practicum, and whom the student names."""

from flask import Blueprint

bp = Blueprint("emergency_contacts", __name__)

from placements.blueprints.emergency_contacts import views  # noqa: E402, F401
