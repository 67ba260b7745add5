"""The coordinator's: how a cohort's applications are reviewed, and who reads which."""

from __future__ import annotations

from flask import render_template
from flask_babel import gettext, ngettext

from placements.access import current_user, roles_allowed
from placements.blueprints.application_reviews import bp
from placements.blueprints.application_reviews.forms import PlanForm, ReviewerForm, plan_form
from placements.blueprints.application_reviews.views import Answer, page, readable
from placements.clock import moment
from placements.db import db
from placements.domain import application_assignments, application_reviews, applications, cohorts
from placements.models.applications import Application
from placements.models.cohorts import Cohort
from placements.web import attempt, back_to, get_or_404


def coordinated(slug: str) -> Cohort:
    return get_or_404(cohorts.coordinated_by(current_user), slug=slug)


def _form(cohort: Cohort, *, filled: bool = False) -> PlanForm:
    session = db.session()
    people = application_assignments.possible(session, cohort)
    plan = application_reviews.plan_of(session, cohort)
    return plan_form(cohort, plan, people) if filled else plan_form(cohort, plan, people, formdata=None)


def _plan_page(cohort: Cohort, form: PlanForm, status: int = 200) -> tuple[str, int]:
    session = db.session()
    html = render_template(
        "application_reviews/plan.html",
        cohort=cohort,
        form=form,
        begun=application_reviews.scoring_has_begun(session, cohort),
        wanted=application_reviews.wanted(cohort),
        load=application_assignments.load(session, cohort),
    )
    return html, status


@bp.get("/applications/cohort/<slug>/reviewers")
@roles_allowed("coordinator")
def show_plan(slug: str) -> Answer:
    cohort = coordinated(slug)
    return _plan_page(cohort, _form(cohort))


@bp.post("/applications/cohort/<slug>/reviewers")
@roles_allowed("coordinator")
def save_plan(slug: str) -> Answer:
    cohort = coordinated(slug)
    form = _form(cohort, filled=True)

    def action() -> None:
        version = form.version_number
        application_reviews.lay_plan(db.session(), cohort, version=version, **form.given())

    if refused := attempt(form, action):
        return _plan_page(cohort, form, refused)
    db.session.commit()
    return back_to(f"/applications/cohort/{slug}/reviewers", message=gettext("Det er gemt."))


@bp.post("/applications/cohort/<slug>/assign")
@roles_allowed("coordinator")
def assign(slug: str) -> Answer:
    """Once more does nothing, unless something has come to be read."""
    added = application_assignments.assign(db.session(), coordinated(slug), now=moment())
    db.session.commit()
    said = ngettext("%(num)s bedømmelse er fordelt.", "%(num)s bedømmelser er fordelt.", added)
    return back_to(f"/applications/cohort/{slug}/reviewers", message=said)


def handled(application_id: int) -> Application:
    own = applications.coordinated_by(current_user)
    return get_or_404(application_reviews.with_cohort(own), application_id)


@bp.post("/applications/<int:application_id>/reviewers")
@roles_allowed("coordinator")
def add_reviewer(application_id: int) -> Answer:
    application, session = handled(application_id), db.session()
    form = ReviewerForm.among(application_assignments.addable(session, application))

    def action() -> None:
        application_assignments.add(session, application, form.reviewer_id.data, now=moment())

    if refused := attempt(form, action):
        return page(readable(application_id), refused, reviewer_form=form)
    session.commit()
    return back_to(f"/applications/{application_id}", message=gettext("Der er en mere, der læser den."))


@bp.post("/applications/<int:application_id>/reviewers/<int:review_id>/remove")
@roles_allowed("coordinator")
def remove_reviewer(application_id: int, review_id: int) -> Answer:
    found = application_assignments.removable(handled(application_id))
    application_assignments.remove(db.session(), get_or_404(found, review_id))
    db.session.commit()
    return back_to(f"/applications/{application_id}", message=gettext("Personen læser den ikke længere."))
