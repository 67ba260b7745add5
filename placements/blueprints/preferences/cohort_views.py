"""The coordinator's: when there is open, who is missing, a reminder, and one student's wishes."""

from __future__ import annotations

from flask import render_template, request
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response

from placements.access import current_user, roles_allowed
from placements.blueprints.preferences import bp, page
from placements.blueprints.preferences.forms import WindowForm, window_form
from placements.clock import moment, now, today
from placements.db import db
from placements.domain import (
    cohorts,
    looks,
    offer_choices,
    preference_list,
    preference_window,
    preferences,
)
from placements.domain.rules import expect_version
from placements.models.cohorts import Cohort
from placements.web import asked_id, attempt, back_to, get_or_404, note_look

Answer = str | Response | tuple[str, int]


def _load(slug: str) -> Cohort:
    return get_or_404(cohorts.coordinated_by(current_user), slug=slug)


def _page(cohort: Cohort, form: WindowForm, status: int = 200) -> tuple[str, int]:
    session, missing_only = db.session(), request.args.get("show") == "missing"
    body = render_template(
        "preferences/cohort.html",
        cohort=cohort,
        form=form,
        overview=preference_list.overview(
            session, cohort, missing_only=missing_only, after=request.args.get("after", type=asked_id)
        ),
        missing_only=missing_only,
        has_window=preference_window.has_window(cohort),
        is_open=preference_window.is_open(cohort, now=moment()),
        told=preference_window.told(cohort, now=moment()),
        reminded=preference_list.last_reminded(session, cohort),
    )
    return body, status


@bp.get("/cohorts/<slug>/preferences")
@roles_allowed("coordinator")
def overview(slug: str) -> Answer:
    cohort = _load(slug)
    return _page(cohort, window_form(cohort, formdata=None))


@bp.post("/cohorts/<slug>/preferences")
@roles_allowed("coordinator")
def set_window(slug: str) -> Answer:
    cohort = _load(slug)
    form = window_form(cohort)

    def action() -> None:
        expect_version(cohort, form.version_number)
        preference_window.set_window(cohort, form.opens, form.closes)

    if refused := attempt(form, action, record=cohort):
        return _page(cohort, form, refused)
    db.session.commit()
    return back_to(f"/cohorts/{slug}/preferences", message=gettext("Tiderne er gemt."))


@bp.post("/cohorts/<slug>/preferences/remind")
@roles_allowed("coordinator")
def remind(slug: str) -> Answer:
    cohort = _load(slug)
    sent = preference_list.remind(db.session(), cohort, moment=moment(), now=now())
    db.session.commit()
    message = ngettext("Påmindelsen er sendt til én.", "Påmindelsen er sendt til %(num)s.", sent)
    return back_to(f"/cohorts/{slug}/preferences", message=message)


@bp.get("/cohorts/<slug>/preferences/<int:enrolment_id>")
@roles_allowed("coordinator")
def read(slug: str, enrolment_id: int) -> Answer:
    """Each look is written down; the student sees the list."""
    get_or_404(preferences.read_by(current_user, slug), enrolment_id)
    note_look("wishes", enrolment_id)
    session, enrolment = db.session(), get_or_404(preferences.read_by(current_user, slug), enrolment_id)
    kept = preferences.kept_of(session, enrolment)
    order, units = preferences.ranking(kept), preferences.excluded(kept)
    names = dict(offer_choices.units(session, enrolment.cohort, units, day=today()))
    found = offer_choices.of_ids(session, order, day=today())
    return render_template(
        "preferences/read.html",
        enrolment=enrolment,
        cohort=enrolment.cohort,
        kept=kept,
        ranked=[found[key] for key in order if key in found],
        excluded=[names[unit_id] for unit_id in names if unit_id in units],
        looks=looks.of(session, "wishes", enrolment_id),
        **page.spoken(kept),
    )
