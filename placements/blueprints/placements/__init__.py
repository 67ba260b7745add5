"""One placement: its page, its verbs, and laying a new one on an open offer."""

from flask import Blueprint

bp = Blueprint("placements", __name__)

import placements.blueprints.placements.new_views  # noqa: E402
import placements.blueprints.placements.paper_views  # noqa: E402
import placements.blueprints.placements.verb_views  # noqa: E402
import placements.blueprints.placements.views  # noqa: E402, F401
