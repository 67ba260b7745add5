"""The list of applications, reading one, scoring it, and declaring a conflict of interest."""

from __future__ import annotations

from typing import Any

from flask import render_template, request
from flask_babel import get_locale, gettext
from werkzeug.wrappers import Response

from placements.access import current_user, roles_allowed
from placements.blueprints.application_reviews import bp
from placements.blueprints.application_reviews.forms import (
    ApplicationFilter,
    NoteForm,
    ReviewerForm,
    review_form,
)
from placements.clock import moment
from placements.db import db
from placements.domain import (
    application_answers,
    application_assignments,
    application_decisions,
    application_interviews,
    application_lists,
    application_moderation,
    application_payments,
    application_reviews,
    application_texts,
)
from placements.models.application_reviews import ApplicationReview
from placements.models.applications import Application
from placements.web import asked_id, attempt, back_to, get_or_404, note_look, page_or_fragment

Answer = str | Response | tuple[str, int]
HIDDEN_STEPS = frozenset({"contact", "reference"})
"""What an anonymous review leaves out: who it is, and who may be asked."""


def readable(application_id: int) -> Application:
    return get_or_404(
        application_reviews.with_cohort(application_reviews.visible_to(current_user)), application_id
    )


def _filter() -> ApplicationFilter:
    return ApplicationFilter(request.args).among(application_lists.cohorts_of(db.session(), current_user))


@bp.get("/applications")
@roles_allowed("coordinator", "teacher")
def index() -> Answer:
    """The names are need-to-know, so the look is written down."""
    session, after = db.session(), request.args.get("after", type=asked_id)
    if seen := _filter().chosen_cohort:
        note_look("cohort_applications", seen.id)
    chosen = _filter()
    cohort, status = chosen.chosen_cohort, chosen.chosen_status
    found = cohort and application_lists.page(session, current_user, cohort, status=status, after=after)
    return page_or_fragment(
        "application_reviews/index.html",
        "application_reviews/_list.html",
        chosen=chosen,
        cohort=cohort,
        found=found,
        tags=chosen.in_words(),
        wanted=application_reviews.wanted(cohort) if cohort else 0,
        next_href=chosen.address(after=found.after) if found and found.after else "",
        first_href=chosen.address() if after else "",
        coordinates=cohort is not None and cohort.programme_id in current_user.programme_ids,
    )


def page(application: Application, status: int = 200, **forms: Any) -> tuple[str, int]:
    """One application, with what this person may see of its reviews."""
    session, cohort = db.session(), application.cohort
    reviews = application_reviews.of_application(session, application)
    own = application_reviews.own_review(reviews, current_user)
    plan = application_reviews.plan_of(session, cohort)
    answers = application_answers.read(application)
    anonymous = application_reviews.hides_name(plan, application, reviews, current_user)
    notes = application_interviews.notes_shown_to(session, application, reviews, current_user)
    coordinates = cohort.programme_id in current_user.programme_ids
    addable = application_assignments.addable(session, application) if coordinates else []
    told = application_texts.by_page(cohort, answers, locale=str(get_locale()))
    values = {
        "review_form": review_form(own, formdata=None) if own else None,
        "note_form": _note_form(notes),
        "reviewer_form": ReviewerForm.among(addable, formdata=None),
    }
    html = render_template(
        "application_reviews/show.html",
        application=application,
        name="" if anonymous else answers.name,
        written={step.criterion.key: said for step, _asked, said in told if step.criterion},
        told=[part for part in told if not (anonymous and part[0].kind in HIDDEN_STEPS)],
        criteria=application_lists.met_criteria(application, answers),
        reviews=reviews,
        own=own,
        shown=application_reviews.shown_to(application, reviews),
        texts=dict(application_reviews.criteria(cohort.programme)),
        notes=notes,
        interview=application_interviews.booked_by(session, application),
        open=application_reviews.is_open(application),
        addable=addable,
        coordinates=coordinates,
        reader=current_user.id,
        **(_facts(application) if coordinates else {}),
        **(values | forms),
    )
    return html, status


def _facts(application: Application) -> dict[str, Any]:
    """What the coordinator goes on to from here: the answer that was sent, the payment, and the ranking."""
    session = db.session()
    return {
        "answered": application_decisions.sent_to(session, application),
        "payment": application_payments.of_application(session, application),
        "wanted": application_reviews.wanted(application.cohort),
        "movable": application_moderation.is_movable(application),
    }


def _note_form(notes: list[tuple[Any, str]]) -> NoteForm:
    mine = next(((note, text) for note, text in notes if note.author_id == current_user.id), None)
    return NoteForm(
        formdata=None, data={"text": mine[1] if mine else "", "version": mine[0].version if mine else 0}
    )


@bp.get("/applications/<int:application_id>")
@roles_allowed("coordinator", "teacher")
def show(application_id: int) -> Answer:
    readable(application_id)
    note_look("application", application_id)
    return page(readable(application_id))


def _own(application: Application) -> ApplicationReview:
    return get_or_404(
        application_reviews.own_of(current_user).where(ApplicationReview.application_id == application.id)
    )


@bp.post("/applications/<int:application_id>/review")
@roles_allowed("coordinator", "teacher")
def review(application_id: int) -> Answer:
    """A draft is kept with one button, and submitted for good with the other."""
    application = readable(application_id)
    own, sends = _own(application), bool(request.form.get("send"))
    form = review_form(own, whole=sends)

    def action() -> None:
        keep = application_reviews.submit if sends else application_reviews.save
        keep(own, version=form.version_number, now=moment(), **form.given())

    if refused := attempt(form, action, record=own):
        return page(application, refused, review_form=form)
    db.session.commit()
    if not sends:
        return back_to(f"/applications/{application_id}", message=gettext("Din kladde er gemt."))
    following = application_lists.next_to_review(db.session(), current_user, application)
    onward = f"/applications/{following}" if following else "/applications"
    return back_to(onward, message=gettext("Tak. Din bedømmelse er sendt."))


@bp.post("/applications/<int:application_id>/conflict")
@roles_allowed("coordinator", "teacher")
def declare_conflict(application_id: int) -> Answer:
    application = readable(application_id)
    application_assignments.declare_conflict(db.session(), application, current_user, now=moment())
    db.session.commit()
    return back_to("/applications", message=gettext("Tak. Du ser ikke mere til den ansøgning."))


@bp.post("/applications/<int:application_id>/notes")
@roles_allowed("coordinator", "teacher")
def save_note(application_id: int) -> Answer:
    application, form = readable(application_id), NoteForm()

    def action() -> None:
        text, version = form.typed(), form.version_number
        application_interviews.save_note(
            db.session(), application, current_user, text=text, version=version, now=moment()
        )

    if refused := attempt(form, action):
        return page(application, refused, note_form=form)
    db.session.commit()
    return back_to(f"/applications/{application_id}", message=gettext("Dine noter er gemt."))
