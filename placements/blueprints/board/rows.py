"""The board's rows as HTML: a pattern for each state, filled in for each row, because fifty must be cheap."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from operator import itemgetter
from typing import Any

from markupsafe import Markup, escape

from placements import formatting
from placements.blueprints.board.forms import SECTORS, STATES
from placements.domain.placement_states import EDITABLE
from placements.templating import fixed
from placements.web import said
from placements.words import tone, word

# As an entity: one letter beyond Latin-1 would make every letter of the page cost twice as much.
DASH = "&#8211;"
TEXTS = (
    "id",
    "student",
    "cohort",
    "unit",
    "sector",
    "weeks",
    "days",
    "supervisor",
    "hours",
    "follow_up",
    "back",
)


class Pattern:
    """A row with `%(name)s` where one of TEXTS goes: texts and what stands between them take turns."""

    def __init__(self, html: str) -> None:
        self.pieces = re.split(r"%\((\w+)\)s", html)
        self.texts = itemgetter(*(TEXTS.index(name) for name in self.pieces[1::2]))

    def fill(self, *texts: str) -> str:
        pieces = self.pieces.copy()
        pieces[1::2] = self.texts(texts)
        return "".join(pieces)


@dataclass(frozen=True, slots=True)
class Language:
    """What depends on the language alone: words, and a row of each state (`focused`: with the focus)."""

    sectors: dict[str, str]
    states: dict[str, str]
    patterns: dict[str, Pattern]
    focused: dict[str, Pattern]


@lru_cache(maxsize=8)
def language(_locale: str) -> Language:
    pattern: Any = fixed("board/_row.html").row  # type: ignore[attr-defined]

    def patterns(*, focus: bool) -> dict[str, Pattern]:
        return {
            name: Pattern(pattern(tone(state), said(word(state)), state in EDITABLE, focus))
            for name, state in STATES.items()
        }

    return Language(
        sectors={name: said(word(sector)) for name, sector in SECTORS.items()},
        states={name: said(word(state)) for name, state in STATES.items()},
        patterns=patterns(focus=False),
        focused=patterns(focus=True),
    )


@lru_cache(maxsize=4096)
def _period(start: date, end: date, locale: str) -> tuple[str, str]:
    """uge 2–14; 6. jan. – 6. apr. 2025"""
    weeks = f"{formatting.week_number(start)}–{formatting.week_number(end)}"
    days = formatting.short_period(start, end, locale=locale)
    return f"{'uge' if locale == 'da' else 'weeks'} {weeks}".replace("–", DASH), days.replace("–", DASH)


@lru_cache(maxsize=4096)
def _day(day: date | None, locale: str) -> str:
    return formatting.short_date(day, locale=locale) if day else ""


@lru_cache(maxsize=512)
def _hours(minutes: int, locale: str) -> str:
    return formatting.hours(minutes / 60, locale=locale)


@lru_cache(maxsize=16384)
def _name(name: str | None) -> str:
    """As it may stand in HTML."""
    return str(escape(name or ""))


def rows(found: Iterable[Any], back: str, locale: str, *, focus: bool = False) -> Markup:
    """`back` follows the addresses of each row: without JavaScript people return to the same board by it."""
    texts = language(locale)
    patterns, sectors = texts.focused if focus else texts.patterns, texts.sectors
    filled = []
    for (
        id_,
        student,
        cohort,
        unit,
        sector,
        start,
        end,
        supervisor,
        minutes,
        status,
        next_day,
        _total,
    ) in found:
        row = patterns[status].fill(
            str(id_),
            _name(student),
            _name(cohort),
            _name(unit),
            sectors[sector],
            *_period(start, end, locale),
            _name(supervisor),
            _hours(minutes, locale),
            _day(next_day, locale),
            back,
        )
        filled.append(row)
    return Markup("".join(filled))  # noqa: S704 (names are escaped, everything else is ours)
