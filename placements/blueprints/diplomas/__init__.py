"""Diplomas and certificates: who can have one, issuing, replacing, revoking, printing."""

from flask import Blueprint

bp = Blueprint("diplomas", __name__)

from placements.blueprints.diplomas import cohort, views  # noqa: E402, F401
