"""The coordinator's: laying times for interviews, and seeing who has booked."""

from __future__ import annotations

from flask import render_template
from flask_babel import get_locale, gettext, ngettext

from placements.access import current_user, roles_allowed
from placements.blueprints.application_reviews import bp
from placements.blueprints.application_reviews.forms import SlotsForm
from placements.blueprints.application_reviews.planning import coordinated
from placements.blueprints.application_reviews.views import Answer
from placements.clock import moment
from placements.db import db
from placements.domain import application_interviews, application_lists
from placements.formatting import full_date
from placements.models.application_reviews import ApplicationInterview
from placements.models.cohorts import Cohort
from placements.web import attempt, back_to, get_or_404, note_look


def _page(cohort: Cohort, form: SlotsForm, status: int = 200) -> tuple[str, int]:
    session = db.session()
    html = render_template(
        "application_reviews/interviews.html",
        cohort=cohort,
        form=form,
        slots=application_interviews.of_cohort(session, cohort),
        seen=application_interviews.readable(session, current_user, cohort)
        | application_lists.names(session, current_user, cohort),
    )
    return html, status


@bp.get("/applications/cohort/<slug>/interviews")
@roles_allowed("coordinator")
def show_interviews(slug: str) -> Answer:
    """The names are need-to-know, so the look is written down."""
    note_look("cohort_applications", coordinated(slug).id)
    return _page(coordinated(slug), SlotsForm(formdata=None))


@bp.post("/applications/cohort/<slug>/interviews")
@roles_allowed("coordinator")
def lay_interviews(slug: str) -> Answer:
    cohort, form = coordinated(slug), SlotsForm()

    def action() -> None:
        application_interviews.lay(db.session(), cohort, now=moment(), **form.given())

    if refused := attempt(form, action):
        return _page(cohort, form, refused)
    db.session.commit()
    number, day = form.count.data or 0, full_date(form.given()["day"], locale=str(get_locale()))
    said = ngettext("%(num)s tid er lagt %(day)s.", "%(num)s tider er lagt %(day)s.", number, day=day)
    return back_to(f"/applications/cohort/{slug}/interviews", message=said)


@bp.post("/applications/cohort/<slug>/interviews/invite")
@roles_allowed("coordinator")
def invite(slug: str) -> Answer:
    invited = application_interviews.invite(db.session(), coordinated(slug), now=moment())
    db.session.commit()
    said = ngettext("%(num)s ansøger får en mail.", "%(num)s ansøgere får en mail.", invited)
    return back_to(f"/applications/cohort/{slug}/interviews", message=said)


@bp.post("/applications/cohort/<slug>/interviews/<int:slot_id>/remove")
@roles_allowed("coordinator")
def remove_interview(slug: str, slot_id: int) -> Answer:
    cohort = coordinated(slug)
    own = application_interviews.coordinated_by(current_user)
    slot = get_or_404(own.where(ApplicationInterview.cohort_id == cohort.id), slot_id)
    application_interviews.remove(db.session(), slot)
    db.session.commit()
    return back_to(f"/applications/cohort/{slug}/interviews", message=gettext("Tiden er fjernet."))
