"""Applying for a seat: the public page of a cohort, and one's own application by a mailed link."""

from flask import Blueprint

bp = Blueprint("apply", __name__)

from placements.blueprints.apply import own, views  # noqa: E402, F401
