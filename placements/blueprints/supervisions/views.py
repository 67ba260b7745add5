"""The supervisions of a practicum, registered and counted."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext
from werkzeug.wrappers import Response

from placements.access import current_user, roles_allowed
from placements.blueprints.supervisions import bp
from placements.blueprints.supervisions.forms import RegisterForm, register_form
from placements.clock import today
from placements.db import db
from placements.domain import placements, supervisions
from placements.domain.rules import expect_version
from placements.models.placements import Placement
from placements.models.supervisions import Supervision
from placements.models.users import Role
from placements.web import Form, attempt, fragment_or_redirect, get_or_404, page_or_fragment

PAGE, FRAGMENT = "supervisions/index.html", "supervisions/_list.html"
Answer = str | Response | tuple[str, int]


def _values(placement: Placement, form: RegisterForm) -> dict[str, Any]:
    speaks_as, found = placements.speaks_as(placement, current_user), supervisions.of_placement
    rows, promised = found(db.session(), placement), supervisions.promised(placement)
    return {
        "placement": placement,
        "role": speaks_as.value,
        "supervisions": rows,
        "counted": supervisions.counted(len(rows), promised),
        "enough": len(rows) >= promised,
        "may_register": speaks_as is not Role.STUDENT and supervisions.may_register(placement),
        "form": form,
    }


@bp.get("/placements/<int:placement_id>/supervisions")
@roles_allowed("coordinator", "host", "student")
def index(placement_id: int) -> Answer:
    placement = get_or_404(placements.visible_to(current_user), placement_id)
    return page_or_fragment(PAGE, FRAGMENT, **_values(placement, register_form(formdata=None)))


@bp.post("/placements/<int:placement_id>/supervisions")
@roles_allowed("coordinator", "host")
def register(placement_id: int) -> Answer:
    placement = get_or_404(placements.answered_by(current_user), placement_id)
    form = register_form()

    def action() -> None:
        supervisions.register(db.session(), placement, today=today(), **form.values)

    if refused := attempt(form, action):
        return page_or_fragment(PAGE, FRAGMENT, refused, **_values(placement, form))
    db.session.commit()
    return _done(placement, gettext("Supervisionen er registreret."))


@bp.post("/placements/<int:placement_id>/supervisions/<int:supervision_id>/remove")
@roles_allowed("coordinator", "host")
def remove(placement_id: int, supervision_id: int) -> Answer:
    own = supervisions.registered_by(current_user).where(Supervision.placement_id == placement_id)
    supervision = get_or_404(own, supervision_id)
    placement = supervision.placement
    expect_version(supervision, Form().version_number)
    supervisions.remove(db.session(), supervision)
    db.session.commit()
    return _done(placement, gettext("Supervisionen er fjernet."))


def _done(placement: Placement, message: str) -> Response:
    where = f"/placements/{placement.id}/supervisions"
    values = _values(placement, register_form(formdata=None))
    return fragment_or_redirect(FRAGMENT, where, message=message, **values)
