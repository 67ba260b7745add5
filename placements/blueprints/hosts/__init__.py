"""Organisations and units: the list, one unit's page, and how names and owners change."""

from flask import Blueprint

bp = Blueprint("hosts", __name__)

from placements.blueprints.hosts import organisation_views, upkeep_views, views  # noqa: E402, F401
