"""The practicum of a cohort on one sheet: the timeline of the screen, and seats by sector."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Protocol

from babel.dates import format_date

from placements.formatting import long_date, period
from placements.i18n import Text
from placements.models.cohorts import Cohort
from placements.models.hosts import Sector, Unit
from placements.pdf.language import said
from placements.pdf.placement_overview import values as shape
from placements.pdf.placement_overview.examples import EMPTY, SAMPLE, WORST
from placements.pdf.placement_overview.values import Values
from placements.words import word

__all__ = ["EMPTY", "FILENAME", "SAMPLE", "WORST", "build"]

FILENAME = "praktikoversigt-{slug}.pdf"
JANUARY = 1
HALF_A_YEAR = 26


class Cell(Protocol):
    """Some weeks of the screen's timeline (`domain.timelines`)."""

    @property
    def span(self) -> int: ...
    @property
    def kind(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def short(self) -> str: ...
    @property
    def day(self) -> date | None: ...


class Row(Protocol):
    @property
    def label(self) -> str: ...
    @property
    def summary(self) -> str: ...
    @property
    def cells(self) -> Sequence[Cell]: ...
    @property
    def placement_id(self) -> int | None: ...


class Week(Protocol):
    @property
    def number(self) -> int: ...
    @property
    def current(self) -> bool: ...


class Timeline(Protocol):
    @property
    def months(self) -> Sequence[tuple[date, int]]: ...
    @property
    def weeks(self) -> Sequence[Week]: ...
    @property
    def rows(self) -> Sequence[Row]: ...


class Seats(Protocol):
    @property
    def secured(self) -> int: ...
    @property
    def needed(self) -> int: ...


def build(
    cohort: Cohort,
    timeline: Timeline,
    *,
    units: Mapping[int, Unit],
    seats: Mapping[Sector, Seats],
    on: date,
    locale: str = "da",
) -> Values:
    """Everything must be loaded. `units` are those of the placements, for those who may see them."""
    days, *rows = timeline.rows
    first, last = cohort.practicum_starts_on, cohort.practicum_ends_on
    values: Values = {
        "dated": on.isoformat(),
        "slug": cohort.slug,
        "issuer": cohort.programme.organiser_on(on),
        "programme": cohort.programme.name,
        "cohort": cohort.name,
        "period": period(first, last, locale=locale) if first and last else "",
        "printed": long_date(on, locale=locale),
        "months": list(_months(timeline, locale)),
        "weeks": _weeks(timeline, days),
        "days": _row(days, "", locale),
        "rows": [_row(row, _unit(units.get(row.placement_id or 0), on), locale) for row in rows],
        "seats": [
            {"sector": word(sector), "secured": counted.secured, "needed": counted.needed}
            for sector, counted in seats.items()
        ],
    }
    return said(values, locale)  # type: ignore[no-any-return]


def _months(timeline: Timeline, locale: str) -> Sequence[shape.Month]:
    """The year is said with the first month, and where it changes; in short where months are narrow."""
    month = "MMMM" if len(timeline.weeks) <= HALF_A_YEAR else "MMM"
    return [
        {
            "name": format_date(
                first, f"{month} y" if not place or first.month == JANUARY else month, locale=locale
            ),
            "weeks": weeks,
        }
        for place, (first, weeks) in enumerate(timeline.months)
    ]


def _weeks(timeline: Timeline, days: Row) -> list[shape.Week]:
    """A follow-up day takes one cell a week."""
    return [
        {"number": week.number, "marked": cell.day is not None, "current": week.current}
        for week, cell in zip(timeline.weeks, days.cells, strict=True)
    ]


def _unit(unit: Unit | None, on: date) -> str:
    return unit.name_on(on) if unit else ""


def _row(row: Row, unit: str, locale: str) -> shape.Row:
    return {
        "name": row.label,
        "unit": unit,
        "state": row.summary,
        "pauses": [cell.text for cell in row.cells if cell.kind == "break"],
        "cells": [{"span": cell.span, "kind": cell.kind, "text": _text(cell, locale)} for cell in row.cells],
    }


def _text(cell: Cell, locale: str) -> Text | str:
    if cell.day is None:
        return cell.short
    return format_date(cell.day, "d. MMM" if locale == "da" else "d MMM", locale=locale)
