"""A student's own suggestions and the coordinator's answers."""

from __future__ import annotations

from flask import render_template
from flask_babel import gettext
from werkzeug.wrappers import Response

from placements.access import current_user, roles_allowed
from placements.blueprints.suggestions import bp
from placements.blueprints.suggestions.forms import NEW, ApproveForm, DeclineForm, SuggestForm
from placements.clock import now, today
from placements.db import db
from placements.domain import enrolments, history, host_directory, hosts, suggestions
from placements.domain.rules import expect_version
from placements.history_words import tell
from placements.models.offers import WayOfWorking
from placements.models.suggestions import Suggestion
from placements.web import Form, attempt, back_to, get_or_404

Answer = str | Response | tuple[str, int]


@bp.get("/suggestions")
@roles_allowed("coordinator", "student")
def index() -> Answer:
    found = suggestions.newest_first(db.session(), current_user)
    courses = suggestions.courses_to_suggest_for(db.session(), current_user, today=today())
    return render_template("suggestions/index.html", found=found, courses=courses, actor=current_user)


def _suggest_form() -> SuggestForm:
    courses = suggestions.courses_to_suggest_for(db.session(), current_user, today=today())
    return SuggestForm().among(courses)


@bp.get("/suggestions/new")
@roles_allowed("student")
def new() -> Answer:
    return render_template("suggestions/new.html", form=_suggest_form())


@bp.post("/suggestions/new")
@roles_allowed("student")
def create() -> Answer:
    form, session = _suggest_form(), db.session()
    made: list[Suggestion] = []

    def action() -> None:
        enrolment = get_or_404(enrolments.visible_to(current_user), int(form.enrolment_id.data))
        made.append(suggestions.suggest(session, enrolment, **form.values(), today=today(), now=now()))

    if refused := attempt(form, action):
        return render_template("suggestions/new.html", form=form), refused
    session.commit()
    said = gettext("Tak. Koordinatoren ser på dit forslag, og svaret kommer her.")
    return back_to(f"/suggestions/{made[0].id}", message=said)


def _approve_form(suggestion: Suggestion, *, blank: bool = False) -> ApproveForm:
    session, day = db.session(), today()
    names = hosts.organisation_names(session, day=day)
    same = [key for key, name in names.items() if name.casefold() == suggestion.organisation_name.casefold()]
    begin = {
        "unit_id": NEW,
        "organisation_id": str(same[0]) if same else NEW,
        "ways": [WayOfWorking.INDIVIDUAL.value],
    }
    form = ApproveForm(**begin, **({"formdata": None, "version": suggestion.version} if blank else {}))
    return form.among(suggestion, host_directory.names(session, current_user, day=day), names)


def _page(
    suggestion: Suggestion,
    *,
    approve_form: ApproveForm | None = None,
    decline_form: DeclineForm | None = None,
    status: int = 200,
) -> Answer:
    verbs = suggestions.verbs_for(suggestion, current_user)
    is_own = suggestion.enrolment.user_id == current_user.id
    answers = "approve" in verbs
    blank = DeclineForm(formdata=None, version=suggestion.version)
    page = render_template(
        "suggestions/show.html",
        suggestion=suggestion,
        verbs=verbs,
        is_own=is_own,
        refused=approve_form or decline_form,
        approve_form=(approve_form or _approve_form(suggestion, blank=True)) if answers else None,
        decline_form=(decline_form or blank) if answers else None,
        entries=[] if is_own else tell(db.session(), history.of(db.session(), suggestion)),
    )
    return page, status


@bp.get("/suggestions/<int:suggestion_id>")
@roles_allowed("coordinator", "student")
def show(suggestion_id: int) -> Answer:
    return _page(get_or_404(suggestions.visible_to(current_user), suggestion_id))


@bp.post("/suggestions/<int:suggestion_id>/withdraw")
@roles_allowed("student")
def withdraw(suggestion_id: int) -> Answer:
    suggestion = get_or_404(suggestions.own_of(current_user), suggestion_id)
    suggestions.refuse_answered(suggestion)
    expect_version(suggestion, Form().version_number)
    suggestions.withdraw(suggestion)
    db.session.commit()
    return back_to("/suggestions", message=gettext("Forslaget er trukket tilbage."))


@bp.post("/suggestions/<int:suggestion_id>/approve")
@roles_allowed("coordinator")
def approve(suggestion_id: int) -> Answer:
    suggestion = get_or_404(suggestions.answered_by(current_user), suggestion_id)
    form = _approve_form(suggestion)

    def action() -> None:
        suggestions.refuse_answered(suggestion)
        expect_version(suggestion, form.version_number)
        suggestions.approve(
            db.session(),
            suggestion,
            current_user,
            form.place(),
            ways=form.ways.data or [],
            answer=form.answer.data,
            today=today(),
            now=now(),
        )

    if refused := attempt(form, action, record=suggestion):
        return _page(suggestion, approve_form=form, status=refused)
    db.session.commit()
    said = gettext(
        "Stedet er oprettet med en kladde til en plads. Ring til stedet, og invitér praktikværten."
    )
    return back_to(f"/offers/{suggestion.offer_id}", message=said)


@bp.post("/suggestions/<int:suggestion_id>/decline")
@roles_allowed("coordinator")
def decline(suggestion_id: int) -> Answer:
    suggestion, form = get_or_404(suggestions.answered_by(current_user), suggestion_id), DeclineForm()

    def action() -> None:
        suggestions.refuse_answered(suggestion)
        expect_version(suggestion, form.version_number)
        suggestions.decline(suggestion, current_user, answer=form.answer.data or "", now=now())

    if refused := attempt(form, action, record=suggestion):
        return _page(suggestion, decline_form=form, status=refused)
    db.session.commit()
    return back_to(
        f"/suggestions/{suggestion.id}", message=gettext("Svaret er gemt. Den studerende kan læse det.")
    )
