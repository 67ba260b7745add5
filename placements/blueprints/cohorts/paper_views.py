"""What is printed of a cohort: its people, its practicum, its figures."""

from __future__ import annotations

from flask import abort
from flask_babel import get_locale
from werkzeug.wrappers import Response

from placements import printing
from placements.access import current_user, roles_allowed
from placements.blueprints.cohorts import bp
from placements.clock import today
from placements.db import db
from placements.domain import cohorts, participant_lists, timelines
from placements.web import get_or_404, pdf_shown


@bp.get("/cohorts/<slug>/participants.pdf")
@roles_allowed("coordinator", "teacher")
def participants(slug: str) -> Response:
    cohort = get_or_404(participant_lists.with_list(current_user), slug=slug)
    printed = printing.lists.participant_list(
        db.session(), cohort, current_user, on=today(), locale=str(get_locale())
    )
    return pdf_shown(printed.filename, printed.pdf)


@bp.get("/cohorts/<slug>/placements.pdf")
@roles_allowed("coordinator", "teacher")
def placements(slug: str) -> Response:
    """A cohort without practicum has no overview of it."""
    cohort = get_or_404(participant_lists.with_list(current_user), slug=slug)
    timeline = timelines.shown_to(db.session(), cohort, current_user, today=today()) or abort(404)
    printed = printing.lists.placement_overview(
        db.session(), cohort, timeline, current_user, on=today(), locale=str(get_locale())
    )
    return pdf_shown(printed.filename, printed.pdf)


@bp.get("/cohorts/<slug>/report.pdf")
@roles_allowed("coordinator")
def report(slug: str) -> Response:
    cohort = get_or_404(cohorts.coordinated_by(current_user), slug=slug)
    printed = printing.lists.cohort_report(db.session(), cohort, on=today(), locale=str(get_locale()))
    return pdf_shown(printed.filename, printed.pdf)
