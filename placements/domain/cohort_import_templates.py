"""An empty workbook with the headings, lists to choose from, and a line on how each column is filled in."""

from __future__ import annotations

import io
from typing import Any

from placements.domain import municipalities
from placements.domain.cohort_import_cells import SECTORS
from placements.domain.cohort_import_sheets import COLUMNS, LISTS, Column
from placements.domain.cohorts import audiences
from placements.i18n import _
from placements.models.cohorts import Cohort
from placements.words import word

LAST_ROW = 2000
HINTS = {
    "starts_on": _("Dato som 6.1.2025. Tom: den dag, holdet begynder."),
    "ends_on": _("Dato som 6.4.2025. Tom: praktikkens sidste dag."),
    "seats": _("Et helt tal. Tom: ingen pladser."),
    "weekly_minutes": _("Timer som 6 eller 7,5. Tom: uddannelsens timetal."),
    "unit": _("Skriv afsnittet ens i alle ark."),
}


def empty(cohort: Cohort) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    lists = {
        "municipality": municipalities.names(),
        "audience": [str(word(audience)) for audience in audiences(cohort)],
        "sector": list(SECTORS),
    }
    for name, columns in COLUMNS.items():
        _sheet(book, name, columns, lists)
    hidden = book.create_sheet(LISTS)
    hidden.sheet_state = "hidden"
    for number, words in enumerate(lists.values(), 1):
        for row, text in enumerate(words, 1):
            _write(hidden.cell(row, number), text)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _sheet(book: Any, name: str, columns: tuple[Column, ...], lists: dict[str, list[str]]) -> None:
    from openpyxl.comments import Comment
    from openpyxl.styles import Font, PatternFill

    sheet = book.create_sheet(name)
    sheet.freeze_panes = "A2"
    for number, column in enumerate(columns, 1):
        cell = sheet.cell(1, number)
        _write(cell, column.heading)
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="E8EEF4")
        sheet.column_dimensions[cell.column_letter].width = max(16, len(column.heading) + 6)
        if column.key in HINTS:
            cell.comment = Comment(str(HINTS[column.key]), "")
        if column.key in lists:
            _offer_list(sheet, cell.column_letter, list(lists).index(column.key) + 1, len(lists[column.key]))


def _offer_list(sheet: Any, letter: str, number: int, length: int) -> None:
    """Choose from the hidden sheet; writing something else is told when the workbook is read."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    source = get_column_letter(number)
    offered = DataValidation("list", formula1=f"{LISTS}!${source}$1:${source}${length}", allow_blank=True)
    offered.errorStyle = "warning"
    offered.add(f"{letter}2:{letter}{LAST_ROW}")
    sheet.add_data_validation(offered)


def _write(cell: Any, text: str) -> None:
    """Always as text: what begins with a sign of arithmetic would otherwise be calculated."""
    cell.value = text
    cell.data_type = "s"
    cell.quotePrefix = text[:1] in "=+-@"
