"""The runs of a cohort's modules: laid one at a time, with seats, and changed as long as they last (H-17)."""

from __future__ import annotations

from flask import render_template, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from placements.access import current_user, roles_allowed
from placements.blueprints.schedules import bp, page
from placements.blueprints.schedules.forms import LinesForm, RunLinesForm, lines_form, rhythm_form
from placements.clock import now, today
from placements.db import db
from placements.domain import (
    module_runs,
    run_sign_ups,
    session_lines,
    teaching_people,
    teaching_teams,
    timetables,
)
from placements.models.cohorts import Cohort
from placements.models.programmes import Module
from placements.models.teaching import ModuleRun
from placements.web import asked_id, attempt, back_to, get_or_404

Answer = str | Response | tuple[str, int]


@bp.get("/cohorts/<slug>/runs")
@roles_allowed("coordinator")
def runs(slug: str) -> Answer:
    cohort, session = page.load_cohort(slug), db.session()
    found = module_runs.of_cohort(session, cohort)
    return render_template(
        "schedules/runs.html",
        cohort=cohort,
        runs=found,
        taken=module_runs.taken_seats(session, [run.id for run in found]),
        lacking={
            run.id: sum(bool(teaching_teams.missing(one, cohort.programme)) for one in run.sessions)
            for run in found
        },
    )


# A new one


def _module(cohort: Cohort) -> Module:
    """The one in the address, or the first."""
    asked = request.args.get("module_id", type=asked_id)
    modules = cohort.programme.modules
    return next((module for module in modules if module.id == asked), modules[0])


def _new_form(cohort: Cohort, lines: list[session_lines.Line]) -> LinesForm:
    return lines_form(lambda: lines, [_module(cohort)], seen=session_lines.mark([]), kind=RunLinesForm)


@bp.get("/cohorts/<slug>/runs/new")
@roles_allowed("coordinator")
def new_run(slug: str) -> Answer:
    cohort = page.load_cohort(slug)
    asked = "starts_on" in request.args
    rhythm = rhythm_form(timetables.rhythm_from(cohort, today()), cohort.programme.modules, asked=asked)
    proposal = timetables.Proposal([])
    if asked and rhythm.validate():
        proposal = timetables.proposed_run(_module(cohort), rhythm.rhythm)
    return _new_page(
        cohort, _new_form(cohort, proposal.lines), rhythm=rhythm, refusal=proposal.refusal, asked=asked
    )


def _new_page(cohort: Cohort, form: LinesForm, status: int = 200, **more: object) -> Answer:
    start = timetables.rhythm_from(cohort, today())
    more = {"rhythm": rhythm_form(start, cohort.programme.modules, asked=True), "asked": True} | more
    values = page.values(form, cohort, [])
    return render_template("schedules/new_run.html", module=_module(cohort), **values, **more), status


@bp.post("/cohorts/<slug>/runs/new")
@roles_allowed("coordinator")
def create_run(slug: str) -> Answer:
    cohort = page.load_cohort(slug)
    form = _new_form(cohort, [])

    def action() -> None:
        module_runs.create(
            db.session(),
            cohort,
            _module(cohort),
            form.lines,
            seats=form["seats"].data,
            reason=form.reason.data,
            today=today(),
            now=now(),
        )

    if refused := attempt(form, action):
        return _new_page(cohort, form, refused)
    db.session.commit()
    return back_to(f"/cohorts/{slug}/runs", message=gettext("Modulforløbet er lagt, og der kan meldes til."))


# One that stands


def _load(slug: str, run_id: int) -> ModuleRun:
    page.load_cohort(slug)
    return get_or_404(module_runs.coordinated_by(current_user), run_id)


def _run_form(run: ModuleRun) -> LinesForm:
    known = teaching_people.loaded(db.session(), [run.id])
    return lines_form(
        lambda: page.open_lines(known),
        [run.module],
        seen=session_lines.mark(known),
        kind=RunLinesForm,
        values={"seats": run.seats},
    )


def _run_page(run: ModuleRun, form: LinesForm, status: int = 200) -> Answer:
    known = teaching_people.loaded(db.session(), [run.id])
    if status == page.CONFLICT:
        page.after_conflict(form, known)
    return render_template(
        "schedules/run.html",
        run=run,
        sign_ups=module_runs.sign_ups(db.session(), run),
        begun=module_runs.has_begun(run, today=today()),
        **page.values(form, run.cohort, known),
    ), status


@bp.get("/cohorts/<slug>/runs/<int:run_id>")
@roles_allowed("coordinator")
def show_run(slug: str, run_id: int) -> Answer:
    run = _load(slug, run_id)
    return _run_page(run, _run_form(run))


@bp.post("/cohorts/<slug>/runs/<int:run_id>")
@roles_allowed("coordinator")
def save_run(slug: str, run_id: int) -> Answer:
    run = _load(slug, run_id)
    form = _run_form(run)

    def action() -> None:
        module_runs.save(
            db.session(),
            run,
            form.lines,
            seats=form["seats"].data,
            seen=form.seen_mark,
            reason=form.reason.data,
            today=today(),
            now=now(),
        )

    if refused := attempt(form, action, record=run):
        return _run_page(run, form, refused)
    db.session.commit()
    return back_to(f"/cohorts/{slug}/runs/{run_id}", message=gettext("Modulforløbet er gemt."))


@bp.post("/cohorts/<slug>/runs/<int:run_id>/sign-ups/<int:sign_up_id>/remove")
@roles_allowed("coordinator")
def take_off(slug: str, run_id: int, sign_up_id: int) -> Answer:
    signed_up = get_or_404(run_sign_ups.of_run(_load(slug, run_id)), sign_up_id)
    name = signed_up.enrolment.user.name
    run_sign_ups.take_off(db.session(), signed_up)
    db.session.commit()
    said = gettext("%(name)s er meldt fra.", name=name)
    return back_to(f"/cohorts/{slug}/runs/{run_id}#sign-ups", message=said)


@bp.post("/cohorts/<slug>/runs/<int:run_id>/call-off")
@roles_allowed("coordinator")
def call_off_run(slug: str, run_id: int) -> Answer:
    run = _load(slug, run_id)
    module_runs.call_off(db.session(), run, today=today(), now=now())
    db.session.commit()
    return back_to(f"/cohorts/{slug}/runs", message=gettext("Modulforløbet er aflyst."))
