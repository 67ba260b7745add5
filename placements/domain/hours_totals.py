"""How the hours of a practicum stand: week by week, in all, against what was planned (H-07)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from placements.domain import hours_states, hours_weeks
from placements.domain.placement_states import RUNNING
from placements.i18n import Text, _
from placements.models.follow_up_days import FollowUpDay
from placements.models.hours import HoursWeek
from placements.models.placements import Placement


@dataclass(frozen=True, slots=True)
class WeekLine:
    """One week of the period. `week` is empty while nothing is written that the reader may see."""

    monday: date
    planned: int
    week: HoursWeek | None
    follow_up_days: list[FollowUpDay]
    follow_up_minutes: int
    reached: bool

    @property
    def key(self) -> str:
        return hours_weeks.key_of(self.monday)

    @property
    def number(self) -> int:
        return self.monday.isocalendar().week

    @property
    def written(self) -> int:
        return self.week.minutes if self.week else 0

    @property
    def minutes(self) -> int:
        """With the time at a follow-up day."""
        return self.written + self.follow_up_minutes

    @property
    def waits(self) -> bool:
        return hours_states.is_waiting(self.week)

    @property
    def is_confirmed(self) -> bool:
        return hours_states.is_confirmed(self.week)


@dataclass(frozen=True, slots=True)
class Totals:
    """In minutes. `confirmed` holds the follow-up days too; the share is of what has been written."""

    planned: int
    confirmed: int
    waiting: int
    written: int
    peer: int
    weeks: int
    weeks_confirmed: int

    @property
    def share_met(self) -> bool:
        return hours_weeks.reaches_share(self.peer, self.written)


def monday_in(placement: Placement, key: str) -> date | None:
    """The Monday of a week of the practicum; None for what is not one."""
    monday = hours_weeks.monday_from(key)
    if monday is None or not hours_weeks.days_in(monday, placement.starts_on, placement.ends_on):
        return None
    return monday


def days_of(session: Session, placement: Placement) -> list[FollowUpDay]:
    """The dated follow-up days within the practicum."""
    chosen = (
        select(FollowUpDay)
        .where(
            FollowUpDay.cohort_id == placement.cohort_id,
            FollowUpDay.held_on.between(placement.starts_on, placement.ends_on),
        )
        .order_by(FollowUpDay.held_on)
    )
    return list(session.scalars(chosen))


def by_week(
    session: Session, placement: Placement, weeks: Sequence[HoursWeek], *, today: date
) -> list[WeekLine]:
    """Every week of the period, and any that was written before the period was changed."""
    known = {week.starts_on: week for week in weeks}
    days = days_of(session, placement)
    period = placement.starts_on, placement.ends_on
    return [
        _line(placement, monday, known.get(monday), days, today=today)
        for monday in sorted({*hours_weeks.mondays(*period), *known})
    ]


def _line(
    placement: Placement, monday: date, week: HoursWeek | None, days: list[FollowUpDay], *, today: date
) -> WeekLine:
    """The time of a follow-up day counts when it is reached. Who was there is told elsewhere, to fewer."""
    usual = placement.cohort.programme.follow_up_minutes
    here = [day for day in days if day.held_on and hours_weeks.monday_of(day.held_on) == monday]
    held = [day for day in here if day.held_on and day.held_on <= today]
    there = len(hours_weeks.days_in(monday, placement.starts_on, placement.ends_on))
    return WeekLine(
        monday=monday,
        planned=hours_weeks.planned_minutes(there, placement.weekly_minutes),
        week=week,
        follow_up_days=here,
        follow_up_minutes=sum(hours_weeks.length_of(day, usual) for day in held),
        reached=monday <= today,
    )


def totals(placement: Placement, lines: Sequence[WeekLine]) -> Totals:
    days = (placement.ends_on - placement.starts_on).days + 1
    confirmed = [line for line in lines if line.is_confirmed]
    return Totals(
        planned=hours_weeks.planned_minutes(days, placement.weekly_minutes),
        confirmed=sum(line.written for line in confirmed) + sum(line.follow_up_minutes for line in lines),
        waiting=sum(line.written for line in lines if line.waits),
        written=sum(line.written for line in lines),
        peer=sum(line.week.peer_minutes for line in lines if line.week),
        weeks=len(lines),
        weeks_confirmed=len(confirmed),
    )


def confirmed_weeks(session: Session, placement: Placement) -> int:
    chosen = select(func.count()).where(
        HoursWeek.placement_id == placement.id, HoursWeek.status.in_(hours_states.CONFIRMED)
    )
    return session.scalar(chosen) or 0


def warnings(session: Session, placement: Placement, today: date) -> list[Text]:
    """On the last day and after: weeks that nobody has confirmed. It hinders nothing (docs/decisions)."""
    if placement.status not in RUNNING or today < placement.ends_on:
        return []
    weeks = len(hours_weeks.mondays(placement.starts_on, placement.ends_on))
    confirmed = confirmed_weeks(session, placement)
    if confirmed >= weeks:
        return []
    return [
        _(
            "Timer er bekræftet for %(confirmed)s af %(weeks)s uger. Se på dem, før du afslutter praktikken.",
            confirmed=confirmed,
            weeks=weeks,
        )
    ]
