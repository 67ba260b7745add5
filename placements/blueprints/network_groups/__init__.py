"""Network groups: the list, offers, one group and its places, its meetings, a peer's own answer."""

from flask import Blueprint

bp = Blueprint("network_groups", __name__)

from placements.blueprints.network_groups import (  # noqa: E402, F401
    answer_views,
    meeting_views,
    offer_views,
    paper_views,
    place_views,
    views,
)
