"""Network groups: the list, who is to be offered a place, one group, its meetings, a peer's own answer."""

from flask import Blueprint

bp = Blueprint("network_groups", __name__)

from placements.blueprints.network_groups import meeting_views, place_views, views  # noqa: E402, F401
