"""The letter to the place of a practicum, as the coordinator prints it."""

from __future__ import annotations

from flask_babel import get_locale
from werkzeug.wrappers import Response

from placements import printing
from placements.access import current_user, roles_allowed
from placements.blueprints.placements import bp
from placements.clock import today
from placements.db import db
from placements.domain import placements
from placements.web import get_or_404, pdf_shown


@bp.get("/placements/<int:placement_id>/host-letter.pdf")
@roles_allowed("coordinator")
def host_letter(placement_id: int) -> Response:
    placement = get_or_404(placements.coordinated_by(current_user), placement_id)
    printed = printing.letters.host_letter(db.session(), placement, on=today(), locale=str(get_locale()))
    return pdf_shown(printed.filename, printed.pdf)
