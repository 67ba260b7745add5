"""A student's own page: an order of the open offers, what suits, and units that will not do."""

from __future__ import annotations

from flask import render_template
from flask_babel import gettext
from werkzeug.wrappers import Response

from placements.access import roles_allowed
from placements.blueprints.preferences import bp, page
from placements.blueprints.preferences.forms import terms_form
from placements.clock import moment
from placements.db import db
from placements.domain import preferences
from placements.formatting import clock
from placements.models.preferences import Reach
from placements.web import attempt, fragment_or_redirect, page_or_fragment

Answer = str | Response | tuple[str, int]


@bp.get("/my/preferences/<int:enrolment_id>")
@roles_allowed("student")
def show(enrolment_id: int) -> Answer:
    return render_template("preferences/show.html", **page.values(page.load(enrolment_id)))


@bp.post("/my/preferences/<int:enrolment_id>/ranking")
@roles_allowed("student")
def rank(enrolment_id: int) -> Answer:
    enrolment = page.load(enrolment_id)
    session, kept = db.session(), preferences.kept_of(db.session(), enrolment)
    form, before = page.ranking_of(enrolment, kept), page.listed(enrolment, kept)

    def action() -> None:
        preferences.rank(session, enrolment, form.order.data, seen=form.version_number, now=moment())

    if refused := attempt(form, action, record=kept):
        form.version.data = str(preferences.ranking_mark(preferences.kept_of(session, enrolment)))
        values = page.values(enrolment, ranking=form)
        return page_or_fragment("preferences/show.html", "preferences/_ranking.html", refused, **values)
    db.session.commit()
    values = page.values(enrolment)
    return fragment_or_redirect(
        "preferences/_ranking.html",
        page.place_of(form, values),
        message=page.said_of(form),
        focus=page.focus_of(form, before, values),
        **values,
    )


@bp.post("/my/preferences/<int:enrolment_id>/terms")
@roles_allowed("student")
def set_terms(enrolment_id: int) -> Answer:
    enrolment = page.load(enrolment_id)
    session, kept = db.session(), preferences.kept_of(db.session(), enrolment)
    form = terms_form(kept)

    def action() -> None:
        preferences.set_terms(
            session,
            enrolment,
            weekdays=form.weekdays.data or (),
            reach=Reach(form.reach.data),
            needs=form.needs.data or (),
            seen=form.version_number,
            now=moment(),
        )

    if refused := attempt(form, action, record=kept):
        form.version.data = str(preferences.terms_mark(preferences.kept_of(session, enrolment)))
        values = page.values(enrolment, terms=form)
        return page_or_fragment("preferences/show.html", "preferences/_terms.html", refused, **values)
    db.session.commit()
    return fragment_or_redirect(
        "preferences/_terms.html",
        f"/my/preferences/{enrolment_id}#terms",
        message=gettext("Gemt kl. %(time)s.", time=clock(moment())),
        saved=True,
        **page.values(enrolment),
    )


@bp.post("/my/preferences/<int:enrolment_id>/excluded")
@roles_allowed("student")
def exclude(enrolment_id: int) -> Answer:
    enrolment = page.load(enrolment_id)
    session, kept = db.session(), preferences.kept_of(db.session(), enrolment)
    form = page.excluded_of(enrolment, kept)

    def action() -> None:
        unit_ids = form.unit_ids.data or ()
        preferences.exclude(session, enrolment, unit_ids, seen=form.version_number, now=moment())

    if refused := attempt(form, action, record=kept):
        form.version.data = str(preferences.excluded_mark(preferences.kept_of(session, enrolment)))
        values = page.values(enrolment, excluded=form)
        return page_or_fragment("preferences/show.html", "preferences/_excluded.html", refused, **values)
    db.session.commit()
    return fragment_or_redirect(
        "preferences/_excluded_saved.html",
        f"/my/preferences/{enrolment_id}#excluded",
        message=gettext("Gemt kl. %(time)s.", time=clock(moment())),
        saved=True,
        **page.values(enrolment),
    )
