"""The three sheets of the workbook: which columns they have, and where those stand in the one that came."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from placements.domain import cohort_import_cells as cells
from placements.domain.cohort_import_files import Merged, Sheet, Workbook
from placements.domain.cohort_import_headings import Meant, meant_by, plain
from placements.domain.cohort_import_problems import SKIP_COLUMN, Place, Problem
from placements.i18n import Text, _

Fixes = Mapping[str, str]
FIRST_ROWS = 10
"""Above the headings there may be a title; further down nobody looks for them."""


@dataclass(frozen=True, slots=True)
class Column:
    key: str
    heading: str
    read: cells.Reader
    required: bool = False


STUDENTS, SITES, PRACTICUM = "Studerende", "Praktiksteder", "Praktik"
LISTS = "Lister"
"""The sheet our own template keeps its choices in: nothing to read, and nothing to tell."""
COLUMNS: Mapping[str, tuple[Column, ...]] = {
    STUDENTS: (
        Column("name", "Navn", cells.text, required=True),
        Column("email", "E-mail", cells.email, required=True),
        Column("phone", "Telefon", cells.text),
        Column("municipality", "Kommune", cells.municipality),
        Column("audience", "Målgruppe", cells.audience),
        Column("starts_on", "Startdato", cells.day),
    ),
    SITES: (
        Column("organisation", "Organisation", cells.text, required=True),
        Column("unit", "Afsnit", cells.text, required=True),
        Column("sector", "Sektor", cells.sector, required=True),
        Column("address", "Adresse", cells.text),
        Column("contact", "Kontaktperson", cells.text),
        Column("contact_email", "Kontakt e-mail", cells.email),
        Column("seats", "Pladser", cells.seats),
    ),
    PRACTICUM: (
        Column("email", "Studerende e-mail", cells.email, required=True),
        Column("unit", "Afsnit", cells.text, required=True),
        Column("starts_on", "Start", cells.day),
        Column("ends_on", "Slut", cells.day),
        Column("supervisor", "Vejleder", cells.text),
        Column("weekly_minutes", "Timer pr. uge", cells.minutes),
    ),
}
NEEDED = (STUDENTS, SITES)
"""Without these sheets it is another file. Without `Praktik` the practicum is laid afterwards."""


@dataclass(slots=True)
class Layout:
    """A sheet as found: its heading row, and the letter of each column by the column's key."""

    sheet: Sheet
    name: str
    heading_row: int
    letters: dict[str, str]

    def place(self, row: int, key: str = "") -> Place:
        heading = next((column.heading for column in COLUMNS[self.name] if column.key == key), "")
        return Place(self.sheet.title, row, self.letters.get(key, ""), heading)


@dataclass(slots=True)
class Found:
    """Problems stop the import; notes say what was read in another way than it was written, or left out."""

    layouts: dict[str, Layout] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    notes: list[Text] = field(default_factory=list)


def find(workbook: Workbook, fixes: Fixes) -> Found:
    found = Found()
    for name, sheet in _sheets(workbook, fixes, found).items():
        _lay_out(name, sheet, fixes, found)
    return found


# Sheets


def _sheets(workbook: Workbook, fixes: Fixes, found: Found) -> dict[str, Sheet]:
    """Each of ours by its name; the rest are kept out and named."""
    titles = {sheet.title: fixes.get(Place(sheet.title).key, sheet.title) for sheet in workbook.sheets}
    taken = assign(titles, COLUMNS)
    known = {
        meant.name: sheet for sheet in workbook.sheets if (meant := taken.get(sheet.title)) and meant.sure
    }
    for title, meant in taken.items():
        if meant.sure and not meant.exact:
            found.notes.append(_("Arket »%(typed)s« er læst som %(name)s.", typed=title, name=meant.name))
    for name in COLUMNS:
        if name not in known:
            _miss_sheet(name, taken, found)
    for title in titles:
        if title not in taken and title != LISTS:
            found.notes.append(_("Arket »%(title)s« er ikke med.", title=title))
    return known


def _miss_sheet(name: str, taken: Mapping[str, Meant], found: Found) -> None:
    like = next((title for title, meant in taken.items() if meant.name == name), None)
    if like is not None:
        sentence = _("Arket %(name)s mangler. Er det dette ark?", name=name)
        place = Place(like)
        found.problems.append(
            Problem(place, like, sentence, name, skip=place, skip_words=_("Hold arket ude"))
        )
    elif name in NEEDED:
        sentence = _(
            "Arket mangler. Har du ingen at sætte ind, så lav et ark med det navn og overskrifterne."
        )
        found.problems.append(Problem(Place(name), "", sentence))
    else:
        found.notes.append(_("Arket %(name)s er ikke med i filen.", name=name))


