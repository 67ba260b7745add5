"""Guests at a session: written on, and taken off again."""

from __future__ import annotations

from flask_babel import gettext
from werkzeug.wrappers import Response

from placements.access import current_user, roles_allowed
from placements.blueprints.registers import bp
from placements.blueprints.registers.forms import GuestForm
from placements.blueprints.registers.page import load, page
from placements.db import db
from placements.domain import register_guests
from placements.models.attendance import SessionGuest
from placements.models.teaching import TeachingSession
from placements.web import attempt, fragment_or_redirect, get_or_404

Answer = str | Response | tuple[str, int]


@bp.post("/teaching/<int:session_id>/guests")
@roles_allowed("coordinator", "teacher")
def add_guest(session_id: int) -> Answer:
    taught, form = load(session_id), GuestForm()
    if refused := attempt(form, lambda: register_guests.add(db.session(), taught, name=form.name.data or "")):
        return page(taught, "registers/_guests.html", refused, guest=form)
    db.session.commit()
    return _guests(taught, gettext("Gæsten er skrevet på."))


@bp.post("/teaching/<int:session_id>/guests/<int:guest_id>/remove")
@roles_allowed("coordinator", "teacher")
def remove_guest(session_id: int, guest_id: int) -> Answer:
    taught = load(session_id)
    own = register_guests.visible_to(current_user).where(SessionGuest.session_id == session_id)
    register_guests.remove(db.session(), get_or_404(own, guest_id))
    db.session.commit()
    return _guests(taught, gettext("Gæsten er fjernet."))


def _guests(taught: TeachingSession, message: str) -> Response:
    return fragment_or_redirect(
        "registers/_guests.html",
        f"/teaching/{taught.id}#guests",
        message=message,
        taught=taught,
        guests=register_guests.of(db.session(), taught),
        guest=GuestForm(formdata=None),
        goes_on=True,
    )
