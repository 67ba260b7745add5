"""The weeks of a cohort's practicum as a picture: a row for each student, the follow-up days, today."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import Session

from placements.domain import cohorts
from placements.domain.actors import Actor
from placements.domain.amendment_states import IN_FORCE
from placements.domain.placement_states import CALLED_OFF
from placements.i18n import Text, _
from placements.models.agreements import Agreement
from placements.models.amendments import Amendment, AmendmentKind
from placements.models.cohorts import Cohort
from placements.models.follow_up_days import FollowUpDay
from placements.models.placements import Placement, PlacementStatus

KINDS = {
    PlacementStatus.ACTIVE: ("active", _("i praktik")),
    PlacementStatus.COMPLETED: ("done", _("gennemført")),
    PlacementStatus.ENDED_EARLY: ("stopped", _("stoppet før tid")),
}
PLANNED = ("planned", _("planlagt"))
Break = tuple[date, date]
"""First and last day."""


@dataclass(frozen=True, slots=True)
class Week:
    number: int
    starts_on: date
    current: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """Some weeks that look the same; `kind` names the look, `text` says it in words; `day` is marked."""

    span: int
    kind: str
    text: str = ""
    href: str = ""
    short: str = ""
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """`placement_id` is empty in the row of the follow-up days."""

    label: str
    href: str
    summary: str
    cells: list[Cell]
    placement_id: int | None = None


@dataclass(frozen=True, slots=True)
class Timeline:
    months: list[tuple[date, int]]
    weeks: list[Week]
    rows: list[Row]


def _index(day: date, mondays: list[date]) -> int:
    """Which week the day falls in; before the first is -1, after the last the number of weeks."""
    return min((day - mondays[0]).days // 7, len(mondays)) if day >= mondays[0] else -1


def _summary(placement: Placement) -> Text:
    _kind, word = KINDS.get(placement.status, PLANNED)
    return _(
        "%(word)s fra %(start)s til %(end)s", word=word, start=placement.starts_on, end=placement.ends_on
    )


def _bar(placement: Placement, mondays: list[date], href: str, breaks: Sequence[Break] = ()) -> list[Cell]:
    """The weeks of the placement; those whose Friday is in a break are cut out of it."""
    first = max(_index(placement.starts_on, mondays), 0)
    last = min(_index(placement.ends_on, mondays), len(mondays) - 1)
    if last < first:
        return [Cell(len(mondays), "empty")]
    kind, word = KINDS.get(placement.status, PLANNED)
    text = _summary(placement)
    parts = [Cell(first, "empty")]
    for broken, weeks in groupby(mondays[first : last + 1], lambda monday: _break_in(monday, breaks)):
        span = len(list(weeks))
        parts.append(_pause(span, broken, href) if broken else Cell(span, kind, text, href, word))
    parts.append(Cell(len(mondays) - 1 - last, "empty"))
    return [cell for cell in parts if cell.span]


def _break_in(monday: date, breaks: Sequence[Break]) -> Break | None:
    friday = monday + timedelta(days=4)
    return next((found for found in breaks if found[0] <= friday <= found[1]), None)


def _pause(span: int, broken: Break, href: str) -> Cell:
    first, last = broken
    return Cell(span, "break", _("pause fra %(start)s til %(end)s", start=first, end=last), href, _("pause"))


def _day_cells(days: Iterable[FollowUpDay], mondays: list[date]) -> Iterator[Cell]:
    marked = {_index(day.held_on, mondays): day for day in days if day.held_on}
    for number in range(len(mondays)):
        day = marked.get(number)
        if day is None:
            yield Cell(1, "empty")
        else:
            text = _("%(number)s. opfølgningsdag, %(day)s", number=day.number, day=day.held_on)
            yield Cell(1, "follow_up", text, f"/follow-up-days/{day.id}", day=day.held_on)


def _days_summary(days: list[FollowUpDay]) -> Text:
    dated = sum(day.held_on is not None for day in days)
    return _("%(dated)s af %(all)s opfølgningsdage har en dato", dated=dated, all=len(days))


def shown_to(session: Session, cohort: Cohort, actor: Actor, *, today: date) -> Timeline | None:
    """The timeline for staff of the programme; a teacher sees the weeks without the placements' pages."""
    if cohort.programme_id not in actor.programme_ids | actor.teaching_ids:
        return None
    return of_cohort(session, cohort, linked=cohort.programme_id in actor.programme_ids, today=today)


def of_cohort(session: Session, cohort: Cohort, *, linked: bool = True, today: date) -> Timeline | None:
    """The practicum week by week; None when it has none. `linked`: to its pages, and with the breaks."""
    mondays = cohorts.practicum_weeks(cohort)
    if not mondays:
        return None
    days = list(
        session.scalars(
            select(FollowUpDay).where(FollowUpDay.cohort_id == cohort.id).order_by(FollowUpDay.number)
        )
    )
    placed = session.scalars(
        select(Placement)
        .where(Placement.cohort_id == cohort.id, Placement.status.not_in(CALLED_OFF))
        .order_by(Placement.student_name, Placement.id)
    )
    breaks = _breaks(session, cohort) if linked else {}
    rows = [Row(_("Opfølgningsdage"), "", _days_summary(days), list(_day_cells(days, mondays)))]
    for placement in placed:
        href = f"/placements/{placement.id}" if linked else ""
        cells = _bar(placement, mondays, href, breaks.get(placement.id, ()))
        rows.append(Row(placement.student_name, href, _summary(placement), cells, placement.id))
    weeks = [
        Week(monday.isocalendar().week, monday, monday <= today < monday + timedelta(days=7))
        for monday in mondays
    ]
    return Timeline(cohorts.months(mondays), weeks, rows)


def _breaks(session: Session, cohort: Cohort) -> dict[int, list[Break]]:
    """Placement → first and last day of each interruption that everybody has signed; never why."""
    signed = (
        select(Placement.id, Amendment.after)
        .join(Agreement, Agreement.id == Amendment.agreement_id)
        .join(Placement, Placement.id == Agreement.placement_id)
        .where(
            Placement.cohort_id == cohort.id,
            Amendment.kind == AmendmentKind.INTERRUPTION,
            Amendment.status.in_(IN_FORCE),
        )
        .order_by(Amendment.id)
    )
    found: dict[int, list[Break]] = {}
    for placement_id, after in session.execute(signed):
        days = date.fromisoformat(after["paused_from"]), date.fromisoformat(after["paused_to"])
        found.setdefault(placement_id, []).append(days)
    return found
