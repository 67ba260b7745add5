"""One person's way in, and the pages where its parts are written."""

from __future__ import annotations

from flask import render_template, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from placements.access import current_user, roles_allowed
from placements.blueprints.admissions import bp
from placements.blueprints.admissions.forms import ExceptionForm, TasksForm, WorkplaceForm, workplace_form
from placements.clock import now, today
from placements.db import db
from placements.domain import admissions, enrolments, history, host_directory, hosts, pairs, working_time
from placements.domain.rules import expect_version
from placements.domain.task_shares import peer_share
from placements.history_words import tell
from placements.models.admissions import Admission
from placements.models.enrolments import Enrolment
from placements.web import attempt, back_to, get_or_404

Answer = str | Response | tuple[str, int]


def _coordinated(enrolment_id: int) -> Enrolment:
    return get_or_404(enrolments.coordinated_by(current_user), enrolment_id)


def _address(enrolment: Enrolment) -> str:
    return f"/enrolments/{enrolment.id}/admission"


@bp.get("/enrolments/<int:enrolment_id>/admission")
@roles_allowed("coordinator")
def show(enrolment_id: int) -> Answer:
    return _page(_coordinated(enrolment_id))


def _page(enrolment: Enrolment, form: ExceptionForm | None = None) -> str:
    session = db.session()
    admission = admissions.of_enrolment(session, enrolment)
    return render_template(
        "admissions/show.html",
        enrolment=enrolment,
        admission=admission,
        applies=admissions.applies(enrolment),
        is_peer=enrolments.works_as_peer(enrolment),
        checks=admissions.checks(session, enrolment),
        share=peer_share(admission.tasks) if admission else None,
        exception=admissions.exception_to(admission),
        lacks_exception=admissions.lacks_exception(admission),
        form=form or ExceptionForm(formdata=None),
        pairs=pairs.of_enrolment(session, enrolment),
        time=working_time.of_enrolment(session, enrolment, today=today()),
        entries=tell(session, history.of(session, enrolment)),
    )


@bp.post("/enrolments/<int:enrolment_id>/admission")
@roles_allowed("coordinator")
def admit(enrolment_id: int) -> Answer:
    enrolment = _coordinated(enrolment_id)
    admissions.admit(db.session(), enrolment, today=today())
    db.session.commit()
    return back_to(_address(enrolment), message=gettext("%(name)s er optaget.", name=enrolment.user.name))


@bp.post("/enrolments/<int:enrolment_id>/admission/exception")
@roles_allowed("coordinator")
def grant_exception(enrolment_id: int) -> Answer:
    enrolment, form, session = _coordinated(enrolment_id), ExceptionForm(), db.session()

    def action() -> None:
        admissions.grant_exception(session, enrolment, current_user, reason=form.reason.data or "", now=now())

    if refused := attempt(form, action):
        return _page(enrolment, form), refused
    session.commit()
    return back_to(_address(enrolment), message=gettext("Undtagelsen er gemt."))


# Tasks with shares


def _tasks_form(admission: Admission | None) -> TasksForm:
    return TasksForm(obj=admission, task_lines=admission.tasks if admission else ())


def _tasks_page(enrolment: Enrolment, form: TasksForm, admission: Admission | None) -> str:
    version = form.version.data or (admission.version if admission else 0)
    return render_template("admissions/tasks.html", enrolment=enrolment, form=form, version=version)


@bp.get("/enrolments/<int:enrolment_id>/admission/tasks")
@roles_allowed("coordinator")
def edit_tasks(enrolment_id: int) -> Answer:
    enrolment = _coordinated(enrolment_id)
    admission = admissions.of_enrolment(db.session(), enrolment)
    return _tasks_page(enrolment, _tasks_form(admission), admission)


@bp.post("/enrolments/<int:enrolment_id>/admission/tasks")
@roles_allowed("coordinator")
def save_tasks(enrolment_id: int) -> Answer:
    enrolment, session = _coordinated(enrolment_id), db.session()
    admission = admissions.of_enrolment(session, enrolment)
    form = _tasks_form(admission)
    if "more" in request.form:
        form.task_lines.with_more()
        return _tasks_page(enrolment, form, admission)

    def action() -> None:
        admissions.set_tasks(session, enrolment, form.task_lines.data, version=form.version_number)

    if refused := attempt(form, action, record=admission):
        return _tasks_page(enrolment, form, admission), refused
    session.commit()
    return back_to(_address(enrolment), message=gettext("Opgaverne er gemt."))


# The workplace


def _workplace_form(enrolment: Enrolment) -> WorkplaceForm:
    units = host_directory.names(db.session(), current_user, day=today(), with_paused=True)
    return workplace_form(units, enrolment)


@bp.get("/enrolments/<int:enrolment_id>/workplace")
@roles_allowed("coordinator")
def edit_workplace(enrolment_id: int) -> Answer:
    enrolment = _coordinated(enrolment_id)
    form = _workplace_form(enrolment)
    return render_template("admissions/workplace.html", enrolment=enrolment, form=form)


@bp.post("/enrolments/<int:enrolment_id>/workplace")
@roles_allowed("coordinator")
def save_workplace(enrolment_id: int) -> Answer:
    enrolment = _coordinated(enrolment_id)
    form = _workplace_form(enrolment)

    def action() -> None:
        expect_version(enrolment, form.version_number)
        unit_id = form.chosen_id
        unit = get_or_404(hosts.visible_units(current_user), unit_id) if unit_id else None
        enrolments.set_workplace(enrolment, unit)

    if refused := attempt(form, action, record=enrolment):
        return render_template("admissions/workplace.html", enrolment=enrolment, form=form), refused
    db.session.commit()
    return back_to(_address(enrolment), message=gettext("Arbejdsstedet er gemt."))
