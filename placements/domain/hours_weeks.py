"""Weeks of a practicum as the calendar counts them (ISO), and what its hours are measured against."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from placements.models.follow_up_days import FollowUpDay
from placements.models.hours import Activity

WEEK = timedelta(days=7)
KEY = re.compile(r"(\d{4})-W(\d\d)")
WORKDAYS = range(5)
PEER = frozenset(Activity) - {Activity.OTHER}
"""Typical peer tasks: the three ways of working (H-06)."""


@dataclass(frozen=True, slots=True)
class Line:
    """Time on one day at one kind of task."""

    day: date
    activity: Activity
    minutes: int


# Weeks


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def key_of(monday: date) -> str:
    """2025-W05, as it stands in an address; the year is the week's own, not always the day's."""
    year, week, _weekday = monday.isocalendar()
    return f"{year}-W{week:02d}"


def monday_from(key: str) -> date | None:
    """The Monday of "2025-W05"; None for what is no week, such as the 53rd of a year with 52."""
    found = KEY.fullmatch(key)
    if found is None:
        return None
    year, week = int(found[1]), int(found[2])
    if not (1 <= year < date.max.year and 1 <= week <= weeks_in(year)):
        return None
    return date.fromisocalendar(year, week, 1)


def weeks_in(year: int) -> int:
    """52 or 53: 28 December is always in the last week."""
    return date(year, 12, 28).isocalendar().week


def mondays(starts_on: date, ends_on: date) -> list[date]:
    """Of every week that has a day in the period."""
    first = monday_of(starts_on)
    return [first + number * WEEK for number in range((ends_on - first).days // 7 + 1)]


def days_in(monday: date, starts_on: date, ends_on: date) -> list[date]:
    """The days of the week that are in the period."""
    days = (monday + timedelta(days=number) for number in range(7))
    return [day for day in days if starts_on <= day <= ends_on]


def planned_minutes(days: int, weekly_minutes: int) -> int:
    """What so many days of practicum should hold: thirteen weeks of six hours are 78 hours."""
    return round(days * weekly_minutes / 7)


# The share of peer tasks


def reaches_share(peer_minutes: int, minutes: int) -> bool:
    """At least two thirds are typical peer tasks (H-07), in whole minutes without rounding."""
    return 3 * peer_minutes >= 2 * minutes


def sums(lines: Iterable[Line]) -> tuple[int, int]:
    """Minutes in all, and of those at peer tasks."""
    kept = list(lines)
    return sum(line.minutes for line in kept), sum(line.minutes for line in kept if line.activity in PEER)


def merged(lines: Iterable[Line]) -> list[Line]:
    """One line for each day and kind of task, in order."""
    found: dict[tuple[date, Activity], int] = {}
    for line in lines:
        found[line.day, line.activity] = found.get((line.day, line.activity), 0) + line.minutes
    order = list(Activity)
    kept = sorted(found.items(), key=lambda item: (item[0][0], order.index(item[0][1])))
    return [Line(day, activity, minutes) for (day, activity), minutes in kept]


# Time that is given


def minutes_between(start: time, end: time) -> int:
    begun, ended = (datetime.combine(date.min, moment) for moment in (start, end))
    return max(int((ended - begun).total_seconds()) // 60, 0)


def length_of(day: FollowUpDay, usual_minutes: int | None) -> int:
    """A follow-up day counts with its own hours, or with what the programme says."""
    if day.starts_at and day.ends_at:
        return minutes_between(day.starts_at, day.ends_at)
    return usual_minutes or 0


def suggested(
    plan: Mapping[str, Any], days: Iterable[date], away: Iterable[date], activity: Activity
) -> list[Line]:
    """A line for each day of the weekly plan; without a plan for each workday, with no time yet."""
    taken = set(away)
    found = []
    for day in days:
        span = plan.get(str(day.weekday()))
        if day in taken or (not span and (plan or day.weekday() not in WORKDAYS)):
            continue
        minutes = minutes_between(*(time.fromisoformat(moment) for moment in span)) if span else 0
        found.append(Line(day, activity, minutes))
    return found
