"""A session's page, with its forms as they stand but for the one that was just sent."""

from __future__ import annotations

from typing import Any

from placements.access import current_user
from placements.blueprints.registers.forms import GuestForm, RegisterForm, register_form
from placements.clock import today
from placements.db import db
from placements.domain import check_ins, history, register_guests, registers, teaching
from placements.history_words import tell
from placements.models.programmes import Audience
from placements.models.teaching import TeachingSession
from placements.web import get_or_404, page_or_fragment


def load(session_id: int) -> TeachingSession:
    return get_or_404(teaching.visible_to(current_user), session_id)


def form_of(taught: TeachingSession, **values: Any) -> RegisterForm:
    return register_form(lambda: registers.of(db.session(), taught), **values)


def page(taught: TeachingSession, fragment: str, status: int = 200, **forms: Any) -> tuple[str, int]:
    session = db.session()
    values = {"form": forms.get("form") or form_of(taught, formdata=None), "guest": GuestForm(formdata=None)}
    return page_or_fragment(
        "registers/show.html",
        fragment,
        status,
        taught=taught,
        audiences=[Audience(value) for value in taught.audiences],
        coordinated=taught.run.cohort.programme_id in current_user.programme_ids,
        checks_in=check_ins.is_open(taught, today=today()),
        reached=registers.is_reached(taught, today=today()),
        guests=register_guests.of(session, taught),
        entries=tell(session, history.of(session, taught)),
        **(values | forms),
    )
