"""A whole cohort: who is ready and who is not, issuing to many at once, printing all."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request
from flask_babel import gettext
from werkzeug.wrappers import Response as BaseResponse

from placements import printing
from placements.access import current_user, roles_allowed
from placements.blueprints.diplomas import bp
from placements.blueprints.diplomas.forms import kind_in, people_in
from placements.clock import now, today
from placements.db import db
from placements.domain import cohorts, diploma_designs, diploma_lists, diploma_signers, jobs
from placements.models.cohorts import Cohort
from placements.models.diplomas import DiplomaKind
from placements.models.jobs import JobKind
from placements.web import back_to, get_or_404, pdf_shown, said

Answer = str | BaseResponse
WORK = {DiplomaKind.DIPLOMA: JobKind.ISSUE_DIPLOMAS, DiplomaKind.CERTIFICATE: JobKind.ISSUE_CERTIFICATES}


def _cohort(slug: str) -> Cohort:
    return get_or_404(cohorts.coordinated_by(current_user), slug=slug)


@bp.get("/diplomas")
@roles_allowed("coordinator")
def index() -> Answer:
    found = cohorts.by_start(db.session(), cohorts.coordinated_by(current_user))
    return render_template(
        "diplomas/index.html",
        tallies=diploma_lists.tallies(db.session(), found),
        jobs=jobs.for_all_cohorts(db.session(), current_user, about_participants=True),
    )


@bp.get("/diplomas/cohort/<slug>")
@roles_allowed("coordinator")
def cohort(slug: str) -> Answer:
    found = _cohort(slug)
    return render_template(
        "diplomas/cohort.html",
        cohort=found,
        lists=diploma_lists.sorted_out(diploma_lists.lines(db.session(), found)),
        jobs=jobs.of_cohort(db.session(), found, about_participants=True),
    )


@bp.get("/diplomas/cohort/<slug>/issue")
@roles_allowed("coordinator")
def preview(slug: str) -> Answer:
    """What is about to be issued, to read through before it is."""
    found, session, kind = _cohort(slug), db.session(), kind_in(request.args)
    if not (ids := people_in(request.args)):
        flash(said(diploma_lists.NOBODY), "warning")
        return redirect(f"/diplomas/cohort/{slug}", 303)
    people = diploma_lists.chosen(diploma_lists.lines(session, found), kind, ids)
    design = diploma_designs.of(session, found.programme)
    return render_template(
        "diplomas/preview.html",
        cohort=found,
        kind=kind,
        people=people,
        issuer=found.programme.organiser_on(today()),
        signers=diploma_signers.of(session, found, design),
    )


@bp.post("/diplomas/cohort/<slug>/issue")
@roles_allowed("coordinator")
def issue_all(slug: str) -> Answer:
    found, session, kind = _cohort(slug), db.session(), kind_in(request.form)
    people = diploma_lists.chosen(diploma_lists.lines(session, found), kind, people_in(request.form))
    ids = [line.enrolment.id for line in people]
    job = jobs.ask(session, WORK[kind], found, ids, current_user, now=now())
    session.commit()
    return back_to(f"/jobs/{job.id}", message=gettext("Udstedelsen er sat i gang. Du kan følge den her."))


@bp.get("/diplomas/cohort/<slug>.pdf")
@roles_allowed("coordinator")
def print_all(slug: str) -> Answer:
    """The pages as they were frozen, with their tags, in one file for the printer."""
    found, session = _cohort(slug), db.session()
    if not (number := diploma_lists.number_standing_in(session, found)):
        abort(404)
    if number > diploma_lists.MOST_AT_ONCE:
        flash(said(diploma_lists.TOO_MANY_AT_ONCE), "warning")
        return redirect(f"/diplomas/cohort/{slug}", 303)
    content = printing.diplomas.bound(diploma_lists.standing_in(session, found), found)
    return pdf_shown(f"beviser-{slug}.pdf", content)


@bp.post("/diplomas/cohort/<slug>/files")
@roles_allowed("coordinator")
def gather(slug: str) -> Answer:
    """Each file by itself and all of them bound, gathered by the worker."""
    found = _cohort(slug)
    return _gathering([found], found)


@bp.post("/diplomas/files")
@roles_allowed("coordinator")
def gather_all() -> Answer:
    """The same for every cohort that the coordinator has."""
    return _gathering(cohorts.by_start(db.session(), cohorts.coordinated_by(current_user)), None)


def _gathering(of: list[Cohort], cohort: Cohort | None) -> Answer:
    session = db.session()
    ids = diploma_lists.holders(session, of)
    job = jobs.ask(session, JobKind.PRINT_DIPLOMAS, cohort, ids, current_user, now=now())
    session.commit()
    return back_to(f"/jobs/{job.id}", message=gettext("Arbejdet er sat i gang. Du kan følge det her."))
