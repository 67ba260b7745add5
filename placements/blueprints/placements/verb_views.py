"""The verbs of the state table. Those that end a placement ask for a reason on a page of their own."""

from __future__ import annotations

from collections.abc import Callable

from flask import render_template
from flask_babel import gettext
from werkzeug.wrappers import Response

from placements.access import current_user, roles_allowed
from placements.blueprints.placements import bp
from placements.blueprints.placements.forms import ReasonForm
from placements.blueprints.placements.page import accept_form, values_of
from placements.clock import now, today
from placements.db import db
from placements.domain import placement_answers, placement_ends, placement_reminders, placements
from placements.domain.rules import Stale
from placements.models.placements import Placement
from placements.web import Form, attempt, back_to, fragment_or_redirect, get_or_404, page_or_fragment

FRAGMENT = "placements/_placement.html"
Answer = str | Response | tuple[str, int]


def _unless_stale(placement: Placement, form: Form, action: Callable[[], None]) -> None:
    """A verb that the state refuses says so first: after two fast clicks the second hears that it is done."""
    current = placement.version
    action()
    if form.version_number != current:
        raise Stale


def _carried(placement: Placement, action: Callable[[], None], message: str) -> Answer:
    _unless_stale(placement, Form(), action)
    db.session.commit()
    where = f"/placements/{placement.id}"
    return fragment_or_redirect(FRAGMENT, where, message=message, **values_of(placement))


@bp.post("/placements/<int:placement_id>/propose")
@roles_allowed("coordinator")
def propose(placement_id: int) -> Answer:
    placement = get_or_404(placements.coordinated_by(current_user), placement_id)
    return _carried(
        placement,
        lambda: placements.propose(db.session(), placement, now=now()),
        gettext("Forløbet er foreslået. Praktikværten får en mail."),
    )


@bp.post("/placements/<int:placement_id>/accept")
@roles_allowed("coordinator", "host")
def accept(placement_id: int) -> Answer:
    placement = get_or_404(placements.asked_of(current_user), placement_id)
    form = accept_form(placement)
    if not form.validate():
        values = values_of(placement, accept_form=form)
        return page_or_fragment("placements/show.html", FRAGMENT, 422, **values)
    message = gettext("Der er sagt ja til pladsen. Vælg nu en praktikvejleder.")
    if form.chosen_id or form.chosen_name:
        message = gettext("Der er sagt ja til pladsen, og praktikvejlederen er valgt.")
    named = {"supervisor_id": form.chosen_id, "new_name": form.chosen_name}

    def action() -> None:
        placement_answers.accept(db.session(), placement, **named, today=today(), now=now())  # type: ignore[arg-type]

    return _carried(placement, action, message)


@bp.post("/placements/<int:placement_id>/remind")
@roles_allowed("coordinator")
def remind(placement_id: int) -> Answer:
    placement = get_or_404(placements.coordinated_by(current_user), placement_id)
    reminded = placement_reminders.remind(db.session(), placement, now=now())
    db.session.commit()
    names = ", ".join(user.name for user in reminded)
    said = gettext("Påmindelse sendt til %(names)s.", names=names)
    return fragment_or_redirect(FRAGMENT, f"/placements/{placement.id}", message=said, **values_of(placement))


@bp.post("/placements/<int:placement_id>/start")
@roles_allowed("coordinator")
def start(placement_id: int) -> Answer:
    placement = get_or_404(placements.coordinated_by(current_user), placement_id)
    return _carried(
        placement,
        lambda: placements.start(db.session(), placement, today=today()),
        gettext("Praktikken er i gang."),
    )


@bp.post("/placements/<int:placement_id>/complete")
@roles_allowed("coordinator")
def complete(placement_id: int) -> Answer:
    placement = get_or_404(placements.coordinated_by(current_user), placement_id)
    return _carried(
        placement,
        lambda: placements.complete(db.session(), placement, today=today()),
        gettext("Praktikken er gennemført."),
    )


# With a reason


def _ask(placement: Placement, verb: str, form: ReasonForm, status: int = 200) -> Answer:
    role = placements.speaks_as(placement, current_user).value
    follows = placement_ends.consequences(db.session(), placement, verb, role=role, today=today())
    page = render_template(
        "placements/reason.html", placement=placement, verb=verb, form=form, role=role, follows=follows
    )
    return page, status


def _reason_page(placement: Placement, verb: str) -> Answer:
    placements.refuse_unless_open(placement, verb)
    return _ask(placement, verb, ReasonForm(version=placement.version))


def _ended(placement: Placement, verb: str, act: Callable[[str], None], message: str) -> Answer:
    """Whoever no longer sees the placement is led home."""
    form = ReasonForm()
    if refused := attempt(form, lambda: _unless_stale(placement, form, lambda: act(form.reason.data or ""))):
        return _ask(placement, verb, form, refused)
    db.session.commit()
    seen = placements.is_visible(db.session(), placement, current_user)
    return back_to(f"/placements/{placement.id}" if seen else "/", message=message)


@bp.get("/placements/<int:placement_id>/decline")
@roles_allowed("coordinator", "host")
def ask_why_declined(placement_id: int) -> Answer:
    return _reason_page(get_or_404(placements.answered_by(current_user), placement_id), "decline")


@bp.post("/placements/<int:placement_id>/decline")
@roles_allowed("coordinator", "host")
def decline(placement_id: int) -> Answer:
    placement = get_or_404(placements.asked_of(current_user), placement_id)
    return _ended(
        placement,
        "decline",
        lambda reason: placements.decline(db.session(), placement, reason=reason, now=now()),
        gettext("Svaret er gemt, og koordinatoren har fået besked."),
    )


@bp.get("/placements/<int:placement_id>/cancel")
@roles_allowed("coordinator")
def ask_why_cancelled(placement_id: int) -> Answer:
    return _reason_page(get_or_404(placements.coordinated_by(current_user), placement_id), "cancel")


@bp.post("/placements/<int:placement_id>/cancel")
@roles_allowed("coordinator")
def cancel(placement_id: int) -> Answer:
    placement = get_or_404(placements.coordinated_by(current_user), placement_id)
    return _ended(
        placement,
        "cancel",
        lambda reason: placements.cancel(db.session(), placement, reason=reason, now=now()),
        gettext("Forløbet er aflyst, og pladsen er fri igen."),
    )


@bp.get("/placements/<int:placement_id>/end-early")
@roles_allowed("coordinator")
def ask_why_ended(placement_id: int) -> Answer:
    return _reason_page(get_or_404(placements.coordinated_by(current_user), placement_id), "end_early")


@bp.post("/placements/<int:placement_id>/end-early")
@roles_allowed("coordinator")
def end_early(placement_id: int) -> Answer:
    placement = get_or_404(placements.coordinated_by(current_user), placement_id)
    return _ended(
        placement,
        "end_early",
        lambda reason: placements.end_early(db.session(), placement, reason=reason, today=today(), now=now()),
        gettext("Praktikken er stoppet, og pladsen er fri igen."),
    )
