"""The page of one placement, for its coordinator, host and student; and the two choices made on it."""

from __future__ import annotations

from collections.abc import Callable

from flask_babel import gettext
from werkzeug.wrappers import Response

from placements.access import current_user, roles_allowed
from placements.blueprints.placements import bp
from placements.blueprints.placements.forms import LegalBasisForm
from placements.blueprints.placements.page import supervisor_form, undo_of, values_of
from placements.clock import today
from placements.db import db
from placements.domain import placements
from placements.domain.rules import expect_version
from placements.models.placements import LegalBasis, Placement
from placements.web import Form, attempt, fragment_or_redirect, get_or_404, page_or_fragment

PAGE, FRAGMENT = "placements/show.html", "placements/_placement.html"
Answer = str | Response | tuple[str, int]


@bp.get("/placements/<int:placement_id>")
@roles_allowed("coordinator", "host", "student")
def show(placement_id: int) -> Answer:
    placement = get_or_404(placements.visible_to(current_user), placement_id)
    return page_or_fragment(PAGE, FRAGMENT, **values_of(placement))


@bp.post("/placements/<int:placement_id>/supervisor")
@roles_allowed("coordinator", "host")
def name_supervisor(placement_id: int) -> Answer:
    placement = get_or_404(placements.answered_by(current_user), placement_id)
    form = supervisor_form(placement)

    def action() -> None:
        chosen = int(form.supervisor_id.data)
        placements.name_supervisor(db.session(), placement, supervisor_id=chosen, today=today())

    return _choose(placement, form, action, "supervisor_form", gettext("Praktikvejlederen er valgt."))


@bp.post("/placements/<int:placement_id>/legal-basis")
@roles_allowed("coordinator")
def choose_legal_basis(placement_id: int) -> Answer:
    placement = get_or_404(placements.coordinated_by(current_user), placement_id)
    form = LegalBasisForm.on(placement)

    def action() -> None:
        chosen = LegalBasis(form.legal_basis.data)
        placements.choose_legal_basis(db.session(), placement, legal_basis=chosen)

    return _choose(placement, form, action, "basis_form", gettext("Retsgrundlaget er valgt."))


def _choose(placement: Placement, form: Form, action: Callable[[], None], name: str, message: str) -> Answer:
    def checked() -> None:
        expect_version(placement, form.version_number)
        action()

    if refused := attempt(form, checked, record=placement):
        return page_or_fragment(PAGE, FRAGMENT, refused, **values_of(placement, **{name: form}))
    db.session.commit()
    where = f"/placements/{placement.id}"
    undo = undo_of(placement)
    return fragment_or_redirect(FRAGMENT, where, message=message, undo=undo, **values_of(placement))