def assign(typed: Mapping[str, str], names: Iterable[str]) -> dict[str, Meant]:
    """Which name each typed one stands for, by its key: the exact first, the likely last."""
    taken: dict[str, Meant] = {}
    free = list(names)
    for accept in (_is_exact, _is_sure, _is_likely):
        for key, text in typed.items():
            meant = None if key in taken or not text else meant_by(text, free)
            if meant and accept(meant):
                taken[key] = meant
                free.remove(meant.name)
    return taken


def _is_exact(meant: Meant) -> bool:
    return meant.exact


def _is_sure(meant: Meant) -> bool:
    return meant.sure


def _is_likely(_meant: Meant) -> bool:
    return True


# Columns


def _lay_out(name: str, sheet: Sheet, fixes: Fixes, found: Found) -> None:
    row = _heading_row(name, sheet, fixes)
    if row is None:
        if sheet.rows or name in NEEDED:
            headings = [column.heading for column in COLUMNS[name]]
            sentence = _(
                "Overskrifterne er ikke fundet. Der skal stå: %(headings)s.", headings=" · ".join(headings)
            )
            found.problems.append(Problem(Place(sheet.title), "", sentence))
        return
    typed = _headings(sheet, row, fixes)
    columns = {column.heading: column for column in COLUMNS[name]}
    taken = assign(typed, columns)
    letters = {columns[meant.name].key: letter for letter, meant in taken.items() if meant.sure}
    found.layouts[name] = Layout(sheet, name, row, letters)
    _tell_columns(name, sheet, row, typed, taken, found)


def _headings(sheet: Sheet, row: int, fixes: Fixes) -> dict[str, str]:
    """What stands in the heading row, by letter."""
    texts = {
        letter: "" if isinstance(value, Merged) else cells.shown(value)
        for letter, value in sheet.rows.get(row, {}).items()
    }
    return {letter: fixes.get(Place(sheet.title, row, letter).key, text) for letter, text in texts.items()}


def _heading_row(name: str, sheet: Sheet, fixes: Fixes) -> int | None:
    """The row, near the top, with the most of our headings."""
    headings = [column.heading for column in COLUMNS[name]]
    best, most = None, 0
    for row in list(sheet.rows)[:FIRST_ROWS]:
        known = len(assign({k: t for k, t in _headings(sheet, row, fixes).items() if len(t) < 40}, headings))
        if known > most:
            best, most = row, known
    return best if most > 1 else None


def _tell_columns(
    name: str, sheet: Sheet, row: int, typed: Mapping[str, str], taken: Mapping[str, Meant], found: Found
) -> None:
    for letter, text in typed.items():
        meant = taken.get(letter)
        place = Place(sheet.title, row, letter)
        if meant is None and text:
            _tell_extra(name, place, text, taken, found)
        elif meant and not meant.exact and meant.sure:
            found.notes.append(
                _(
                    "%(where)s: »%(typed)s« er læst som %(name)s.",
                    where=place.words(),
                    typed=text,
                    name=meant.name,
                )
            )
        elif meant and not meant.sure:
            sentence = _("Kolonnen %(name)s mangler. Er det denne?", name=meant.name)
            found.problems.append(
                Problem(place, text, sentence, meant.name, skip=place, skip_words=SKIP_COLUMN)
            )
    for column in COLUMNS[name]:
        if column.heading not in {meant.name for meant in taken.values()}:
            _miss_column(column, Place(sheet.title, row), found)


def _tell_extra(name: str, place: Place, text: str, taken: Mapping[str, Meant], found: Found) -> None:
    """A second column of the same name is a question; any other is kept out and named."""
    if plain(text) in {plain(meant.name) for meant in taken.values()}:
        sentence = _("Der er to kolonner med den overskrift. Slet eller omdøb den ene.")
        found.problems.append(Problem(place, text, sentence, skip=place, skip_words=SKIP_COLUMN))
    else:
        found.notes.append(_("%(where)s: kolonnen »%(typed)s« er ikke med.", where=place.words(), typed=text))


def _miss_column(column: Column, place: Place, found: Found) -> None:
    if column.required:
        sentence = _("Kolonnen %(name)s mangler.", name=column.heading)
        found.problems.append(Problem(place, "", sentence))
    else:
        found.notes.append(
            _(
                "%(where)s: der er ingen kolonne med navnet %(name)s.",
                where=place.words(),
                name=column.heading,
            )
        )
