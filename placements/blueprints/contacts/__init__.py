"""People at a unit: edited in their row or on a page of their own, invited to sign in."""

from flask import Blueprint

bp = Blueprint("contacts", __name__)

from placements.blueprints.contacts import views  # noqa: E402, F401
