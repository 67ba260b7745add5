"""The register of a session of the theory: who was there, and all that leads to it."""

from flask import Blueprint

bp = Blueprint("registers", __name__)

from placements.blueprints.registers import (  # noqa: E402
    check_in_views,  # noqa: F401
    guest_views,  # noqa: F401
    notice_views,  # noqa: F401
    paper_views,  # noqa: F401
    report_views,  # noqa: F401
    sheet_views,  # noqa: F401
    views,  # noqa: F401
)
