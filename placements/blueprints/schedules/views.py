"""A cohort's timetable: the one that stands or a proposal, each line adjusted, all of it saved at once."""

from __future__ import annotations

from collections.abc import Sequence

from flask import render_template, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from placements.access import roles_allowed
from placements.blueprints.schedules import bp, page
from placements.blueprints.schedules.forms import LinesForm, lines_form, rhythm_form
from placements.clock import now, today
from placements.db import db
from placements.domain import session_lines, timetables
from placements.models.cohorts import Cohort
from placements.models.teaching import TeachingSession
from placements.web import attempt, back_to

Answer = str | Response | tuple[str, int]


@bp.get("/cohorts/<slug>/schedule")
@roles_allowed("coordinator")
def show(slug: str) -> Answer:
    """With a first day in the address: what a proposal from that day would be."""
    cohort, session = page.load_cohort(slug), db.session()
    known, asked = timetables.standing(session, cohort), "starts_on" in request.args
    rhythm = rhythm_form(timetables.rhythm_of(cohort), asked=asked)
    good = rhythm.validate() if asked else True
    begun = timetables.begin_with(
        session, cohort, known, rhythm.rhythm if good else timetables.rhythm_of(cohort), anew=asked and good
    )
    form = _form(cohort, known, begun.lines)
    return _page(cohort, known, form, rhythm=rhythm, refusal=begun.refusal, anew=asked and good)


def _form(cohort: Cohort, known: Sequence[TeachingSession], lines: list[session_lines.Line]) -> LinesForm:
    return lines_form(lambda: lines, cohort.programme.modules, seen=session_lines.mark(known))


def _page(
    cohort: Cohort, known: Sequence[TeachingSession], form: LinesForm, status: int = 200, **more: object
) -> Answer:
    more = {"rhythm": rhythm_form(timetables.rhythm_of(cohort), asked=False), **more}
    values = page.values(form, cohort, known)
    html = render_template(
        "schedules/show.html", stands=bool(known), unlike=page.unlike(form, cohort, known), **values, **more
    )
    return html, status


@bp.post("/cohorts/<slug>/schedule")
@roles_allowed("coordinator")
def save(slug: str) -> Answer:
    cohort, session = page.load_cohort(slug), db.session()
    known = timetables.standing(session, cohort)
    form = _form(cohort, known, page.open_lines(known))

    def action() -> None:
        timetables.save(
            session,
            cohort,
            form.lines,
            seen=form.seen_mark,
            reason=form.reason.data,
            today=today(),
            now=now(),
        )

    if refused := attempt(form, action, record=cohort):
        known = timetables.standing(session, cohort)
        if refused == page.CONFLICT:
            page.after_conflict(form, known)
        return _page(cohort, known, form, refused)
    db.session.commit()
    return back_to(f"/cohorts/{slug}/schedule", message=gettext("Skemaet er gemt."))
