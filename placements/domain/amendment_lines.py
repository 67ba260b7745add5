"""What an amendment changes, line by line in words: the same on its page and in print."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from placements.formatting import full_date, hours, period
from placements.i18n import Text, _
from placements.models.amendments import Amendment, InterruptionCause
from placements.words import word


class Line(NamedTuple):
    """An empty `before` or `after`: nothing stood there, or nothing does any more."""

    label: Text
    before: str
    after: str


LABELS: dict[str, Text] = {
    "unit": _("Praktiksted"),
    "supervisor": _("Praktikvejleder"),
    "starts_on": _("Første dag"),
    "ends_on": _("Sidste dag"),
    "weekly_minutes": _("Timer om ugen"),
}


def lines(amendment: Amendment, *, locale: str) -> list[Line]:
    """Only what becomes different; of an interruption also when, and what class of cause."""
    before, after = amendment.before, amendment.after
    found = [
        Line(label, _said(key, before.get(key), locale), _said(key, after.get(key), locale))
        for key, label in LABELS.items()
        if before.get(key) != after.get(key) and key in after
    ]
    if "paused_from" in after:
        first, last = date.fromisoformat(after["paused_from"]), date.fromisoformat(after["paused_to"])
        found.insert(0, Line(_("Afbrydelse"), "", period(first, last, locale=locale)))
        found.insert(1, Line(_("Årsag"), "", word(InterruptionCause(after["cause"]))))
    return found


def _said(key: str, value: Any, locale: str) -> str:
    if value is None:
        return ""
    if key in {"starts_on", "ends_on"}:
        return full_date(date.fromisoformat(value), locale=locale)
    return hours(value / 60, locale=locale) if key == "weekly_minutes" else str(value)
