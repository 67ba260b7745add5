"""Workbooks as people make them: the three sheets, and whatever is done to them."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from openpyxl import Workbook

STUDENTS = ["Navn", "E-mail", "Telefon", "Kommune", "Målgruppe", "Startdato"]
SITES = ["Organisation", "Afsnit", "Sektor", "Adresse", "Kontaktperson", "Kontakt e-mail", "Pladser"]
PRACTICUM = ["Studerende e-mail", "Afsnit", "Start", "Slut", "Vejleder", "Timer pr. uge"]

ANNA = ["Anna Holm", "anna@example.org", "20 00 00 01", "Viborg", "Studerende", "9.9.2024"]
BO = ["Bo Toft", "bo@example.org", "+45 20000002", "Aarhus", "Studerende", "2024-09-09"]
NORD = [
    "Region Midtjylland",
    "Team Nord",
    "regional",
    "Søvej 4, 8800 Viborg",
    "Hanne Bach",
    "hanne@example.org",
    2,
]
BROEN = ["Viborg Kommune", "Broen", "kommunal", "Brogade 2", "Birthe Lund", "birthe@example.org", 1]
ANNA_AT_NORD = ["anna@example.org", "Team Nord", "6.1.2025", "6.4.2025", "Peter Lund", 6]

Rows = Sequence[Sequence[Any]]


def book(
    students: Rows = (ANNA, BO), sites: Rows = (NORD, BROEN), practicum: Rows = (ANNA_AT_NORD,)
) -> Workbook:
    """A workbook that has nothing wrong with it."""
    return sheets(
        {
            "Studerende": [STUDENTS, *students],
            "Praktiksteder": [SITES, *sites],
            "Praktik": [PRACTICUM, *practicum],
        }
    )


def sheets(contents: Mapping[str, Rows]) -> Workbook:
    made = Workbook()
    made.remove(made.worksheets[0])
    for title, rows in contents.items():
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    return made


def saved(made: Workbook) -> bytes:
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def changed(change: Callable[[Workbook], object], **parts: Rows) -> bytes:
    """The good workbook with one thing done to it."""
    made = book(**parts)
    change(made)
    return saved(made)
