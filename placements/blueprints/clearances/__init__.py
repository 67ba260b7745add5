"""Checks and clearances: what a unit asks for, and the dates of each."""

from flask import Blueprint

bp = Blueprint("clearances", __name__)

from placements.blueprints.clearances import views  # noqa: E402, F401
