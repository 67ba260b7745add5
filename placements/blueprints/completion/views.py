"""A cohort against the rules; one participant, with exceptions and the end of the deadline."""

from __future__ import annotations

from flask import render_template
from flask_babel import gettext
from werkzeug.wrappers import Response

from placements.access import current_user, roles_allowed
from placements.blueprints.completion import bp
from placements.blueprints.completion.forms import ExceptionForm
from placements.clock import now, today
from placements.db import db
from placements.domain import application_payments, completion, completion_texts, enrolments
from placements.models.enrolments import Enrolment
from placements.web import attempt, back_to, get_or_404

Answer = str | Response | tuple[str, int]


@bp.get("/cohorts/<slug>/completion")
@roles_allowed("coordinator", "teacher")
def cohort(slug: str) -> Answer:
    found = get_or_404(completion.followed_by(current_user), slug=slug)
    may_edit = found.programme_id in current_user.programme_ids
    people = completion.of_cohort(db.session(), found, today=today())
    table = completion_texts.table(people, linked=may_edit)
    return render_template("completion/cohort.html", cohort=found, table=table)


def _page(enrolment: Enrolment, form: ExceptionForm | None = None, status: int = 200) -> tuple[str, int]:
    found = completion.of_enrolment(db.session(), enrolment, today=today())
    own = enrolment.user_id == current_user.id
    page = render_template(
        "completion/show.html",
        enrolment=enrolment,
        completion=found,
        lines=completion_texts.lines(found, own=own),
        own=own,
        may_edit=completion.may_change(enrolment, current_user),
        payment=application_payments.of_enrolment(db.session(), enrolment, current_user),
        form=(form or ExceptionForm()).among(found),
    )
    return page, status


@bp.get("/enrolments/<int:enrolment_id>/completion")
@roles_allowed("coordinator", "student")
def show(enrolment_id: int) -> Answer:
    return _page(get_or_404(completion.shown_to(current_user), enrolment_id))


@bp.post("/enrolments/<int:enrolment_id>/exceptions")
@roles_allowed("coordinator")
def give_exception(enrolment_id: int) -> Answer:
    enrolment, session = get_or_404(enrolments.coordinated_by(current_user), enrolment_id), db.session()
    form = ExceptionForm().among(completion.of_enrolment(session, enrolment, today=today()))

    def action() -> None:
        completion.give_exception(
            session,
            enrolment,
            current_user,
            rule=form.rule,
            module=form.module_among(enrolment.cohort.programme.modules),
            reason=form.reason.data or "",
            today=today(),
        )

    if refused := attempt(form, action):
        return _page(enrolment, form, refused)
    session.commit()
    return back_to(f"/enrolments/{enrolment_id}/completion", message=gettext("Undtagelsen er givet."))


@bp.post("/completion-exceptions/<int:exception_id>/withdraw")
@roles_allowed("coordinator")
def withdraw_exception(exception_id: int) -> Answer:
    exception = get_or_404(completion.given_by(current_user), exception_id)
    completion.withdraw_exception(db.session(), exception, today=today(), now=now())
    db.session.commit()
    location = f"/enrolments/{exception.enrolment_id}/completion"
    return back_to(location, message=gettext("Undtagelsen er trukket tilbage."))


@bp.post("/enrolments/<int:enrolment_id>/pass-deadline")
@roles_allowed("coordinator")
def pass_deadline(enrolment_id: int) -> Answer:
    enrolment = get_or_404(enrolments.coordinated_by(current_user), enrolment_id)
    completion.pass_deadline(db.session(), enrolment, today=today(), now=now())
    db.session.commit()
    said = gettext("Deltagelsen for %(name)s er afsluttet på fristen.", name=enrolment.user.name)
    return back_to(f"/enrolments/{enrolment_id}/completion", message=said)
