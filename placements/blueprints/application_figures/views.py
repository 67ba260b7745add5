"""The flow of a cohort's applications, and who pays."""

from __future__ import annotations

from flask import render_template

from placements.access import current_user, roles_allowed
from placements.blueprints.application_figures import bp
from placements.db import db
from placements.domain import application_figures, cohorts
from placements.web import get_or_404


@bp.get("/applications/cohort/<slug>/figures")
@roles_allowed("coordinator")
def show(slug: str) -> str:
    cohort = get_or_404(cohorts.coordinated_by(current_user), slug=slug)
    report = application_figures.of_cohort(db.session(), cohort)
    return render_template("application_figures/show.html", cohort=cohort, report=report)
