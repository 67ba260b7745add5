"""The plan of one course: signing up for a run of a module, and off again (H-17)."""

from __future__ import annotations

from flask_babel import gettext
from werkzeug.wrappers import Response

from placements.access import current_user, roles_allowed
from placements.blueprints.plans import bp
from placements.clock import moment, today
from placements.db import db
from placements.domain import module_runs, own_enrolments, plans, run_sign_ups
from placements.models.enrolments import Enrolment
from placements.models.teaching import ModuleRun
from placements.web import fragment_or_redirect, get_or_404, page_or_fragment

Answer = str | Response | tuple[str, int]


def _load(enrolment_id: int) -> Enrolment:
    return get_or_404(own_enrolments.of(current_user), enrolment_id)


@bp.get("/my/plan/<int:enrolment_id>")
@roles_allowed("student")
def show(enrolment_id: int) -> Answer:
    plan = plans.plan_of(db.session(), _load(enrolment_id), today=today())
    return page_or_fragment("plans/show.html", "plans/_plan.html", plan=plan)


@bp.post("/my/plan/<int:enrolment_id>/runs/<int:run_id>/sign-up")
@roles_allowed("student")
def sign_up(enrolment_id: int, run_id: int) -> Answer:
    enrolment = _load(enrolment_id)
    run: ModuleRun = get_or_404(module_runs.visible_to(current_user), run_id)
    run_sign_ups.sign_up(db.session(), enrolment, run, today=today(), now=moment())
    db.session.commit()
    return _answer(enrolment, run_id, gettext("Du er tilmeldt %(module)s.", module=run.module.title))


@bp.post("/my/plan/<int:enrolment_id>/runs/<int:run_id>/sign-off")
@roles_allowed("student")
def sign_off(enrolment_id: int, run_id: int) -> Answer:
    enrolment = _load(enrolment_id)
    run: ModuleRun = get_or_404(module_runs.visible_to(current_user), run_id)
    run_sign_ups.sign_off(db.session(), enrolment, run, today=today())
    db.session.commit()
    return _answer(enrolment, run_id, gettext("Du er meldt fra %(module)s.", module=run.module.title))


def _answer(enrolment: Enrolment, run_id: int, message: str) -> Response:
    return fragment_or_redirect(
        "plans/_plan.html",
        f"/my/plan/{enrolment.id}#run-{run_id}",
        message=message,
        plan=plans.plan_of(db.session(), enrolment, today=today()),
        focus=run_id,
    )
