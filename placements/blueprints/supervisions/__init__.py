"""The supervisions of a practicum: seen by its parties, registered by host and coordinator."""

from flask import Blueprint

bp = Blueprint("supervisions", __name__)

from placements.blueprints.supervisions import views  # noqa: E402, F401
