"""The register of a session of the theory: who was there, and all that leads to it."""

from flask import Blueprint

bp = Blueprint("registers", __name__)

from placements.blueprints.registers import guest_views, notice_views, sheet_views, views  # noqa: E402, F401
