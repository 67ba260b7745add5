"""Who was away: on screen, and as a file for a spreadsheet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import request
from werkzeug.wrappers import Response

from placements.access import current_user, roles_allowed
from placements.blueprints.registers import bp
from placements.blueprints.registers.forms import ReportFilter
from placements.db import db
from placements.domain import absence_reports
from placements.models.cohorts import Cohort
from placements.web import get_or_404, page_or_fragment

Answer = str | Response | tuple[str, int]


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for; without a cohort the newest, and nothing when there is none."""

    cohort: Cohort | None
    first: date | None
    last: date | None

    @property
    def people(self) -> list[absence_reports.Person]:
        if self.cohort is None:
            return []
        return absence_reports.of_cohort(db.session(), self.cohort, first=self.first, last=self.last)


def _asked() -> tuple[Asked, list[Cohort]]:
    form = ReportFilter(request.args)
    form.validate()
    of_staff = absence_reports.cohorts_of(current_user)
    cohorts = list(db.session.scalars(of_staff))
    wanted = form.cohort.data
    chosen = get_or_404(of_staff, slug=wanted) if wanted else next(iter(cohorts), None)
    return Asked(chosen, form.first.data, form.last.data), cohorts


@bp.get("/teaching/absences")
@roles_allowed("coordinator", "teacher")
def absences() -> Answer:
    asked, cohorts = _asked()
    return page_or_fragment(
        "registers/absences.html",
        "registers/_absences.html",
        asked=asked,
        cohorts=cohorts,
        people=asked.people,
        query=request.query_string.decode(),
    )


@bp.get("/teaching/absences.csv")
@roles_allowed("coordinator", "teacher")
def absences_file() -> Answer:
    asked, _cohorts = _asked()
    name = f"fravaer-{asked.cohort.slug}.csv" if asked.cohort else "fravaer.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(absence_reports.as_csv(asked.people), mimetype="text/csv", headers=headers)
