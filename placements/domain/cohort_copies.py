"""Next year's cohort from last year's (V-13): every date moved by whole weeks, so that weekdays stay.

Nothing of people is copied, and no timetable: that is made anew. A holiday moves nothing; it is shown.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from placements.domain import cohort_plans, public_holidays
from placements.domain import programme_parts as parts
from placements.domain.programme_exports import plan_of
from placements.formatting import COPENHAGEN, local
from placements.i18n import Text, _
from placements.models.cohorts import Cohort, KeyDateKind
from placements.models.follow_up_days import FollowUpDay, FollowUpTopic
from placements.words import word

YEAR = timedelta(weeks=52)
WEEK = timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class MovedDate:
    """`holiday` is what the new day is called where it is a public one."""

    what: Text
    old: date | datetime
    new: date | datetime

    @property
    def holiday(self) -> str | None:
        return public_holidays.name_of(self.new.date() if isinstance(self.new, datetime) else self.new)


# Questions


def usual_start(cohort: Cohort) -> date:
    """The same weekday of the same week, a year later."""
    return cohort.starts_on + YEAR


def keeps_weekday(cohort: Cohort, starts_on: date) -> bool:
    return cohort.starts_on.weekday() == starts_on.weekday()


def usual_name(cohort: Cohort, starts_on: date) -> str:
    old, new = str(cohort.starts_on.year), str(starts_on.year)
    return cohort.name.replace(old, new) if old in cohort.name else f"{cohort.programme.name} {new}"


def usual_slug(session: Session, cohort: Cohort, starts_on: date) -> str:
    old, new = str(cohort.starts_on.year), str(starts_on.year)
    stem = cohort.slug.replace(old, new) if old in cohort.slug else f"{cohort.programme.slug}-{new}"
    return cohort_plans.free_slug(session, stem)


def moved_dates(session: Session, cohort: Cohort, starts_on: date) -> list[MovedDate]:
    """Every date that the new cohort gets, beside the one it comes from."""
    found = [MovedDate(_("Holdet begynder"), cohort.starts_on, starts_on), *_moved_plan(cohort, starts_on)]
    found += [
        MovedDate(_("Opfølgningsdag %(number)s", number=day.number), day.held_on, day.held_on + by)
        for by in [_shift(cohort, starts_on)]
        for day in _follow_up_days(session, cohort)
        if day.held_on
    ]
    return found


def _moved_plan(cohort: Cohort, starts_on: date) -> Iterator[MovedDate]:
    by, plan = _shift(cohort, starts_on), moved_plan(cohort, starts_on)
    for old, new in zip(plan_of(cohort).key_dates, plan.key_dates, strict=True):
        yield MovedDate(word(old.kind), old.starts_at, new.starts_at)
    for what, at in (
        (_("Ønskerne åbner"), cohort.preferences_open_at),
        (_("Ønskerne lukker"), cohort.preferences_close_at),
    ):
        if at:
            yield MovedDate(what, at, _on_the_clock(at, by))
    if cohort.practicum_starts_on and plan.practicum_starts_on:
        yield MovedDate(_("Praktikken begynder"), cohort.practicum_starts_on, plan.practicum_starts_on)
    if cohort.practicum_ends_on and plan.practicum_starts_on:
        yield MovedDate(_("Praktikkens sidste dag"), cohort.practicum_ends_on, cohort.practicum_ends_on + by)


def _shift(cohort: Cohort, starts_on: date) -> timedelta:
    """Whole weeks, the nearest to how far the start moves."""
    return (starts_on - cohort.starts_on + WEEK / 2) // WEEK * WEEK


def _on_the_clock(moment: datetime, by: timedelta) -> datetime:
    """The same time of day in Copenhagen, summer or winter."""
    return (local(moment).replace(tzinfo=None) + by).replace(tzinfo=COPENHAGEN).astimezone(UTC)


def moved_plan(cohort: Cohort, starts_on: date) -> parts.Cohort:
    """The cohort's plan from another day on. What the programme no longer has is left out."""
    by, plan = _shift(cohort, starts_on), plan_of(cohort)
    programme = cohort.programme
    fits = len(plan.theory_weekdays or ()) == (programme.sessions_per_week or len(plan.theory_weekdays or ()))
    first = plan.practicum_starts_on
    return replace(
        plan,
        starts_on=starts_on,
        theory_weekdays=plan.theory_weekdays if fits else (),
        theory_time=plan.theory_time if fits else None,
        practicum_starts_on=first + by if first and programme.practicum_weeks else None,
        key_dates=tuple(_moved(each, by, starts_on - plan.starts_on) for each in plan.key_dates),
    )


def _moved(key_date: parts.KeyDate, by: timedelta, start_by: timedelta) -> parts.KeyDate:
    """The start goes where the cohort goes, whatever weekday that is."""
    here = start_by if key_date.kind is KeyDateKind.START else by
    ends_at = key_date.ends_at and key_date.ends_at + here
    return replace(key_date, starts_at=key_date.starts_at + here, ends_at=ends_at)


def _follow_up_days(session: Session, cohort: Cohort) -> list[FollowUpDay]:
    return list(
        session.scalars(
            select(FollowUpDay)
            .where(FollowUpDay.cohort_id == cohort.id)
            .options(selectinload(FollowUpDay.topics))
            .order_by(FollowUpDay.number)
        )
    )


# Actions


def copy(
    session: Session, cohort: Cohort, *, starts_on: date, slug: str, name: str, seats: int | None
) -> Cohort:
    by = _shift(cohort, starts_on)
    plan = replace(moved_plan(cohort, starts_on), slug=slug, name=name, seats=seats)
    new = cohort_plans.create(session, cohort.programme, plan)
    if new.practicum_starts_on and cohort.practicum_ends_on:
        new.practicum_ends_on = cohort.practicum_ends_on + by
    for column in ("preferences_open_at", "preferences_close_at"):
        at = getattr(cohort, column)
        setattr(new, column, at and _on_the_clock(at, by))
    session.add_all(_copied(day, new, by) for day in _follow_up_days(session, cohort))
    return new


def _copied(day: FollowUpDay, cohort: Cohort, by: timedelta) -> FollowUpDay:
    """The plan of the day, with what it relates to the modules; nobody's attendance."""
    return FollowUpDay(
        cohort=cohort,
        number=day.number,
        held_on=day.held_on and day.held_on + by,
        starts_at=day.starts_at,
        ends_at=day.ends_at,
        place=day.place,
        topics=[FollowUpTopic(module_id=topic.module_id, text=topic.text) for topic in day.topics],
    )
