"""What a unit and its owner were and will be called, as spans of days to read from top to bottom (D-05)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from placements.domain import periods
from placements.models.hosts import Organisation, OrganisationName, Unit, UnitPeriod

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Span:
    """`first` is empty when it has always been so, `last` when no end is known.

    `period_id` names the change that begins this span; a change of the owner's own name has none here.
    """

    name: str
    owner: str
    first: date | None
    last: date | None
    period_id: int | None

    def is_planned(self, today: date) -> bool:
        return self.first is not None and self.first > today


def of_unit(unit: Unit) -> list[Span]:
    """The oldest first; a new span begins whenever the unit's name, its owner or the owner's name changes."""
    return [
        _span(period, name)
        for period in unit.periods
        for name in period.organisation.names
        if _meet(period, name)
    ]


def of_organisation(organisation: Organisation) -> list[Span]:
    return [
        Span(name.name, "", _first(name.valid_from), _last(name.valid_to), name.id)
        for name in organisation.names
    ]


def coming(spans: list[Span], *, today: date) -> Span | None:
    """The next change that is already known."""
    return next((span for span in spans if span.is_planned(today)), None)


def _meet(period: UnitPeriod, name: OrganisationName) -> bool:
    return _before(name.valid_from, period.valid_to) and _before(period.valid_from, name.valid_to)


def _before(day: date, end: date | None) -> bool:
    return end is None or day < end


def _span(period: UnitPeriod, name: OrganisationName) -> Span:
    first = max(period.valid_from, name.valid_from)
    ends = [end for end in (period.valid_to, name.valid_to) if end is not None]
    begun_here = period.valid_from == first
    return Span(
        period.name,
        name.name,
        _first(first),
        _last(min(ends, default=None)),
        period.id if begun_here else None,
    )


def _first(day: date) -> date | None:
    return None if day <= periods.BEGINNING else day


def _last(end: date | None) -> date | None:
    return end - DAY if end else None
