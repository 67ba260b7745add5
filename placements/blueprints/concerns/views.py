"""The concerns of a placement, and one of them. Each look at what one says is written down."""

from __future__ import annotations

from typing import Any

from flask import render_template
from flask_babel import gettext
from werkzeug.wrappers import Response

from placements.access import current_user, roles_allowed
from placements.blueprints.concerns import bp
from placements.blueprints.concerns.forms import CloseForm, ConcernForm, GoalForm, ShareForm
from placements.clock import now, today
from placements.db import db
from placements.domain import concerns, history, looks, placements
from placements.domain.rules import expect_version
from placements.history_words import tell
from placements.models.concerns import Concern, ConcernOutcome
from placements.models.placements import Placement
from placements.web import attempt, back_to, chosen, get_or_404, note_look

Answer = str | Response | tuple[str, int]


def _placement(placement_id: int) -> Placement:
    return get_or_404(placements.visible_to(current_user), placement_id)


def _concern(placement_id: int, concern_id: int) -> Concern:
    of_this = concerns.visible_to(current_user).where(Concern.placement_id == placement_id)
    return get_or_404(of_this, concern_id)


def _handled(placement_id: int, concern_id: int) -> Concern:
    """One that this coordinator may plan, share and close."""
    of_this = concerns.coordinated_by(current_user).where(Concern.placement_id == placement_id)
    return get_or_404(of_this, concern_id)


def _list(placement: Placement, form: ConcernForm, status: int = 200) -> tuple[str, int]:
    found = concerns.of_placement(db.session(), placement, current_user)
    return render_template("concerns/index.html", placement=placement, concerns=found, form=form), status


@bp.get("")
@roles_allowed("coordinator", "host", "student")
def index(placement_id: int) -> Answer:
    return _list(_placement(placement_id), ConcernForm())


@bp.post("")
@roles_allowed("coordinator", "host", "student")
def raise_one(placement_id: int) -> Answer:
    placement, form, session = _placement(placement_id), ConcernForm(), db.session()

    def action() -> None:
        concerns.raise_one(session, placement, current_user, text=form.text.data or "", now=now())

    if refused := attempt(form, action):
        return _list(placement, form, refused)
    session.commit()
    said = gettext("Tak, fordi du siger det. Koordinatoren har fået besked.")
    return back_to(f"/placements/{placement_id}/concerns", message=said)


def _page(concern: Concern, status: int = 200, **forms: Any) -> tuple[str, int]:
    session = db.session()
    handles = concerns.may_handle(concern, current_user)
    coordinates = concern.placement.programme_id in current_user.programme_ids
    values: dict[str, Any] = {
        "goal_form": GoalForm(formdata=None),
        "share_form": ShareForm(formdata=None, obj=concern),
        "close_form": CloseForm(formdata=None, obj=concern),
    }
    page = render_template(
        "concerns/show.html",
        concern=concern,
        placement=concern.placement,
        handles=handles,
        looks=looks.of(session, "concern", concern.id) if coordinates else [],
        entries=tell(session, history.of(session, concern)) if coordinates else [],
        **(values | forms),
    )
    return page, status


@bp.get("/<int:concern_id>")
@roles_allowed("coordinator", "host", "student")
def show(placement_id: int, concern_id: int) -> Answer:
    concern = _concern(placement_id, concern_id)
    note_look("concern", concern.id)
    return _page(concern)


@bp.post("/<int:concern_id>/goals")
@roles_allowed("coordinator")
def plan(placement_id: int, concern_id: int) -> Answer:
    concern, form = _handled(placement_id, concern_id), GoalForm()

    def action() -> None:
        text, due_on = form.text.data or "", chosen(form.due_on)
        concerns.add_goal(concern, text=text, due_on=due_on, today=today())

    if refused := attempt(form, action):
        return _page(concern, refused, goal_form=form)
    db.session.commit()
    return _back(concern, gettext("Målet er skrevet i planen."))


@bp.post("/<int:concern_id>/reach/<int:goal_id>")
@roles_allowed("coordinator")
def reach(placement_id: int, concern_id: int, goal_id: int) -> Answer:
    concern = _handled(placement_id, concern_id)
    concerns.reach(get_or_404(concerns.goals_of(concern), goal_id), today=today())
    db.session.commit()
    return _back(concern, gettext("Målet er nået."))


@bp.post("/<int:concern_id>/share")
@roles_allowed("coordinator")
def share(placement_id: int, concern_id: int) -> Answer:
    concern, form = _handled(placement_id, concern_id), ShareForm()

    def action() -> None:
        expect_version(concern, form.version_number)
        student, host = bool(form.shared_with_student.data), bool(form.shared_with_host.data)
        concerns.share(db.session(), concern, with_student=student, with_host=host, now=now())

    if refused := attempt(form, action, record=concern):
        return _page(concern, refused, share_form=form)
    db.session.commit()
    return _back(concern, gettext("Det er gemt, hvem der må se bekymringen."))


@bp.post("/<int:concern_id>/close")
@roles_allowed("coordinator")
def close(placement_id: int, concern_id: int) -> Answer:
    concern, form = _handled(placement_id, concern_id), CloseForm()

    def action() -> None:
        expect_version(concern, form.version_number)
        outcome = ConcernOutcome(form.outcome.data)
        concerns.close(concern, outcome=outcome, note=form.closing_note.data, now=now())

    if refused := attempt(form, action, record=concern):
        return _page(concern, refused, close_form=form)
    db.session.commit()
    return _back(concern, gettext("Bekymringen er afsluttet."))


def _back(concern: Concern, said: str) -> Response:
    return back_to(f"/placements/{concern.placement_id}/concerns/{concern.id}", message=said)
