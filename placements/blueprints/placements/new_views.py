"""A new placement: a student from the offer's cohort on one of its seats, as a draft."""

from __future__ import annotations

from flask import redirect, render_template, request
from flask_babel import get_locale, gettext
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from placements import formatting
from placements.access import current_user, roles_allowed
from placements.blueprints.placements import bp
from placements.blueprints.placements.forms import NewForm
from placements.clock import today
from placements.db import db
from placements.domain import offers, placement_notes, placements
from placements.domain.rules import RuleBroken
from placements.i18n import _
from placements.models.enrolments import Enrolment
from placements.models.offers import Offer
from placements.models.placements import Placement
from placements.web import asked_id, attempt, back_to, get_or_404, said

Answer = str | Response | tuple[str, int]


def _offer() -> Offer:
    return get_or_404(placements.offers_to_fill(current_user), request.args.get("offer", 0, type=asked_id))


def _page(offer: Offer, form: NewForm, people: list[Enrolment], status: int = 200) -> tuple[str, int]:
    page = render_template(
        "placements/new.html",
        offer=offer,
        form=form,
        people=people,
        unit_name=offer.unit.name_on(today()),
        open_seats=offers.open_seats(db.session(), [offer.id])[offer.id],
        is_open=offers.is_open(offer),
    )
    return page, status


def _form(offer: Offer, people: list[Enrolment]) -> NewForm:
    """What stands in the way is said beside each name."""
    session, locale = db.session(), str(get_locale())
    notes = {
        person: gettext(
            "%(days)s passer ikke",
            days=", ".join(formatting.weekday(day, locale=locale) for day in days),
        )
        for person, days in placement_notes.bad_days(session, people, offer).items()
    }
    hindrances = placement_notes.overlaps(session, people, offer)
    hindrances |= placement_notes.impossible(session, people, offer)
    return NewForm.on(offer, people, notes | {person: said(text) for person, text in hindrances.items()})


@bp.get("/placements/new")
@roles_allowed("coordinator")
def new() -> Answer:
    """Without an offer: the open ones, to choose from."""
    if "offer" not in request.args:
        return redirect("/offers?status=open", 303)
    offer = _offer()
    people = placements.unplaced(db.session(), offer.cohort_id)
    return _page(offer, _form(offer, people), people)


@bp.post("/placements/new")
@roles_allowed("coordinator")
def create() -> Answer:
    offer = _offer()
    people = placements.unplaced(db.session(), offer.cohort_id)
    form = _form(offer, people)
    made: list[Placement] = []
    if refused := attempt(form, lambda: made.append(_create(db.session(), offer, form))):
        return _page(offer, form, people, refused)
    db.session.commit()
    message = gettext("%(name)s har fået en kladde til et praktikforløb.", name=made[0].student_name)
    return back_to(f"/placements/{made[0].id}", message=message)


def _create(session: Session, offer: Offer, form: NewForm) -> Placement:
    enrolment = session.get(Enrolment, int(form.enrolment_id.data))
    if enrolment is None:
        raise RuleBroken(_("Vælg en studerende, der er aktiv på holdet."), field="enrolment_id")
    return placements.create(
        session,
        offer,
        enrolment,
        today=today(),
        starts_on=form.starts_on.data,
        ends_on=form.ends_on.data,
        weekly_minutes=form.weekly_minutes.data,
        legal_basis=form.basis,
    )
