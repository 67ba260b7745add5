"""Whom else we may write to: the participant's own page."""

from flask import Blueprint

bp = Blueprint("warning_contacts", __name__)

from placements.blueprints.warning_contacts import views  # noqa: E402, F401
