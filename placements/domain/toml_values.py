"""Checks of single values in a TOML file, and the log of everything wrong, each with its line.

A check is given a value and its spot. It gives the value as it shall be, or notes at the spot what is wrong;
what it gives then is not used.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from difflib import get_close_matches
from enum import StrEnum
from fractions import Fraction
from typing import Any

from placements import printable
from placements.domain.toml_lines import Path, line_of
from placements.formatting import COPENHAGEN
from placements.i18n import Text, _

Check = Callable[[object, "Spot"], Any]
YEARS = range(2000, 2101)


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    line: int
    reason: Text


class Log:
    """What is wrong so far; `broken` are the places whose value cannot be trusted."""

    def __init__(self, lines: dict[Path, int]) -> None:
        self.lines = lines
        self.faults: list[tuple[Path, Text]] = []
        self.broken: set[Path] = set()

    def note(self, path: Path, reason: Text) -> None:
        self.faults.append((path, reason))

    @property
    def problems(self) -> list[Problem]:
        return [Problem(line_of(path, self.lines), reason) for path, reason in self.faults]


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in the file."""

    log: Log
    path: Path = ()

    def at(self, *steps: str | int) -> Spot:
        return Spot(self.log, (*self.path, *steps))

    @property
    def name(self) -> str:
        return next((step[:60] for step in reversed(self.path) if isinstance(step, str)), "")

    @property
    def sound(self) -> bool:
        return not any(path[: len(self.path)] == self.path for path in self.log.broken)

    def wrong(self, reason: Text) -> None:
        self.log.note(self.path, reason)
        self.log.broken.add(self.path)

    def unknown(self, known: list[str]) -> None:
        """The misspelt key; what the right one says may be missing, but what stands there is not wrong."""
        near = get_close_matches(self.name, known, n=1)
        if near:
            reason = _(
                "Nøglen »%(name)s« kendes ikke her. Mente du »%(near)s«?", name=self.name, near=near[0]
            )
        else:
            keys = ", ".join(known)
            reason = _("Nøglen »%(name)s« kendes ikke her. Her kan stå: %(keys)s.", name=self.name, keys=keys)
        self.log.note(self.path, reason)


def words(longest: int, *, lines: bool = False, pattern: str = "", like: str = "") -> Check:
    """A text, never blank; `like` shows what the pattern asks for. Line breaks are spaces unless `lines`."""

    def check(value: object, spot: Spot) -> str | None:
        if not isinstance(value, str):
            spot.wrong(_("»%(name)s« skal være en tekst i anførselstegn.", name=spot.name))
            return None
        text = value.strip() if lines else " ".join(value.split())
        if not text:
            spot.wrong(_("»%(name)s« er tom.", name=spot.name))
        elif len(text) > longest:
            spot.wrong(_("»%(name)s« må højst fylde %(longest)s tegn.", name=spot.name, longest=longest))
        elif any(unicodedata.category(sign) == "Cc" and sign != "\n" for sign in text):
            spot.wrong(_("»%(name)s« rummer et tegn, der ikke kan vises.", name=spot.name))
        elif character := printable.unprintable(text):
            spot.wrong(printable.sentence(character))
        elif pattern and not re.fullmatch(pattern, text):
            spot.wrong(_("»%(name)s« skal skrives som %(like)s.", name=spot.name, like=like))
        return text

    return check


def whole(low: int, high: int) -> Check:
    def check(value: object, spot: Spot) -> int | None:
        if isinstance(value, int) and not isinstance(value, bool) and low <= value <= high:
            return value
        bounds = {"low": low, "high": high}
        spot.wrong(_("»%(name)s« skal være et helt tal fra %(low)s til %(high)s.", name=spot.name, **bounds))
        return None

    return check


def number(low: str, high: str) -> Check:
    def check(value: object, spot: Spot) -> Decimal | None:
        if isinstance(value, int | Decimal) and not isinstance(value, bool):
            exact = Decimal(value)
            if exact.is_finite() and Decimal(low) <= exact <= Decimal(high):
                return exact
        bounds = {"low": low.replace(".", ","), "high": high.replace(".", ",")}
        spot.wrong(_("»%(name)s« skal være et tal fra %(low)s til %(high)s.", name=spot.name, **bounds))
        return None

    return check


def length(high: str) -> Check:
    """Hours that come out in whole minutes."""

    def check(value: object, spot: Spot) -> Decimal | None:
        hours: Decimal | None = number("0.05", high)(value, spot)
        if hours is not None and (Fraction(hours) * 60).denominator != 1:
            spot.wrong(_("»%(name)s« skal være timer, der går op i hele minutter.", name=spot.name))
        return hours

    return check


def flag(value: object, spot: Spot) -> bool | None:
    if isinstance(value, bool):
        return value
    spot.wrong(_("»%(name)s« skal være true eller false.", name=spot.name))
    return None


def day(value: object, spot: Spot) -> date | None:
    if type(value) is date and value.year in YEARS:
        return value
    spot.wrong(_("»%(name)s« skal være en dato som 2024-09-09, uden anførselstegn.", name=spot.name))
    return None


def moment(value: object, spot: Spot) -> datetime | None:
    """On the wall clock in Copenhagen, to the minute; an hour that summer time skips is refused."""
    if type(value) is not datetime or not _plain_minute(value):
        spot.wrong(
            _("»%(name)s« skal være dansk tid i hele minutter som 2024-06-13T13:00:00.", name=spot.name)
        )
        return None
    there_and_back = value.replace(tzinfo=COPENHAGEN).astimezone(UTC).astimezone(COPENHAGEN)
    if there_and_back.replace(tzinfo=None) != value:
        spot.wrong(_("»%(name)s« falder i den time, som sommertiden springer over.", name=spot.name))
    return value


def _plain_minute(value: datetime) -> bool:
    return value.tzinfo is None and value.year in YEARS and value.second == value.microsecond == 0


def clock(value: object, spot: Spot) -> time | None:
    text = words(5, pattern=r"([01]\d|2[0-3]):[0-5]\d", like='"09:00"')(value, spot)
    return time.fromisoformat(text) if text and spot.sound else None


def one_of(kind: type[StrEnum]) -> Check:
    def check(value: object, spot: Spot) -> StrEnum | None:
        if isinstance(value, str) and value in list(kind):
            return kind(value)
        spot.wrong(
            _(
                "»%(name)s« kan ikke være »%(value)s«. Vælg mellem: %(choices)s.",
                name=spot.name,
                value=str(value)[:60],
                choices=", ".join(kind),
            )
        )
        return None

    return check
