"""The public page of a cohort, and asking for the link to one's application."""

from __future__ import annotations

from flask import abort, redirect, render_template, request
from flask_babel import get_locale
from werkzeug.wrappers import Response

from placements.access import public
from placements.blueprints.apply import bp
from placements.blueprints.apply.forms import AddressForm
from placements.clock import moment
from placements.db import db
from placements.domain import application_windows, applications
from placements.models.cohorts import Cohort
from placements.web import attempt

Answer = str | Response | tuple[str, int]


def _cohort(slug: str) -> Cohort:
    return applications.open_to_apply(db.session(), slug) or abort(404)


def _page(cohort: Cohort, form: AddressForm) -> str:
    window = application_windows.of(cohort)
    return render_template(
        "apply/cohort.html", cohort=cohort, window=window, phase=window.phase(moment()), form=form
    )


@bp.get("/apply/<slug>")
@public
def show(slug: str) -> Answer:
    return _page(_cohort(slug), AddressForm(formdata=None))


@bp.post("/apply/<slug>")
@public
def ask_for_link(slug: str) -> Answer:
    """The answer is the same whether the address has an application or not."""
    cohort, form, session = _cohort(slug), AddressForm(), db.session()

    def action() -> None:
        applications.ask_for_link(
            session,
            cohort,
            form.email.data or "",
            locale=str(get_locale()),
            address=request.remote_addr or "",
            now=moment(),
        )

    if refused := attempt(form, action):
        return _page(cohort, form), refused
    session.commit()
    return redirect(f"/apply/{slug}/sent", 303)


@bp.get("/apply/<slug>/sent")
@public
def sent(slug: str) -> Answer:
    cohort = _cohort(slug)
    return render_template("apply/sent.html", cohort=cohort, window=application_windows.of(cohort))


@bp.get("/apply/<slug>/withdrawn")
@public
def withdrawn(slug: str) -> Answer:
    cohort = _cohort(slug)
    open_now = application_windows.of(cohort).is_open(moment())
    return render_template("apply/withdrawn.html", cohort=cohort, open=open_now)
