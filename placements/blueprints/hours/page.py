"""What the pages about hours hold, for each of those who may see them."""

from __future__ import annotations

from datetime import date
from typing import Any

from placements.access import current_user
from placements.blueprints.hours.forms import CommentForm, Stored, WeekForm, week_form
from placements.clock import today
from placements.db import db
from placements.domain import hours, hours_states, hours_totals, placements
from placements.models.hours import HoursWeek
from placements.models.placements import Placement
from placements.models.users import Role


def _role(placement: Placement) -> Role:
    return placements.speaks_as(placement, current_user)


def overview(placement: Placement) -> dict[str, Any]:
    """The weeks of the period, and what they come to."""
    session, role = db.session(), _role(placement)
    weeks = hours.of_placement(session, placement, current_user)
    lines = hours_totals.by_week(session, placement, weeks, today=today())
    return {
        "placement": placement,
        "role": role.value,
        "begun": hours.is_begun(placement),
        "lines": lines,
        "totals": hours_totals.totals(placement, lines),
        "to_confirm": [] if role is Role.STUDENT else [line for line in lines if line.waits],
        "writes": hours.is_own(placement, current_user),
    }


def form_of(placement: Placement, monday: date, **options: Any) -> WeekForm:
    """The week as the student writes it, filled from what is kept or from the weekly plan."""
    session = db.session()
    away = [day.held_on for day in hours_totals.days_of(session, placement) if day.held_on]

    def stored() -> Stored:
        week = session.scalar(hours.in_week(hours.visible_to(current_user), placement, monday))
        lines = hours.lines_to_write(placement, monday, week, away, today=today())
        return (week.version, lines, week.note) if week else (0, lines, None)

    return week_form(hours.days_to_write(placement, monday, today=today()), stored, **options)


def week_values(placement: Placement, monday: date, week: HoursWeek | None, **forms: Any) -> dict[str, Any]:
    """One week: to its writer as a form while it may be changed, to the others as it was sent."""
    session, role = db.session(), _role(placement)
    [line] = [
        line
        for line in hours_totals.by_week(session, placement, [week] if week else [], today=today())
        if line.monday == monday
    ]
    own = hours.is_own(placement, current_user)
    writes = own and line.reached and hours.is_begun(placement) and hours_states.is_writable(week)
    answers = role is not Role.STUDENT
    values: dict[str, Any] = {
        "placement": placement,
        "role": role.value,
        "line": line,
        "week": week,
        "own": own,
        "begun": hours.is_begun(placement),
        "returned": hours_states.is_returned(week),
        "may_confirm": answers and hours_states.is_waiting(week),
        "may_reopen": role is Role.COORDINATOR and hours_states.is_confirmed(week),
        "form": form_of(placement, monday, formdata=None) if writes and "form" not in forms else None,
        "comment_form": CommentForm(formdata=None) if answers and "comment_form" not in forms else None,
    }
    return values | forms
