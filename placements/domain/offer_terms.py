"""What an offer says besides its seats: the period, the week, what the place is like."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time

from placements.domain import offer_tasks, placement_fit
from placements.domain.rules import RuleBroken
from placements.domain.task_shares import Line
from placements.i18n import _
from placements.models.offers import Accessibility, Offer, WayOfWorking

DAYS = range(7)
WeeklyPlan = Mapping[int, tuple[time, time]]
"""Weekday (Monday 0) to from and to."""


@dataclass(frozen=True, slots=True)
class Details:
    """What is said besides seats, period and ways; all of it may be left out."""

    weekly_plan: WeeklyPlan = field(default_factory=dict)
    task_lines: Sequence[Line] = ()
    accessibility: Collection[str] = ()
    languages: Sequence[str] = ()
    good_to_know: str | None = None


def read_plan(kept: Mapping[str, Sequence[str]]) -> dict[int, tuple[time, time]]:
    """The weekly plan as it is kept (`{"0": ["09:00", "15:00"]}`) as times, Monday first."""
    return {
        int(day): (time.fromisoformat(begin), time.fromisoformat(end))
        for day, (begin, end) in sorted(kept.items(), key=lambda item: int(item[0]))
    }


def plan_of(offer: Offer) -> dict[int, tuple[time, time]]:
    return read_plan(offer.weekly_plan)


def minutes_of(plan: WeeklyPlan) -> int:
    """What the days of the plan add up to."""
    return sum((end.hour - begin.hour) * 60 + end.minute - begin.minute for begin, end in plan.values())


def set_terms(
    offer: Offer,
    *,
    seats: int,
    ways: Collection[str],
    starts_on: date | None,
    ends_on: date | None,
    weekly_minutes: int | None,
    plan: WeeklyPlan,
) -> None:
    """Days left out are the cohort's; hours left out those of the weekly plan, or else the programme's."""
    if seats < 1:
        raise RuleBroken(_("Skriv, hvor mange pladser der er. Der skal være mindst én."), field="seats")
    if not ways:
        raise RuleBroken(_("Vælg mindst én ting, den studerende kan være med til."), field="ways")
    cohort = offer.cohort
    first = starts_on or cohort.practicum_starts_on or date.min
    last = ends_on or cohort.practicum_ends_on or date.min
    usual = minutes_of(plan) or cohort.programme.practicum_weekly_minutes or 0
    minutes = usual if weekly_minutes is None else weekly_minutes
    placement_fit.check_period(cohort, first, last)
    placement_fit.check_hours(minutes)
    offer.seats, offer.ways = seats, [way.value for way in WayOfWorking if way.value in ways]
    offer.starts_on, offer.ends_on, offer.weekly_minutes = first, last, minutes


def set_details(offer: Offer, details: Details) -> None:
    _refuse_backwards(details.weekly_plan)
    plan = {
        str(day): [begin.isoformat("minutes"), end.isoformat("minutes")]
        for day, (begin, end) in sorted(details.weekly_plan.items())
    }
    offer.weekly_plan = plan
    offer.accessibility = [kind.value for kind in Accessibility if kind.value in details.accessibility]
    offer.languages = list(details.languages)
    offer.good_to_know = details.good_to_know
    offer_tasks.set_lines(offer, details.task_lines)


def _refuse_backwards(plan: WeeklyPlan) -> None:
    if any(day not in DAYS for day in plan) or any(begin >= end for begin, end in plan.values()):
        raise RuleBroken(_("Hver dag i ugeplanen skal slutte, efter den er begyndt."), field="weekly_plan")
