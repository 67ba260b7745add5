"""`/history/<event>/undo`: the button *Fortryd* in messages and on the page of a record."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import request
from flask_babel import gettext
from werkzeug.wrappers import Response

from placements.access import current_user, roles_allowed
from placements.blueprints.history import bp
from placements.clock import now, today
from placements.db import db
from placements.domain import undoing
from placements.web import back_to, get_or_404

BOARD = "/placements"


def _back(placement_id: int) -> str:
    """To the board as it was filtered, or to the placement."""
    came_from = urlsplit(request.referrer or "")
    if came_from.path == BOARD:
        return f"{BOARD}?{came_from.query}" if came_from.query else BOARD
    return f"{BOARD}/{placement_id}"


@bp.post("/history/<int:event_id>/undo")
@roles_allowed("coordinator")
def undo(event_id: int) -> Response:
    event = get_or_404(undoing.visible_to(current_user), event_id)
    placement = undoing.undo(db.session(), event, today=today(), now=now())
    db.session.commit()
    said = gettext("Ændringen for %(name)s er taget tilbage.", name=placement.student_name)
    return back_to(_back(placement.id), message=said)
