"""The groups of a cohort: made, divided in one click, and members moved between them."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response

from placements.access import current_user, roles_allowed
from placements.blueprints.study_groups import bp
from placements.blueprints.study_groups.forms import DivideForm, MoveForm, StudyGroupForm
from placements.db import db
from placements.domain import cohorts, enrolments, study_groups
from placements.models.cohorts import Cohort
from placements.models.enrolments import Enrolment
from placements.models.teaching import StudyGroup
from placements.web import attempt, fragment_or_redirect, get_or_404, page_or_fragment

Answer = str | Response | tuple[str, int]


def _load(slug: str) -> Cohort:
    return get_or_404(cohorts.coordinated_by(current_user), slug=slug)


def _values(cohort: Cohort) -> dict[str, Any]:
    session = db.session()
    return {
        "cohort": cohort,
        "groups": study_groups.of_cohort(session, cohort),
        "without": study_groups.without_group(session, cohort),
        "form": StudyGroupForm(formdata=None),
        "divide": DivideForm(formdata=None),
    }


def _page(cohort: Cohort, status: int = 200, **forms: Any) -> Answer:
    values = _values(cohort) | forms
    return page_or_fragment("study_groups/index.html", "study_groups/_groups.html", status, **values)


def _answer(cohort: Cohort, message: str, focus: str = "") -> Response:
    values = _values(cohort) | {"focus": focus}
    address = f"/cohorts/{cohort.slug}/study-groups"
    return fragment_or_redirect("study_groups/_groups.html", address, message=message, **values)


@bp.get("/cohorts/<slug>/study-groups")
@roles_allowed("coordinator")
def index(slug: str) -> Answer:
    return _page(_load(slug))


@bp.post("/cohorts/<slug>/study-groups")
@roles_allowed("coordinator")
def create(slug: str) -> Answer:
    cohort, form = _load(slug), StudyGroupForm()

    def action() -> None:
        study_groups.create(db.session(), cohort, name=form.name.data or "")

    if refused := attempt(form, action):
        return _page(cohort, refused, form=form)
    db.session.commit()
    return _answer(cohort, gettext("%(group)s er lavet.", group=form.name.data))


@bp.post("/cohorts/<slug>/study-groups/divide")
@roles_allowed("coordinator")
def divide(slug: str) -> Answer:
    cohort, form, made = _load(slug), DivideForm(), list[StudyGroup]()

    def action() -> None:
        made.extend(study_groups.divide(db.session(), cohort, size=form.size.data or 0))

    if refused := attempt(form, action):
        return _page(cohort, refused, divide=form)
    db.session.commit()
    message = ngettext("Der er lavet én gruppe.", "Der er lavet %(num)s grupper.", len(made))
    return _answer(cohort, message)


@bp.post("/cohorts/<slug>/study-groups/move")
@roles_allowed("coordinator")
def move(slug: str) -> Answer:
    cohort, session = _load(slug), db.session()
    form = MoveForm().among(study_groups.of_cohort(session, cohort))
    person: Enrolment = get_or_404(enrolments.coordinated_by(current_user), form.enrolment_id.data or 0)

    def action() -> None:
        group = session.get(StudyGroup, form.group_id.data) if form.group_id.data else None
        study_groups.move(session, person, group)

    if refused := attempt(form, action):
        return _page(cohort, refused, moving=form)
    db.session.commit()
    message = gettext("%(name)s er flyttet.", name=person.user.name)
    return _answer(cohort, message, focus=f"move-{person.id}")


@bp.post("/cohorts/<slug>/study-groups/<int:group_id>/remove")
@roles_allowed("coordinator")
def remove(slug: str, group_id: int) -> Answer:
    cohort = _load(slug)
    group: StudyGroup = get_or_404(study_groups.coordinated_by(current_user), group_id)
    study_groups.remove(db.session(), group)
    db.session.commit()
    return _answer(cohort, gettext("Gruppen er fjernet."))
