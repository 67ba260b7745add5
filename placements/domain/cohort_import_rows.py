"""The workbook as rows of values, each bad cell told in its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from placements.domain import cohort_import_cells as cells
from placements.domain import cohort_import_sheets as sheets
from placements.domain.cohort_import_files import Workbook
from placements.domain.cohort_import_problems import SKIP_ROW, Place, Problem
from placements.domain.cohort_import_sheets import COLUMNS, PRACTICUM, SITES, STUDENTS, Column, Fixes, Layout
from placements.i18n import Text, _
from placements.models.hosts import Sector
from placements.models.programmes import Audience


@dataclass(frozen=True, slots=True)
class Row:
    """`layout` and `number` say where it stands."""

    layout: Layout
    number: int

    def place(self, key: str) -> Place:
        return self.layout.place(self.number, key)

    def problem(self, key: str, found: object, sentence: str, fix: str | None = None) -> Problem:
        """Something is wrong with this cell that another value, or leaving the row out, would put right."""
        place = self.place(key)
        typable = bool(place.column)
        return Problem(
            place,
            cells.shown(found),
            sentence,
            fix,
            typable=typable,
            skip=place.whole_row,
            skip_words=SKIP_ROW,
        )


@dataclass(frozen=True, slots=True)
class StudentRow(Row):
    name: str
    email: str
    phone: str | None = None
    municipality: str | None = None
    audience: Audience | None = None
    starts_on: date | None = None


@dataclass(frozen=True, slots=True)
class SiteRow(Row):
    organisation: str
    unit: str
    sector: Sector
    address: str | None = None
    contact: str | None = None
    contact_email: str | None = None
    seats: int | None = None


@dataclass(frozen=True, slots=True)
class PracticumRow(Row):
    email: str
    unit: str
    starts_on: date | None = None
    ends_on: date | None = None
    supervisor: str | None = None
    weekly_minutes: int | None = None


@dataclass(slots=True)
class Rows:
    """What the workbook says, so far as it can be read, with the fixes that were chosen.

    `unfinished` holds the addresses and units of rows that are told already, so that what refers to them is
    not told as well.
    """

    students: list[StudentRow] = field(default_factory=list)
    sites: list[SiteRow] = field(default_factory=list)
    practicum: list[PracticumRow] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[Text] = field(default_factory=list)
    fixes: Fixes = field(default_factory=dict)
    unfinished: set[str] = field(default_factory=set)


def folded(name: str) -> str:
    """By this two spellings of one name are the same."""
    return " ".join(name.casefold().split())


def read(workbook: Workbook, fixes: Fixes) -> Rows:
    """Read every row of the three sheets; a row with a bad cell is told and left out of the lists."""
    found = sheets.find(workbook, fixes)
    rows = Rows(problems=found.problems, notes=found.notes, fixes=fixes)
    calendar = cells.Calendar(workbook.dates_1904)
    for name, layout in found.layouts.items():
        for number, values in _records(layout, calendar, rows):
            if name == STUDENTS:
                rows.students.append(StudentRow(layout, number, **values))
            elif name == SITES:
                rows.sites.append(SiteRow(layout, number, **values))
            elif name == PRACTICUM:
                rows.practicum.append(PracticumRow(layout, number, **values))
    _refuse_doubles(rows)
    return rows


def _records(layout: Layout, calendar: cells.Calendar, rows: Rows) -> Iterator[tuple[int, dict[str, Any]]]:
    columns = [column for column in COLUMNS[layout.name] if column.key in layout.letters]
    fixes = rows.fixes
    for number, found in layout.sheet.rows.items():
        if number <= layout.heading_row or layout.place(number).key in fixes:
            continue
        typed = {column.key: _typed(layout, number, column, found, fixes) for column in columns}
        if all(value in (None, "") for value in typed.values()):
            continue
        values, wrong = _read_row(layout, number, columns, typed, calendar)
        rows.problems += wrong
        if wrong and layout.name != PRACTICUM:
            rows.unfinished |= {folded(values[key]) for key in ("email", "unit") if key in values}
        required = {column.key for column in COLUMNS[layout.name] if column.required}
        if not wrong and required <= values.keys():
            yield number, values


def _typed(layout: Layout, number: int, column: Column, found: dict[str, object], fixes: Fixes) -> object:
    """What stands in the cell, or what was chosen instead."""
    return fixes.get(layout.place(number, column.key).key, found.get(layout.letters[column.key]))


def _read_row(
    layout: Layout, number: int, columns: list[Column], typed: dict[str, object], calendar: cells.Calendar
) -> tuple[dict[str, Any], list[Problem]]:
    values: dict[str, Any] = {}
    wrong: list[Problem] = []
    row = Row(layout, number)
    for column in columns:
        value = typed[column.key]
        if value in (None, ""):
            if column.required:
                wrong.append(row.problem(column.key, None, _("Feltet er tomt, og det skal udfyldes.")))
            continue
        try:
            cells.refuse_what_is_no_value(value)
            values[column.key] = column.read(value, calendar)
        except cells.Unreadable as unreadable:
            wrong.append(row.problem(column.key, value, unreadable.sentence, unreadable.fix))
    return values, wrong


def _refuse_doubles(rows: Rows) -> None:
    """A student stands once on the list; by the address, because two may have the same name."""
    first: dict[str, int] = {}
    for row in rows.students:
        if row.email in first:
            sentence = _(
                "E-mailen står også i række %(row)s. Hver deltager står én gang.", row=first[row.email]
            )
            rows.problems.append(row.problem("email", row.email, sentence))
        first.setdefault(row.email, row.number)
