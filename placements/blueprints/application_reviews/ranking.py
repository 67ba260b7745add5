"""The ranked list beside the coordinators' own order, with a reason for each difference."""

from __future__ import annotations

from flask import render_template
from flask_babel import gettext

from placements.access import current_user, roles_allowed
from placements.blueprints.application_reviews import bp
from placements.blueprints.application_reviews.forms import MoveForm
from placements.blueprints.application_reviews.planning import coordinated, handled
from placements.blueprints.application_reviews.views import Answer
from placements.clock import moment
from placements.db import db
from placements.domain import (
    application_interviews,
    application_lists,
    application_moderation,
    application_ranking,
)
from placements.models.applications import Application
from placements.models.cohorts import Cohort
from placements.web import attempt, back_to, note_look


@bp.get("/applications/cohort/<slug>/ranking")
@roles_allowed("coordinator")
def show_ranking(slug: str) -> Answer:
    """Without those this coordinator has declared a conflict of interest for."""
    note_look("cohort_applications", coordinated(slug).id)
    cohort, session = coordinated(slug), db.session()
    seen = application_interviews.readable(session, current_user, cohort)
    every = application_ranking.ranked(session, cohort)
    lines = application_ranking.among(every, seen)
    order = application_ranking.among(application_moderation.ordered(session, cohort), seen)
    told = application_moderation.deviations(session, cohort)
    return render_template(
        "application_reviews/ranking.html",
        cohort=cohort,
        lines=lines,
        left_out=len(every) - len(lines),
        ties=application_ranking.ties(lines),
        places={line.application.id: place for place, line in enumerate(order, 1)},
        order=order,
        movable={one.application.id for one in order if application_moderation.is_movable(one.application)},
        names=application_lists.names(session, current_user, cohort),
        deviations=[one for one in told if one.move.application_id in seen],
    )


def _move_page(application: Application, form: MoveForm, status: int = 200) -> tuple[str, int]:
    cohort: Cohort = application.cohort
    seen = application_interviews.readable(db.session(), current_user, cohort)
    every = application_moderation.ordered(db.session(), cohort)
    order = [line.application.id for line in every if line.application.id in seen]
    refused = application_moderation.refusal(application, order)
    html = render_template(
        "application_reviews/move.html",
        application=application,
        cohort=cohort,
        form=form,
        refused=refused,
        place=None if refused else order.index(application.id) + 1,
        last=len(order),
    )
    return html, status


@bp.get("/applications/<int:application_id>/place")
@roles_allowed("coordinator")
def show_place(application_id: int) -> Answer:
    return _move_page(handled(application_id), MoveForm(formdata=None))


@bp.post("/applications/<int:application_id>/place")
@roles_allowed("coordinator")
def move(application_id: int) -> Answer:
    application, form = handled(application_id), MoveForm()

    def action() -> None:
        application_moderation.move(db.session(), application, current_user, now=moment(), **form.given())

    if refused := attempt(form, action):
        return _move_page(application, form, refused)
    db.session.commit()
    onward = f"/applications/cohort/{application.cohort.slug}/ranking"
    return back_to(onward, message=gettext("Ansøgningen er flyttet, og begrundelsen er gemt."))
