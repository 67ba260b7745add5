"""Fields that an offer alone has: the days of a week."""

from __future__ import annotations

from datetime import time
from typing import Any

from flask_babel import get_locale, gettext

from placements import formatting
from placements.domain.offer_terms import read_plan
from placements.fields import PartsField


def day_name(number: int) -> str:
    return formatting.weekday(number, locale=str(get_locale()))


class WeekField(PartsField):
    """From and to on each day; `data` is weekday to the two times."""

    parts = ("from", "to")
    data: dict[int, tuple[time, time]]

    def process_data(self, value: Any) -> None:
        self.data = read_plan(value or {})

    def _as_typed(self, data: Any) -> list[tuple[str, ...]]:
        return [_clocks(data.get(day)) for day in range(7)]

    def _read(self, typed: list[tuple[str, ...]]) -> dict[int, tuple[time, time]]:
        return {
            day: _span(day, begin.strip(), end.strip())
            for day, (begin, end) in enumerate(typed[:7])
            if begin.strip() or end.strip()
        }

    @property
    def days(self) -> list[tuple[str, str, str]]:
        """Name, from and to of each day."""
        return [(day_name(day), begin, end) for day, (begin, end) in enumerate(self.typed[:7])]

    def _value(self) -> str:
        return ", ".join(f"{name} {begin}–{end}" for name, begin, end in self.days if begin or end)


def _clocks(span: tuple[time, time] | None) -> tuple[str, str]:
    return (span[0].isoformat("minutes"), span[1].isoformat("minutes")) if span else ("", "")


def _span(day: int, begin: str, end: str) -> tuple[time, time]:
    try:
        first, last = _clock(begin), _clock(end)
    except ValueError:
        raise ValueError(
            gettext("%(day)s: skriv både fra og til, fx 9.00 og 15.00.", day=day_name(day).capitalize())
        ) from None
    if first >= last:
        raise ValueError(gettext("%(day)s slutter, før den begynder.", day=day_name(day).capitalize()))
    return first, last


def _clock(typed: str) -> time:
    """09:00 as browsers send it, or 9.00 as people write it."""
    hour, _colon, minute = typed.replace(".", ":").partition(":")
    return time(int(hour), int(minute or 0))
