"""What is wrong, in its place, with what can be done about it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from placements.i18n import Text, _

SKIP_ROW = _("Spring rækken over")
SKIP_COLUMN = _("Hold kolonnen ude")


@dataclass(frozen=True, slots=True)
class Place:
    """A cell (`column` is its letter), a row, a sheet, or the whole workbook, by what is left empty."""

    sheet: str = ""
    row: int = 0
    column: str = ""
    heading: str = ""

    @property
    def key(self) -> str:
        """By this a fix finds its place again: `Studerende!D7`, `Studerende!7`, `Studerende!`."""
        return f"{self.sheet}!{self.column}{self.row or ''}"

    @property
    def whole_row(self) -> Place:
        return replace(self, column="", heading="")

    def words(self) -> Text:
        if self.column:
            where = _(
                "%(sheet)s, række %(row)s, kolonne %(column)s",
                sheet=self.sheet,
                row=self.row,
                column=self.column,
            )
            return _("%(where)s (%(heading)s)", where=where, heading=self.heading) if self.heading else where
        if self.row:
            return _("%(sheet)s, række %(row)s", sheet=self.sheet, row=self.row)
        return _("Arket %(sheet)s", sheet=self.sheet) if self.sheet else _("Hele filen")


@dataclass(frozen=True, slots=True)
class Option:
    """One way out: at this place (its key) read this instead."""

    key: str
    value: str
    words: str


@dataclass(frozen=True, slots=True)
class Problem:
    """`found` is what stands there, `fix` what could be read instead.

    `typable`: something else may be written there too; `keep`: or it is right as it stands. `skip`: the row
    or column that may be left out, and `skip_words` how that is said.
    """

    place: Place
    found: str
    sentence: str
    fix: str | None = None
    typable: bool = False
    keep: bool = False
    skip: Place | None = None
    skip_words: str = ""

    @property
    def options(self) -> list[Option]:
        options = []
        if self.fix:
            options.append(Option(self.place.key, self.fix, _("Brug »%(fix)s«", fix=self.fix)))
        if self.keep:
            options.append(Option(self.place.key, self.found, _("Behold »%(found)s«", found=self.found)))
        if self.skip is not None:
            options.append(Option(self.skip.key, "", self.skip_words))
        return options

    def line(self) -> str:
        """All of it on one line, as a command prints it."""
        found = f" »{self.found}«" if self.found else ""
        fix = " " + _("Mente du »%(fix)s«?", fix=self.fix) if self.fix else ""
        return f"{self.place.words()}:{found} {self.sentence}{fix}"
