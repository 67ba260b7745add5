"""What stands in the practicum agreement, as plain values. Never a diagnosis, a benefit or a CPR number."""

from __future__ import annotations

from typing import Literal, TypedDict

from placements.i18n import _

TITLES = {
    1: _("Parter"),
    2: _("Retsgrundlag"),
    3: _("Formål og læringsmål"),
    4: _("Periode"),
    5: _("Timer og mødetider"),
    6: _("Opgaver"),
    7: _("Praktikvejleder og rammer"),
    8: _("Uddannelsens støtte"),
    9: _("Rimelig tilpasning"),
    10: _("Fravær og sygdom"),
    11: _("Tavshedspligt og databeskyttelse"),
    12: _("Attester"),
    13: _("Forsikring og arbejdsmiljø"),
    14: _("Løn, transport og forplejning"),
    15: _("Evaluering"),
    16: _("Ændring, forlængelse og ophør"),
    17: _("Underskrifter"),
}


class Row(TypedDict):
    label: str
    value: str


class Table(TypedDict):
    head: list[str]
    rows: list[list[str]]


class Told(TypedDict):
    """A text: its paragraphs, and then its points."""

    paragraphs: list[str]
    points: list[str]


class Section(TypedDict):
    """Printed when anything in it is filled; `number` is its own, whatever is left out before it.

    `clause` is the programme's standing text, `paragraphs` and `points` are what the parties wrote.
    """

    number: int
    title: str
    rows: list[Row]
    paragraphs: list[str]
    points: list[str]
    table: Table | None
    clause: Told | None


class Party(TypedDict):
    role: str
    name: str
    lines: list[str]


class Week(TypedDict):
    """One week of the period; `note` is the short date of what happens in it ("5. feb."), or empty."""

    number: int
    kind: Literal["practicum", "follow_up", "break"]
    note: str


class Signature(TypedDict):
    """`signed` is when ("3. februar 2025 kl. 10.12"); empty leaves a line for a pen.

    `how` is the way ("Underskrevet med kode fra mail"), `sha256` that of the document that was signed.
    """

    role: str
    name: str
    signed: str
    how: str
    sha256: str


class Change(TypedDict):
    """Before and after; either is empty where something came or went. Without a label: sentences."""

    section: int
    title: str
    label: str
    before: str
    after: str


class Values(TypedDict):
    """`dated` is ISO (2025-02-03): the day this version was made.

    `changes` are those since version `changed_since`; there is none before the first (0).
    """

    number: str
    version: int
    state: Literal["draft", "awaiting", "signed"]
    dated: str
    issuer: str
    programme: str
    cohort: str
    student: str
    unit: str
    period: str
    parties: list[Party]
    weeks: list[Week]
    sections: list[Section]
    signatures: list[Signature]
    changed_since: int
    changes: list[Change]


def section(
    number: int,
    *paragraphs: str,
    rows: dict[str, str] | None = None,
    points: list[str] | None = None,
    table: Table | None = None,
    clause: Told | None = None,
) -> Section:
    return {
        "number": number,
        "title": TITLES[number],
        "rows": [{"label": label, "value": value} for label, value in (rows or {}).items() if value],
        "paragraphs": list(paragraphs),
        "points": points or [],
        "table": table,
        "clause": clause,
    }
