"""What the legal basis of a placement asks to have written down."""

from flask import Blueprint

bp = Blueprint("legal_details", __name__, url_prefix="/placements/<int:placement_id>/legal-details")

from placements.blueprints.legal_details import views  # noqa: E402, F401
