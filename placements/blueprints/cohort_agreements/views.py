"""How far each agreement of the cohort is, and one button for each thing that can be done for many."""

from __future__ import annotations

from flask import abort, render_template
from flask_babel import gettext
from werkzeug.wrappers import Response

from placements.access import current_user, roles_allowed
from placements.blueprints.cohort_agreements import bp
from placements.clock import now
from placements.db import db
from placements.domain import cohort_agreements, cohorts, jobs
from placements.models.cohorts import Cohort
from placements.models.jobs import JobKind
from placements.web import back_to, get_or_404

Answer = str | Response | tuple[str, int]
KINDS = {
    "draft": JobKind.DRAFT_AGREEMENTS,
    "send": JobKind.SEND_AGREEMENTS,
    "print": JobKind.PRINT_AGREEMENTS,
}


def _cohort(slug: str) -> Cohort:
    return get_or_404(cohorts.coordinated_by(current_user), slug=slug)


@bp.get("/cohorts/<slug>/agreements")
@roles_allowed("coordinator")
def index(slug: str) -> Answer:
    cohort = _cohort(slug)
    lines = cohort_agreements.lines(db.session(), cohort)
    ready = {name: len(cohort_agreements.ready_for(lines, kind)) for name, kind in KINDS.items()}
    return render_template(
        "cohort_agreements/index.html",
        cohort=cohort,
        lines=lines,
        ready=ready,
        jobs=jobs.of_cohort(db.session(), cohort),
    )


@bp.post("/cohorts/<slug>/agreements/<what>")
@roles_allowed("coordinator")
def ask(slug: str, what: str) -> Answer:
    cohort, kind, session = _cohort(slug), KINDS.get(what), db.session()
    if kind is None:
        abort(404)
    chosen = cohort_agreements.ready_for(cohort_agreements.lines(session, cohort), kind)
    job = jobs.ask(session, kind, cohort, chosen, current_user, now=now())
    session.commit()
    return back_to(f"/jobs/{job.id}", message=gettext("Arbejdet er sat i gang. Du kan følge det her."))


@bp.get("/agreements")
@roles_allowed("coordinator")
def overview() -> Answer:
    """How far each cohort is."""
    session, found = db.session(), _cohorts()
    return render_template(
        "cohort_agreements/overview.html",
        tallies=cohort_agreements.tallies(session, found),
        jobs=jobs.for_all_cohorts(session, current_user),
    )


@bp.post("/agreements/files")
@roles_allowed("coordinator")
def gather_all() -> Answer:
    """Each agreement by itself and all of them bound, from every cohort that the coordinator has."""
    session = db.session()
    chosen = cohort_agreements.printable(session, _cohorts())
    job = jobs.ask(session, JobKind.PRINT_AGREEMENTS, None, chosen, current_user, now=now())
    session.commit()
    return back_to(f"/jobs/{job.id}", message=gettext("Arbejdet er sat i gang. Du kan følge det her."))


def _cohorts() -> list[Cohort]:
    return cohorts.by_start(db.session(), cohorts.coordinated_by(current_user))
