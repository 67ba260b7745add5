"""The applicant's, by their own link: choosing a time for the interview."""

from __future__ import annotations

from flask import abort, render_template
from flask_babel import get_locale, gettext

from placements.access import public
from placements.blueprints.application_reviews import bp
from placements.blueprints.application_reviews.forms import BookForm, book_form
from placements.blueprints.application_reviews.views import Answer
from placements.clock import moment
from placements.db import db
from placements.domain import application_interviews, applications
from placements.formatting import full_date, time_span
from placements.models.applications import Application
from placements.web import attempt, back_to


def _mine(token: str) -> Application:
    return applications.of_token(db.session(), token) or abort(404)


def _form(application: Application, *, filled: bool = False) -> BookForm:
    slots = application_interviews.free(db.session(), application, now=moment())
    locale = str(get_locale())
    labels = [
        f"{full_date(one.starts_at, locale=locale)} "
        f"{time_span(one.starts_at, one.ends_at, locale=locale)}, {one.place}"
        for one in slots
    ]
    return book_form(slots, labels) if filled else book_form(slots, labels, formdata=None)


def _page(application: Application, token: str, form: BookForm, status: int = 200) -> tuple[str, int]:
    booked = application_interviews.booked_by(db.session(), application)
    html = render_template(
        "application_reviews/book.html",
        application=application,
        token=token,
        form=form,
        booked=booked,
        contact=applications.contact_of(db.session(), application),
    )
    return html, status


@bp.get("/application/<token>/interview")
@public
def show_booking(token: str) -> Answer:
    application = _mine(token)
    return _page(application, token, _form(application))


@bp.post("/application/<token>/interview")
@public
def book(token: str) -> Answer:
    application = _mine(token)
    form = _form(application, filled=True)

    def action() -> None:
        application_interviews.book(db.session(), application, form.slot_id.data, now=moment())

    if refused := attempt(form, action):
        return _page(application, token, form, refused)
    db.session.commit()
    return back_to(f"/application/{token}/interview", message=gettext("Tiden er din."))


@bp.post("/application/<token>/interview/cancel")
@public
def cancel_booking(token: str) -> Answer:
    application_interviews.cancel(db.session(), _mine(token), now=moment())
    db.session.commit()
    return back_to(f"/application/{token}/interview", message=gettext("Tiden er fri igen."))
