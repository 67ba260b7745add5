"""Hours that somebody is to write, confirm or ask about, on the homes and on the placement's page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from placements.domain import hours, hours_states, hours_weeks, placements
from placements.domain.actors import Actor
from placements.domain.hours_weeks import WEEK
from placements.domain.placement_states import RUNNING
from placements.domain.tasks import PlacementLink, Task, TaskGroup, at_unit, group
from placements.formatting import COPENHAGEN
from placements.i18n import Text, _
from placements.models.hours import HoursStatus, HoursWeek
from placements.models.placements import Placement

FRIDAY = timedelta(days=4)
PATIENCE = timedelta(days=7)


def _page(placement_id: int, monday: date | None = None) -> str:
    here = f"/placements/{placement_id}/hours"
    return f"{here}/{hours_weeks.key_of(monday)}" if monday else here


def _numbers(mondays: Iterable[date]) -> str:
    return ", ".join(str(monday.isocalendar().week) for monday in sorted(mondays))


# The student


def of_student(session: Session, actor: Actor, today: date) -> list[Task]:
    """Weeks sent back, and the first of those that are not written and sent by their Friday."""
    own = session.scalars(hours.written_by(actor).where(Placement.status.in_(RUNNING))).all()
    known = _states_of(session, [placement.id for placement in own])
    return [task for placement in own for task in _to_write(placement, known[placement.id], today)]


def _states_of(session: Session, placement_ids: list[int]) -> dict[int, dict[date, HoursStatus]]:
    found: dict[int, dict[date, HoursStatus]] = {placement_id: {} for placement_id in placement_ids}
    chosen = select(HoursWeek.placement_id, HoursWeek.starts_on, HoursWeek.status)
    for placement_id, monday, status in session.execute(chosen.where(HoursWeek.placement_id.in_(found))):
        found[placement_id][monday] = status
    return found


def _to_write(placement: Placement, known: dict[date, HoursStatus], today: date) -> list[Task]:
    returned = sorted(monday for monday, status in known.items() if status in hours_states.RETURNED)
    tasks = [
        Task(
            _("Ret timerne for uge %(week)s", week=monday.isocalendar().week),
            _page(placement.id, monday),
            _("Ugen er sendt tilbage til dig"),
        )
        for monday in returned
    ]
    missing = [
        monday
        for monday in hours_weeks.mondays(placement.starts_on, placement.ends_on)
        if monday + FRIDAY <= today and known.get(monday) in {None, *hours_states.UNSENT}
    ]
    if missing:
        first, *rest = missing
        text = _("Skriv timer for uge %(week)s", week=first.isocalendar().week)
        note = _("Uge %(weeks)s mangler også", weeks=_numbers(rest)) if rest else ""
        tasks.append(Task(text, _page(placement.id, first), note))
    return tasks


# The host


def of_host(session: Session, actor: Actor, today: date) -> list[Task]:
    """One line for each student whose weeks wait."""
    chosen = (
        select(Placement.id, Placement.student_name, HoursWeek.starts_on)
        .join(HoursWeek, HoursWeek.placement_id == Placement.id)
        .where(
            Placement.id.in_(placements.visible_ids(actor)),
            Placement.unit_id.in_(actor.unit_ids),
            HoursWeek.status.in_(hours_states.WAITING),
        )
        .order_by(Placement.student_name, Placement.id)
    )
    waiting: dict[tuple[int, str], list[date]] = defaultdict(list)
    for placement_id, name, monday in session.execute(chosen):
        waiting[placement_id, name].append(monday)
    return [
        Task(
            _("Bekræft timer for %(name)s", name=name),
            _page(placement_id),
            _("Uge %(weeks)s", weeks=_numbers(mondays)),
        )
        for (placement_id, name), mondays in waiting.items()
    ]


# The coordinator


def unconfirmed(session: Session, actor: Actor, *, today: date) -> TaskGroup:
    """Weeks that a host has had for more than seven days."""
    longest_ago = datetime.combine(today - PATIENCE, time.min, COPENHAGEN)
    waiting = (
        select(HoursWeek.placement_id, func.count().label("weeks"))
        .where(HoursWeek.status.in_(hours_states.WAITING), HoursWeek.submitted_at < longest_ago)
        .group_by(HoursWeek.placement_id)
        .subquery()
    )
    chosen = (
        placements.coordinated_by(actor)
        .join(waiting, waiting.c.placement_id == Placement.id)
        .order_by(Placement.student_name, Placement.id)
    )
    tasks = [
        Task(_("%(name)s hos %(unit)s", name=placement.student_name, unit=unit), _page(placement.id))
        for placement, unit in at_unit(session, chosen, today=today)
    ]
    return group(
        "hours-unconfirmed",
        _("Timer, der har ventet en uge på praktikværten"),
        _("Ingen timer har ventet længe på at blive bekræftet."),
        tasks,
    )


def unwritten(session: Session, actor: Actor, *, today: date) -> TaskGroup:
    """Running for two whole weeks or more, and the student has sent nothing for the last two."""
    since = hours_weeks.monday_of(today) - 2 * WEEK
    sent = select(HoursWeek.placement_id).where(
        HoursWeek.starts_on >= since, HoursWeek.status.not_in(hours_states.UNSENT)
    )
    chosen = (
        placements.coordinated_by(actor)
        .where(
            Placement.status.in_(RUNNING),
            Placement.starts_on < since + WEEK,
            Placement.ends_on >= since + WEEK,
            Placement.id.not_in(sent),
        )
        .order_by(Placement.student_name, Placement.id)
    )
    tasks = [
        Task(_("%(name)s hos %(unit)s", name=placement.student_name, unit=unit), _page(placement.id))
        for placement, unit in at_unit(session, chosen, today=today)
    ]
    return group(
        "hours-unwritten",
        _("Ingen timer skrevet i to uger"),
        _("Alle studerende i praktik har skrevet timer."),
        tasks,
    )


# The placement's page


def link(session: Session, placement: Placement, actor: Actor) -> PlacementLink | None:
    if not hours.is_begun(placement):
        return None
    return PlacementLink(_("Timer"), _page(placement.id), _note(session, placement))


def _note(session: Session, placement: Placement) -> Text:
    chosen = (
        select(HoursWeek.status, func.count())
        .where(HoursWeek.placement_id == placement.id)
        .group_by(HoursWeek.status)
    )
    counted: dict[HoursStatus, int] = dict(session.execute(chosen).all())
    confirmed = sum(counted.get(status, 0) for status in hours_states.CONFIRMED)
    waiting = sum(counted.get(status, 0) for status in hours_states.WAITING)
    weeks = len(hours_weeks.mondays(placement.starts_on, placement.ends_on))
    if waiting:
        return _(
            "%(confirmed)s af %(weeks)s uger bekræftet, %(waiting)s venter",
            confirmed=confirmed,
            weeks=weeks,
            waiting=waiting,
        )
    return _("%(confirmed)s af %(weeks)s uger bekræftet", confirmed=confirmed, weeks=weeks)
