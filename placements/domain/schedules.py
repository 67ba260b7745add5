"""The generator: which sessions a module, or all of a cohort's modules, are taught in (V-05, H-13, H-14).

Only values: nothing here asks a database, and the same question always gets the same answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta

from placements.domain import public_holidays
from placements.domain.rules import RuleBroken
from placements.i18n import _

LONGEST = timedelta(days=3 * 366)
"""Where a timetable has not ended by then, something is written wrong."""
MIDNIGHT = 24 * 60


@dataclass(frozen=True, slots=True)
class Rhythm:
    """When there is teaching: from a day, on weekdays (Monday is 0), at a time, so many minutes.

    Never in `skip_weeks` (ISO numbers), on a public holiday, or on one of the `taken` days.
    """

    starts_on: date
    weekdays: frozenset[int]
    starts_at: time
    minutes: int
    skip_weeks: frozenset[int] = frozenset()
    taken: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True)
class Part:
    """What is to be taught of a module: introduction `days` and `extra` minutes by audience."""

    module_id: int
    minutes: int
    days: Mapping[str, int] = field(default_factory=dict)
    extra: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Planned:
    """One session to be: its end is on the same day. `audiences` is empty when it is for everybody."""

    module_id: int
    held_on: date
    starts_at: time
    ends_at: time
    audiences: tuple[str, ...] = ()
    extra_minutes: Mapping[str, int] = field(default_factory=dict)


def teaching_days(rhythm: Rhythm) -> Iterator[date]:
    """The days in order, for three years."""
    for number in range(LONGEST.days):
        day = rhythm.starts_on + timedelta(days=number)
        if (
            day.weekday() in rhythm.weekdays
            and day.isocalendar().week not in rhythm.skip_weeks
            and day not in rhythm.taken
            and public_holidays.name_of(day) is None
        ):
            yield day


def lay(parts: Iterable[Part], rhythm: Rhythm) -> list[Planned]:
    """The sessions of the modules, one module after the other.

    Where a module ends in the middle of a day, the next one begins at that minute: the day is then two
    sessions, one after the other. Not after what is longer for some than for others: introduction days and
    extra hours have the day to themselves.
    """
    _refuse_no_rhythm(rhythm)
    calendar = _Calendar(rhythm)
    planned: list[Planned] = []
    for part in parts:
        planned += _introduction(part, calendar) if part.days else _module(part, calendar)
    return planned


def _refuse_no_rhythm(rhythm: Rhythm) -> None:
    if not rhythm.weekdays:
        raise RuleBroken(_("Vælg, hvilke ugedage der er undervisning."), field="weekdays")
    if not 0 < rhythm.minutes < MIDNIGHT - _minute(rhythm.starts_at):
        raise RuleBroken(
            _("Undervisningen skal slutte samme dag, som den begynder. Ret tiden eller timerne."),
            field="minutes",
        )


class _Calendar:
    """The teaching days, used up from the first minute on."""

    def __init__(self, rhythm: Rhythm) -> None:
        self.rhythm = rhythm
        self.days = teaching_days(rhythm)
        self.day = rhythm.starts_on
        self.left = 0

    def open(self) -> None:
        """A fresh day."""
        day = next(self.days, None)
        if day is None:
            raise RuleBroken(
                _("Der er ikke dage nok til undervisningen. Se efter ugedage, og hvilke uger der er fri."),
                field="weekdays",
            )
        self.day, self.left = day, self.rhythm.minutes

    def close(self) -> None:
        self.left = 0

    def take(self, wanted: int) -> tuple[date, int, int]:
        """The day, the minute it begins at, and how many of the wanted minutes fit into it."""
        if not self.left:
            self.open()
        begins = _minute(self.rhythm.starts_at) + self.rhythm.minutes - self.left
        given = min(wanted, self.left)
        self.left -= given
        return self.day, begins, given


def _module(part: Part, calendar: _Calendar) -> list[Planned]:
    if part.extra:
        calendar.close()
    taken: list[tuple[date, int, int]] = []
    left = part.minutes
    while left > 0:
        taken.append(calendar.take(left))
        left -= taken[-1][2]
    if part.extra:
        calendar.close()
    extras = {audience: even(minutes, len(taken)) for audience, minutes in part.extra.items() if taken}
    return [
        _planned(part, *when, extra={audience: minutes[number] for audience, minutes in extras.items()})
        for number, when in enumerate(taken)
    ]


def _introduction(part: Part, calendar: _Calendar) -> list[Planned]:
    """Its minutes evenly over the days; the last days are for those alone who have so many (H-13)."""
    if part.minutes < max(part.days.values()):
        raise RuleBroken(_("Introduktionen har flere dage, end der er minutter til."))
    extras = {audience: even(part.extra.get(audience, 0), days) for audience, days in part.days.items()}
    planned = []
    for number, minutes in enumerate(even(part.minutes, max(part.days.values()))):
        calendar.open()
        calendar.close()
        there = tuple(audience for audience, days in part.days.items() if number < days)
        extra = {audience: extras[audience][number] for audience in there}
        only = there if len(there) < len(part.days) else ()
        begins = _minute(calendar.rhythm.starts_at)
        planned.append(_planned(part, calendar.day, begins, minutes, only=only, extra=extra))
    return planned


def even(minutes: int, times: int) -> list[int]:
    """So many shares that together are the minutes; the first ones are a minute longer where need be."""
    share, rest = divmod(minutes, times)
    return [share + (number < rest) for number in range(times)]


def _planned(
    part: Part,
    day: date,
    begins: int,
    minutes: int,
    *,
    only: tuple[str, ...] = (),
    extra: Mapping[str, int],
) -> Planned:
    longer = {audience: more for audience, more in extra.items() if more}
    if begins + minutes + max(longer.values(), default=0) >= MIDNIGHT:
        raise RuleBroken(
            _("Undervisningen skal slutte samme dag, som den begynder. Ret tiden eller timerne."),
            field="minutes",
        )
    return Planned(part.module_id, day, _clock(begins), _clock(begins + minutes), only, longer)


def _minute(at: time) -> int:
    return at.hour * 60 + at.minute


def _clock(minute: int) -> time:
    return time(minute // 60, minute % 60)


def minutes_of(planned: Sequence[Planned]) -> int:
    """Without what comes on top for some."""
    return sum(_minute(one.ends_at) - _minute(one.starts_at) for one in planned)
