"""Fields that an offer alone has: the days of a week, tasks with shares, languages."""

from __future__ import annotations

from datetime import time
from typing import Any

from flask_babel import get_locale, gettext
from wtforms import Field, StringField

from placements import formatting
from placements.domain.offer_tasks import MOST_LINES, Line
from placements.domain.offer_terms import read_plan
from placements.models.offer_tasks import TaskKind
from placements.web import said
from placements.words import word

SPARE = 3
"""Empty lines after those that are written."""


def day_name(number: int) -> str:
    return formatting.weekday(number, locale=str(get_locale()))


class PartsField(Field):
    """A field of several boxes: `read` makes its value of what was typed, `typed` shows it again."""

    parts: tuple[str, ...] = ()

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        super().process(None, data)
        self.typed = self._as_typed(self.data)
        posted = formdata is not None and any(f"{self.name}-{part}" in formdata for part in self.parts)
        if not posted:
            return
        self.typed = list(
            zip(*(formdata.getlist(f"{self.name}-{part}") for part in self.parts), strict=False)
        )
        self.process_errors = []
        try:
            self.data = self._read(self.typed)
        except ValueError as refusal:
            self.process_errors.append(str(refusal))

    def _as_typed(self, data: Any) -> list[tuple[str, ...]]:
        raise NotImplementedError

    def _read(self, typed: list[tuple[str, ...]]) -> Any:
        raise NotImplementedError


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


class TaskLinesField(PartsField):
    """Tasks with their kind and share; lines without a text are left out."""

    parts = ("text", "kind", "percent")
    data: list[Line]

    def process_data(self, value: Any) -> None:
        self.data = [Line(task.text, task.kind, task.percent) for task in value or ()]

    def _as_typed(self, data: Any) -> list[tuple[str, ...]]:
        return [
            (line.text, line.kind.value, "" if line.percent is None else str(line.percent)) for line in data
        ]

    def _read(self, typed: list[tuple[str, ...]]) -> list[Line]:
        return [
            _line(number, " ".join(text.split()), kind, percent.strip().removesuffix("%").strip())
            for number, (text, kind, percent) in enumerate(typed, start=1)
            if text.strip() or percent.strip()
        ]

    def lines(self, more: int = 0) -> list[tuple[str, ...]]:
        """What is written, and room for more."""
        written = [line for line in self.typed if line[0] or line[2]]
        room = max(SPARE, len(self.typed) - len(written)) + more
        return (written + [("", TaskKind.INDIVIDUAL.value, "")] * room)[: max(MOST_LINES, len(written))]

    def _value(self) -> str:
        return ", ".join(
            f"{line.text} ({said(word(line.kind))}{'' if line.percent is None else f', {line.percent} %'})"
            for line in self.data
        )


def _line(number: int, text: str, kind: str, percent: str) -> Line:
    if not text:
        raise ValueError(gettext("Opgave %(number)s: skriv, hvad den studerende skal lave.", number=number))
    if percent and not (percent.isdecimal() and 1 <= int(percent) <= 100):
        raise ValueError(
            gettext("Opgave %(number)s: skriv andelen som et helt tal fra 1 til 100.", number=number)
        )
    chosen = next((known for known in TaskKind if known.value == kind), TaskKind.OTHER)
    return Line(text, chosen, int(percent) if percent else None)


class ListField(StringField):
    """Words with commas between them."""

    data: list[str]  # type: ignore[assignment]

    def _value(self) -> str:
        return str(self.raw_data[0]) if self.raw_data else ", ".join(self.data or ())

    def process_formdata(self, valuelist: list[Any]) -> None:
        if valuelist:
            found = (" ".join(part.split()) for part in str(valuelist[0]).split(","))
            self.data = list(dict.fromkeys(part for part in found if part))
