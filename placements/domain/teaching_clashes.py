"""What stands in the way of a teaching session: a holiday, another session, a day outside the course."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from itertools import combinations
from typing import Protocol

from placements.domain import public_holidays
from placements.domain.public_holidays import SATURDAY
from placements.formatting import time_span
from placements.i18n import Text, _
from placements.models.cohorts import Cohort

MIDNIGHT = 24 * 60


class Slot(Protocol):
    """A session that stands, or one that is to be."""

    @property
    def held_on(self) -> date: ...
    @property
    def starts_at(self) -> time: ...
    @property
    def ends_at(self) -> time: ...
    @property
    def audiences(self) -> Collection[str]: ...
    @property
    def extra_minutes(self) -> Mapping[str, int]: ...


@dataclass(frozen=True, slots=True)
class Clash:
    """With `needs_reason` it is saved only when the coordinator writes why it must be so all the same."""

    text: Text
    needs_reason: bool


def of(slots: Sequence[Slot], cohort: Cohort) -> list[list[Clash]]:
    """For each of the slots, in their order. Whoever is in one of them may be in all the others."""
    found: list[list[Clash]] = [list(_of_day(slot.held_on, cohort)) for slot in slots]
    days = defaultdict(list)
    for number, slot in enumerate(slots):
        days[slot.held_on].append(number)
    for numbers in days.values():
        for one, other in combinations(numbers, 2):
            if overlap(slots[one], slots[other]):
                found[one].append(_overlapping(slots[other], slots[one]))
                found[other].append(_overlapping(slots[one], slots[other]))
    return found


def overlap(one: Slot, other: Slot, *, audience: str | None = None) -> bool:
    """At the same time, for somebody who has to be at both; with what comes on top for some (H-14).

    With an `audience` for these alone, who are at both.
    """
    together = not one.audiences or not other.audiences or set(one.audiences) & set(other.audiences)
    shared = {audience} if audience else _shared(one, other)
    at_once = one.starts_at < _ends(other, shared) and other.starts_at < _ends(one, shared)
    return one.held_on == other.held_on and at_once and bool(together)


def _shared(one: Slot, other: Slot) -> set[str]:
    """Those who are at both, as far as there is something on top for them."""
    longer = {*one.extra_minutes, *other.extra_minutes}
    return {who for who in longer if all(not at.audiences or who in at.audiences for at in (one, other))}


def _ends(slot: Slot, shared: Collection[str]) -> time:
    """When the last of those who are shared may leave; on the same day."""
    more = max((slot.extra_minutes.get(who, 0) for who in shared), default=0)
    minute = slot.ends_at.hour * 60 + slot.ends_at.minute + more
    return time(minute // 60, minute % 60) if minute < MIDNIGHT else time.max


def _overlapping(other: Slot, one: Slot) -> Clash:
    when = time_span(other.starts_at, _ends(other, _shared(one, other)))
    return Clash(_("Der er også undervisning %(when)s samme dag.", when=when), True)


def _of_day(day: date, cohort: Cohort) -> Iterator[Clash]:
    if holiday := public_holidays.name_of(day):
        text = _("%(day)s er en helligdag: %(holiday)s.", day=day, holiday=holiday.lower())
        yield Clash(text, True)
    elif day.weekday() >= SATURDAY:
        yield Clash(_("%(day)s ligger i en weekend.", day=day), False)
    if day < cohort.starts_on:
        yield Clash(_("Holdet begynder først %(start)s.", start=cohort.starts_on), False)
    first, last = cohort.practicum_starts_on, cohort.practicum_ends_on
    if first and last and first <= day <= last:
        yield Clash(_("Dagen ligger i holdets praktik."), False)
