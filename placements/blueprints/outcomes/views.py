"""A cohort's figures, and what is known of one person, who can take the consent back."""

from __future__ import annotations

from typing import Any

from flask import render_template
from flask_babel import gettext
from werkzeug.wrappers import Response

from placements.access import current_user, roles_allowed
from placements.blueprints.outcomes import bp
from placements.blueprints.outcomes.forms import OutcomeForm, outcome_form
from placements.clock import today
from placements.db import db
from placements.domain import cohorts, enrolments, outcome_reports, outcomes
from placements.models.enrolments import Enrolment
from placements.web import attempt, back_to, get_or_404, said
from placements.words import word

Answer = str | Response | tuple[str, int]


@bp.get("/cohorts/<slug>/outcomes")
@roles_allowed("coordinator")
def report(slug: str) -> Answer:
    cohort = get_or_404(cohorts.coordinated_by(current_user), slug=slug)
    found = outcome_reports.of_cohort(db.session(), cohort)
    return render_template("outcomes/cohort.html", cohort=cohort, report=found)


def _form(enrolment: Enrolment, **options: Any) -> OutcomeForm:
    session = db.session()
    derived = outcomes.derived(enrolment, outcomes.placements_of(session, enrolment))
    label = gettext("Som forløbet viser: %(result)s", result=said(word(derived)))
    return outcome_form(label, obj=outcomes.of_enrolment(session, enrolment), **options)


def _values(enrolment: Enrolment, form: OutcomeForm | None = None) -> dict[str, Any]:
    outcome = outcomes.of_enrolment(db.session(), enrolment)
    writes = enrolment.cohort.programme_id in current_user.programme_ids
    return {
        "enrolment": enrolment,
        "outcome": outcome,
        "version": outcome.version if outcome else 0,
        "form": form or (_form(enrolment, formdata=None) if writes else None),
    }


@bp.get("/enrolments/<int:enrolment_id>/outcome")
@roles_allowed("coordinator", "student")
def show(enrolment_id: int) -> Answer:
    enrolment = get_or_404(outcomes.courses_of(current_user), enrolment_id)
    return render_template("outcomes/show.html", **_values(enrolment))


@bp.post("/enrolments/<int:enrolment_id>/outcome")
@roles_allowed("coordinator")
def save(enrolment_id: int) -> Answer:
    enrolment = get_or_404(enrolments.coordinated_by(current_user), enrolment_id)
    session, form = db.session(), _form(enrolment)

    def action() -> None:
        outcomes.write(session, enrolment, form.known, version=form.version_number, today=today())

    record = outcomes.of_enrolment(session, enrolment)
    if refused := attempt(form, action, record=record):
        return render_template("outcomes/show.html", **_values(enrolment, form)), refused
    session.commit()
    return back_to(f"/cohorts/{enrolment.cohort.slug}/outcomes", message=gettext("Det er gemt."))


@bp.post("/enrolments/<int:enrolment_id>/outcome/withdraw")
@roles_allowed("coordinator", "student")
def withdraw(enrolment_id: int) -> Answer:
    get_or_404(outcomes.courses_of(current_user), enrolment_id)
    outcome = get_or_404(outcomes.visible_to(current_user).filter_by(enrolment_id=enrolment_id))
    outcomes.withdraw(outcome)
    db.session.commit()
    message = gettext("Samtykket er trukket tilbage, og oplysningerne er slettet.")
    return back_to(f"/enrolments/{enrolment_id}/outcome", message=message)
