"""The coordinator writes what the legal basis asks for; the agreement says it, and cannot be sent without."""

from __future__ import annotations

from flask import render_template
from flask_babel import gettext
from werkzeug.wrappers import Response

from placements.access import current_user, roles_allowed
from placements.blueprints.legal_details import bp
from placements.blueprints.legal_details.forms import LegalDetailsForm
from placements.clock import today
from placements.db import db
from placements.domain import legal_details, placements
from placements.models.placements import Placement
from placements.web import attempt, back_to, get_or_404

Answer = str | Response | tuple[str, int]


def _page(placement: Placement, form: LegalDetailsForm) -> str:
    return render_template(
        "legal_details/edit.html", placement=placement, form=form, checks=legal_details.checks(placement)
    )


@bp.get("")
@roles_allowed("coordinator")
def edit(placement_id: int) -> Answer:
    placement = get_or_404(placements.coordinated_by(current_user), placement_id)
    return _page(placement, LegalDetailsForm.on(placement))


@bp.post("")
@roles_allowed("coordinator")
def save(placement_id: int) -> Answer:
    placement = get_or_404(placements.coordinated_by(current_user), placement_id)
    form = LegalDetailsForm.on(placement)

    def action() -> None:
        legal_details.save(db.session(), placement, form.written, version=form.version_number, today=today())

    if refused := attempt(form, action, record=placement.legal_details):
        return _page(placement, form), refused
    db.session.commit()
    return back_to(f"/placements/{placement_id}/agreement", message=gettext("Oplysningerne er gemt."))
