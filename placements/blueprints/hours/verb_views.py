"""What the host and the coordinator say to a week's hours: confirmed, sent back, opened again."""

from __future__ import annotations

from collections.abc import Callable

from flask import render_template
from flask_babel import gettext
from werkzeug.wrappers import Response

from placements.access import current_user, roles_allowed
from placements.blueprints.hours import bp
from placements.blueprints.hours.forms import CommentForm, SeveralForm
from placements.blueprints.hours.page import overview, week_values
from placements.clock import now
from placements.db import db
from placements.domain import hours, hours_totals, placements
from placements.domain.rules import Stale
from placements.models.hours import HoursWeek
from placements.models.placements import Placement
from placements.web import Form, attempt, back_to, fragment_or_redirect, get_or_404

Answer = str | Response | tuple[str, int]


def _week(placement: Placement, key: str) -> HoursWeek:
    monday = hours_totals.monday_in(placement, key)
    return get_or_404(hours.in_week(hours.visible_to(current_user), placement, monday))


def _unless_stale(week: HoursWeek, form: Form, action: Callable[[], None]) -> None:
    """What the state refuses says so first: after two fast clicks the second hears that it is done."""
    current = week.version
    action()
    if form.version_number != current:
        raise Stale


@bp.post("/placements/<int:placement_id>/hours/confirm")
@roles_allowed("coordinator", "host")
def confirm_several(placement_id: int) -> Answer:
    placement = get_or_404(placements.answered_by(current_user), placement_id)
    chosen = SeveralForm().versions
    number = hours.confirm_several(db.session(), placement, chosen, current_user, now=now())
    db.session.commit()
    return fragment_or_redirect(
        "hours/_weeks.html",
        f"/placements/{placement_id}/hours",
        message=gettext("Bekræftede uger: %(number)s.", number=number),
        **overview(placement),
    )


@bp.post("/placements/<int:placement_id>/hours/<week>/confirm")
@roles_allowed("coordinator", "host")
def confirm(placement_id: int, week: str) -> Answer:
    placement = get_or_404(placements.answered_by(current_user), placement_id)
    found = _week(placement, week)
    _unless_stale(found, Form(), lambda: hours.confirm(found, current_user, now=now()))
    db.session.commit()
    return back_to(f"/placements/{placement_id}/hours", message=gettext("Ugen er bekræftet."))


@bp.post("/placements/<int:placement_id>/hours/<week>/return")
@roles_allowed("coordinator", "host")
def send_back(placement_id: int, week: str) -> Answer:
    placement = get_or_404(placements.answered_by(current_user), placement_id)
    message = gettext("Ugen er sendt tilbage, og den studerende får en mail.")
    return _with_comment(placement, _week(placement, week), hours.send_back, message)


@bp.post("/placements/<int:placement_id>/hours/<week>/reopen")
@roles_allowed("coordinator")
def reopen(placement_id: int, week: str) -> Answer:
    placement = get_or_404(placements.coordinated_by(current_user), placement_id)
    message = gettext("Ugen er åbnet igen, og den studerende får en mail.")
    return _with_comment(placement, _week(placement, week), hours.reopen, message)


def _with_comment(placement: Placement, week: HoursWeek, verb: Callable[..., None], message: str) -> Answer:
    form = CommentForm()

    def action() -> None:
        verb(db.session(), week, comment=form.comment.data or "", now=now())

    if refused := attempt(form, lambda: _unless_stale(week, form, action)):
        values = week_values(placement, week.starts_on, week, comment_form=form)
        return render_template("hours/week.html", **values), refused
    db.session.commit()
    return back_to(f"/placements/{placement.id}/hours", message=message)
