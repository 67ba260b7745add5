"""What an amendment changes: the terms before and after as plain data, and who must sign for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from placements.domain import signatures
from placements.domain.rules import RuleBroken
from placements.i18n import _
from placements.models.amendments import AmendmentKind, InterruptionCause
from placements.models.hosts import Contact, Unit
from placements.models.placements import Placement
from placements.models.signatures import Party

K = AmendmentKind
FIELDS: dict[AmendmentKind, tuple[str, ...]] = {
    K.EXTENSION: ("ends_on", "past_practicum"),
    K.INTERRUPTION: ("paused_from", "paused_to", "cause", "ends_on", "past_practicum"),
    K.PERIOD: ("starts_on", "ends_on", "past_practicum"),
    K.HOURS: ("weekly_minutes",),
    K.SUPERVISOR: ("supervisor_id",),
    K.UNIT: ("unit_id", "supervisor_id"),
    K.EARLY_END: ("ends_on",),
}
"""What there is to say of each kind, beside the reason."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the coordinator asks for; only what belongs to the kind is looked at."""

    kind: AmendmentKind
    reason: str
    starts_on: date | None = None
    ends_on: date | None = None
    unit: Unit | None = None
    supervisor: Contact | None = None
    weekly_minutes: int | None = None
    paused_from: date | None = None
    paused_to: date | None = None
    cause: InterruptionCause | None = None
    past_practicum: bool = False


# Questions


def signers(kind: AmendmentKind, placement: Placement) -> list[Party]:
    """A change of supervisor is between unit and education, and the student is told; all else needs all."""
    if kind is K.SUPERVISOR:
        return [Party.HOST, Party.COORDINATOR]
    return signatures.expected(placement)


def weeks_lost(starts_on: date, ends_on: date, paused_from: date, paused_to: date) -> int:
    """Weeks of the period without practicum; a week that is begun is lost."""
    days = (min(ends_on, paused_to) - max(starts_on, paused_from)).days + 1
    return -(-max(days, 0) // 7)


def end_after(starts_on: date, ends_on: date, paused_from: date, paused_to: date) -> date:
    """The last day when the weeks lost are held afterwards: after the old end, and after the interruption."""
    lost = weeks_lost(starts_on, ends_on, paused_from, paused_to)
    return max(ends_on, paused_to if lost else ends_on) + timedelta(weeks=lost)


def terms(placement: Placement, kind: AmendmentKind, *, today: date) -> dict[str, Any]:
    """What stands now of that which this kind changes."""
    supervisor = placement.supervisor.name if placement.supervisor else None
    last = placement.ends_on.isoformat()
    if kind is K.PERIOD:
        return {"starts_on": placement.starts_on.isoformat(), "ends_on": last}
    if kind is K.HOURS:
        return {"weekly_minutes": placement.weekly_minutes}
    if kind is K.SUPERVISOR:
        return {"supervisor": supervisor}
    if kind is K.UNIT:
        return {"unit": placement.unit.name_on(today), "supervisor": supervisor}
    return {"ends_on": last}


def terms_after(wanted: Wanted, *, today: date) -> dict[str, Any]:
    """The same as they shall be. Raises `RuleBroken` when something is missing."""
    supervisor = wanted.supervisor.name if wanted.supervisor else None
    if wanted.kind is K.HOURS:
        return {"weekly_minutes": wanted.weekly_minutes or 0}
    if wanted.kind in {K.SUPERVISOR, K.UNIT}:
        if supervisor is None:
            raise RuleBroken(_("Vælg en praktikvejleder."), field="supervisor_id")
        unit = {"unit": wanted.unit.name_on(today)} if wanted.unit else {}
        return unit | {"supervisor": supervisor}
    return _days_after(wanted)


def _days_after(wanted: Wanted) -> dict[str, Any]:
    after: dict[str, Any] = {}
    if wanted.kind is K.INTERRUPTION:
        after = {
            "paused_from": _day(wanted.paused_from, "paused_from"),
            "paused_to": _day(wanted.paused_to, "paused_to"),
            "cause": wanted.cause.value if wanted.cause else InterruptionCause.OTHER.value,
        }
    if wanted.kind is K.PERIOD:
        after = {"starts_on": _day(wanted.starts_on, "starts_on")}
    return after | {"ends_on": _day(wanted.ends_on, "ends_on")}


def _day(day: date | None, field: str) -> str:
    if day is None:
        raise RuleBroken(_("Vælg en dato."), field=field)
    return day.isoformat()


def day_of(said: dict[str, Any], key: str, otherwise: date) -> date:
    return date.fromisoformat(said[key]) if key in said else otherwise
