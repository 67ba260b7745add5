"""Reading a workbook without trusting it: sizes are known before it is unpacked, no formula is evaluated."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from placements.domain.rules import RuleBroken
from placements.i18n import _

MOST_ROWS = 5000
MOST_COLUMNS = 60
MOST_BYTES = 40 * 1024 * 1024
"""Of all parts together, unpacked."""
MOST_PARTS = 400
MOST_TAGS = 900_000
"""Some 5,000 rows in each of the three sheets; parsing takes time by the tag."""

REACHES = re.compile(
    rb"<(?:\w+:)?(?:mergeCell|hyperlink)\s[^>]*?\bref=[\"']\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})"
)
"""What makes one tag into many cells."""

NO_WORKBOOK = _(
    "Filen er ikke en Excel-projektmappe (.xlsx), eller den er gået i stykker. "
    "Gem den som Excel-projektmappe, og prøv igen."
)
OLD_WORKBOOK = _("Filen er i det gamle Excel-format eller har en adgangskode. Gem den som .xlsx uden kode.")
MACROS = _("Filen indeholder makroer. Gem den som almindelig Excel-projektmappe (.xlsx), og prøv igen.")
TOO_BIG = _(
    "Filen fylder for meget, når den pakkes ud. Del den i flere, eller fjern billeder og formatering."
)
NO_TEXT = _("Filen indeholder XML, som ikke hører hjemme i en projektmappe. Gem den på ny fra Excel.")


@dataclass(frozen=True, slots=True)
class Formula:
    """A cell that is calculated, or an error of Excel's: never evaluated and never passed on."""

    text: str


@dataclass(frozen=True, slots=True)
class Merged:
    """A cell that is covered by another, the first of its group; `below` it when in the same column."""

    first: str
    value: object
    below: bool


@dataclass(frozen=True, slots=True)
class Moment:
    """A date by Excel's own count, in whichever of its two systems the workbook uses."""

    day: date


@dataclass(slots=True)
class Sheet:
    """The cells that hold something, by row number and column letter."""

    title: str
    rows: dict[int, dict[str, object]] = field(default_factory=dict)


@dataclass(slots=True)
class Workbook:
    """`dates_1904`: which of Excel's two calendars a bare number would be counted in."""

    sheets: list[Sheet]
    dates_1904: bool = False


def read(content: bytes) -> Workbook:
    """Raises `RuleBroken` for what is no workbook, or more of one than can be handled."""
    _check_container(content)
    try:
        return _read(content)
    except RuleBroken:
        raise
    except Exception:
        raise RuleBroken(NO_WORKBOOK, field="file") from None


# The container


def _check_container(content: bytes) -> None:
    """Before anything is parsed: a ZIP of a workbook's parts, not too big, without macros."""
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise RuleBroken(OLD_WORKBOOK, field="file")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_parts(archive)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, OSError, RuntimeError, ValueError):
        raise RuleBroken(NO_WORKBOOK, field="file") from None


def _check_parts(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    names = {part.filename for part in parts}
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_BYTES:
        raise RuleBroken(TOO_BIG, field="file")
    if any("vbaproject" in name.lower() for name in names):
        raise RuleBroken(MACROS, field="file")
    if "[Content_Types].xml" not in names or len(names) != len(parts):
        raise RuleBroken(NO_WORKBOOK, field="file")
    tags = spread = 0
    for part in parts:
        if part.filename.endswith((".xml", ".rels")):
            text = archive.read(part).replace(b"\0", b"")
            if b"<!DOCTYPE" in text or b"<!ENTITY" in text:  # entities could unfold without end
                raise RuleBroken(NO_TEXT, field="file")
            tags += text.count(b"<")
            spread += sum(_cells_in(*reach.groups()) for reach in REACHES.finditer(text))
        if tags > MOST_TAGS or spread > MOST_ROWS * 10:
            raise RuleBroken(_too_many(), field="file")


def _cells_in(first_column: bytes, first_row: bytes, last_column: bytes, last_row: bytes) -> int:
    """How many cells a group spreads over: each of them is made when the sheet is read."""
    across = _number(last_column) - _number(first_column) + 1
    return max(across, 1) * max(int(last_row) - int(first_row) + 1, 1)


def _number(letters: bytes) -> int:
    """Which column it is: A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _too_many() -> str:
    return _(
        "Der er flere end %(most)s rækker i et ark. Del projektmappen i flere, og indlæs dem hver for sig.",
        most=MOST_ROWS,
    )


# The cells


def _read(content: bytes) -> Workbook:
    import warnings

    from openpyxl import load_workbook
    from openpyxl.utils.datetime import CALENDAR_MAC_1904

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl tells which decorations it leaves out
        book = load_workbook(io.BytesIO(content), data_only=False, keep_links=False, keep_vba=False)
        return Workbook([_sheet(sheet) for sheet in book.worksheets], book.epoch == CALENDAR_MAC_1904)


def _sheet(source: Any) -> Sheet:
    sheet = Sheet(source.title)
    for (number, column), cell in source._cells.items():
        value = _value(cell)
        if value is not None and column <= MOST_COLUMNS:
            sheet.rows.setdefault(number, {})[cell.column_letter] = value
    if len(sheet.rows) > MOST_ROWS + 10:
        raise RuleBroken(_too_many(), field="file")
    _cover(source, sheet)
    sheet.rows = dict(sorted(sheet.rows.items()))
    return sheet


def _value(cell: Any) -> object:
    """Text, number, yes or no, `Moment` or `Formula`; nothing for a cell that only looks empty."""
    value = cell.value
    if value is None:
        return None
    if cell.data_type in {"f", "e"}:
        return Formula(str(getattr(value, "text", None) or value)[:60])
    if isinstance(value, datetime):
        return Moment(value.date())
    if isinstance(value, date):
        return Moment(value)
    if isinstance(value, bool | int | float):
        return value
    text = " ".join(str(value).split())
    return text or None


def _cover(source: Any, sheet: Sheet) -> None:
    """Say of every covered cell where the value of its group stands."""
    from openpyxl.utils import get_column_letter

    for group in source.merged_cells.ranges:
        column_of_first = get_column_letter(group.min_col)
        first = f"{column_of_first}{group.min_row}"
        value = sheet.rows.get(group.min_row, {}).get(column_of_first)
        if value is None:
            continue
        for number in range(group.min_row, min(group.max_row, group.min_row + MOST_ROWS) + 1):
            for column in range(group.min_col, min(group.max_col, MOST_COLUMNS) + 1):
                letter = get_column_letter(column)
                if f"{letter}{number}" != first:
                    sheet.rows.setdefault(number, {})[letter] = Merged(
                        first, value, letter == column_of_first
                    )
