"""Names and owners over time (D-05): one period after the other without gap or overlap, the last one open."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, TypeVar

from placements.domain.rules import RuleBroken
from placements.i18n import _
from placements.models.hosts import ValidPeriod

BEGINNING = date(1900, 1, 1)
"""The first period of everything begins here, so that every day has a name and an owner."""

P = TypeVar("P", bound=ValidPeriod)


def on(periods: Sequence[P], day: date) -> P:
    """The period that holds that day."""
    return next((period for period in periods if period.holds_on(day)), periods[0])


def is_first(period: ValidPeriod) -> bool:
    return period.valid_from <= BEGINNING


def is_planned(period: ValidPeriod, *, today: date) -> bool:
    return period.valid_from > today


def change_from(periods: list[P], day: date, copy: Callable[[P], P], **values: Any) -> None:
    """From that day on these values hold, and what held before is kept.

    A later period that only repeated the old value follows along; one that had changed it already stands.
    """
    _refuse_before_the_beginning(day)
    old = on(periods, day)
    before = {key: getattr(old, key) for key in values}
    if before == values:
        raise RuleBroken(_("Sådan er det allerede den dag. Skriv det, der er nyt, eller gå tilbage."))
    start = periods.index(_begin(periods, day, copy))
    for key, value in values.items():
        for period in periods[start:]:
            if getattr(period, key) != before[key]:
                break
            setattr(period, key, value)


def correct(period: ValidPeriod, **values: Any) -> None:
    """Mend what was written wrong: nothing has changed in the world, so no new period begins."""
    for key, value in values.items():
        setattr(period, key, value)


def call_off(periods: list[P], period: P, *, today: date) -> None:
    """Take back a change that has not happened yet; the period before it goes on instead."""
    if not is_planned(period, today=today) or is_first(period):
        raise RuleBroken(_("Ændringen er sket og kan ikke aflyses. Skriv i stedet en ny ændring."))
    earlier = periods[periods.index(period) - 1]
    earlier.valid_to = period.valid_to
    periods.remove(period)


def _refuse_before_the_beginning(day: date) -> None:
    if day <= BEGINNING:
        raise RuleBroken(
            _("Den dag ligger for langt tilbage. Se efter, om årstallet er rigtigt."), field="from_day"
        )


def _begin(periods: list[P], day: date, copy: Callable[[P], P]) -> P:
    """Close the period of that day and open its copy; one that begins that very day is itself the answer."""
    old = on(periods, day)
    if old.valid_from == day:
        return old
    new = copy(old)
    new.valid_from, new.valid_to, old.valid_to = day, old.valid_to, day
    periods.insert(periods.index(old) + 1, new)
    return new
