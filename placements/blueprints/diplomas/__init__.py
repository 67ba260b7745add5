"""Diplomas: who is ready, issuing, printing."""

from flask import Blueprint

bp = Blueprint("diplomas", __name__)

from placements.blueprints.diplomas import views  # noqa: E402, F401
