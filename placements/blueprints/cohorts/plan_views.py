"""A cohort made, its plan changed, and next year's copied from it (V-13)."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import render_template, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from placements.access import current_user, roles_allowed
from placements.blueprints.cohorts import bp
from placements.blueprints.cohorts.plan_forms import CohortForm, CopyForm, NewCohortForm, StartForm
from placements.db import db
from placements.domain import cohort_copies, cohort_plans, cohorts, programmes
from placements.domain.rules import expect_version
from placements.models.cohorts import Cohort
from placements.models.programmes import Programme
from placements.web import attempt, back_to, chosen, get_or_404

Answer = str | Response | tuple[str, int]


def _coordinated(slug: str) -> Cohort:
    return get_or_404(cohorts.coordinated_by(current_user), slug=slug)


def _own_programmes() -> list[Programme]:
    return programmes.by_name(db.session(), programmes.coordinated_by(current_user))


@bp.get("/cohorts/new")
@roles_allowed("coordinator")
def new() -> Answer:
    form = NewCohortForm(programme=request.args.get("programme")).among(_own_programmes())
    return render_template("cohorts/new.html", form=form)


@bp.post("/cohorts/new")
@roles_allowed("coordinator")
def create() -> Answer:
    own = {programme.slug: programme for programme in _own_programmes()}
    form = NewCohortForm().among(list(own.values()))
    made: list[Cohort] = []

    def action() -> None:
        programme = own[form.programme.data]
        wanted = cohort_plans.usual_slug(programme, chosen(form.starts_on))
        plan = form.plan(cohort_plans.free_slug(db.session(), wanted))
        made.append(cohort_plans.create(db.session(), programme, plan))

    if refused := attempt(form, action):
        return render_template("cohorts/new.html", form=form), refused
    db.session.commit()
    return back_to(f"/cohorts/{made[0].slug}", message=gettext("Holdet er oprettet."))


@bp.get("/cohorts/<slug>/edit")
@roles_allowed("coordinator")
def edit(slug: str) -> Answer:
    cohort = _coordinated(slug)
    return render_template("cohorts/edit.html", cohort=cohort, form=CohortForm.of(cohort))


@bp.post("/cohorts/<slug>/edit")
@roles_allowed("coordinator")
def save(slug: str) -> Answer:
    cohort = _coordinated(slug)
    form = CohortForm.of(cohort)

    def action() -> None:
        expect_version(cohort, form.version_number)
        cohort_plans.change(db.session(), cohort, form.plan(slug))

    if refused := attempt(form, action, record=cohort):
        return render_template("cohorts/edit.html", cohort=cohort, form=form), refused
    db.session.commit()
    return back_to(f"/cohorts/{slug}", message=gettext("Holdet er gemt."))


# The copy


def _copy_page(cohort: Cohort, start: StartForm, form: CopyForm, starts_on: date) -> str:
    return render_template(
        "cohorts/copy.html",
        cohort=cohort,
        start=start,
        form=form,
        dates=cohort_copies.moved_dates(db.session(), cohort, starts_on),
        starts_on=starts_on,
        keeps_weekday=cohort_copies.keeps_weekday(cohort, starts_on),
    )


def _suggested(cohort: Cohort, starts_on: date) -> dict[str, Any]:
    return {
        "starts_on": starts_on,
        "name": cohort_copies.usual_name(cohort, starts_on),
        "slug": cohort_copies.usual_slug(db.session(), cohort, starts_on),
        "seats": cohort.seats,
    }


@bp.get("/cohorts/<slug>/copy")
@roles_allowed("coordinator")
def preview_copy(slug: str) -> Answer:
    cohort = _coordinated(slug)
    start = StartForm(
        request.args if "starts_on" in request.args else None, starts_on=cohort_copies.usual_start(cohort)
    )
    asked = "starts_on" in request.args and start.validate()
    starts_on = chosen(start.starts_on) if asked else cohort_copies.usual_start(cohort)
    form = CopyForm(formdata=None, data=_suggested(cohort, starts_on))
    return _copy_page(cohort, start, form, starts_on)


@bp.post("/cohorts/<slug>/copy")
@roles_allowed("coordinator")
def copy(slug: str) -> Answer:
    cohort, form = _coordinated(slug), CopyForm()
    made: list[Cohort] = []

    def action() -> None:
        made.append(
            cohort_copies.copy(
                db.session(),
                cohort,
                starts_on=chosen(form.starts_on),
                slug=form.slug.data or "",
                name=form.name.data or "",
                seats=form.seats.data,
            )
        )

    if refused := attempt(form, action):
        starts_on = form.starts_on.data or cohort_copies.usual_start(cohort)
        return _copy_page(cohort, StartForm(None, starts_on=starts_on), form, starts_on), refused
    db.session.commit()
    said = gettext("Holdet er kopieret. Nu kan I lave skemaet og tilføje deltagere.")
    return back_to(f"/cohorts/{made[0].slug}", message=said)
