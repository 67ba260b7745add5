"""Form fields that several forms need: hours typed the Danish way, tidy text, lists, rows, boxes to tick."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, ClassVar

from flask_babel import get_locale, gettext
from flask_wtf.file import FileField
from wtforms import Field, SelectMultipleField, StringField, TextAreaField
from wtforms.widgets import CheckboxInput, ListWidget

from placements.domain.programme_edits import BadEdit, Fault
from placements.domain.rules import RuleBroken
from placements.domain.task_shares import MOST_LINES, Line
from placements.domain.toml_lines import Path
from placements.formatting import hours
from placements.models.offer_tasks import TaskKind
from placements.web import Form, said
from placements.words import choices, word

MOST_HOURS = 1000
SPARE = 3
"""Empty lines after those that are written."""


def one_line(value: str | None) -> str | None:
    """Text without superfluous spaces; nothing when there is nothing."""
    return " ".join(value.split()) or None if value else None


def several_lines(value: str | None) -> str | None:
    return value.strip().replace("\r\n", "\n") or None if value else None


class UploadField(FileField):  # type: ignore[misc]
    """One file, read to one byte past the largest that is taken: enough to know it is too large."""

    def __init__(self, *args: Any, largest: int, **options: Any) -> None:
        super().__init__(*args, **options)
        self.largest = largest

    def process_data(self, value: Any) -> None:
        """What the record keeps is no upload."""
        super().process_data(None)

    @property
    def filename(self) -> str:
        return str(getattr(self.data, "filename", "") or "")

    def content(self) -> bytes:
        if not self.filename:
            return b""
        with closing(self.data):
            return bytes(self.data.read(self.largest + 1))


class HoursField(StringField):
    """Hours on screen ("7,5" or "7.5"), whole minutes in `data`."""

    data: int | None  # type: ignore[assignment]

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return hours(Decimal(self.data) / 60, locale=str(get_locale())) if self.data is not None else ""

    def process_formdata(self, valuelist: list[Any]) -> None:
        typed = str(valuelist[0]).strip() if valuelist else ""
        self.data = minutes_typed(typed) if typed else None


def minutes_typed(typed: str) -> int:
    try:
        number = Decimal(typed.replace(",", "."))
    except InvalidOperation:
        number = Decimal(-1)
    if not number.is_finite() or not 0 <= number <= MOST_HOURS:
        raise ValueError(gettext("Skriv timer som et tal, fx 6 eller 7,5."))
    return round(number * 60)


class CheckboxesField(SelectMultipleField):
    """Several of a few, as boxes to tick; show it with `forms.choices`."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class LinesField(TextAreaField):
    """Sentences, one on each line."""

    data: list[str]  # type: ignore[assignment]

    def _value(self) -> str:
        return str(self.raw_data[0]) if self.raw_data else "\n".join(self.data or ())

    def process_formdata(self, valuelist: list[Any]) -> None:
        if valuelist:
            self.data = tidy_lines(str(valuelist[0]))


def tidy_lines(text: str) -> list[str]:
    return [line for line in (" ".join(line.split()) for line in text.splitlines()) if line]


class PartsField(Field):
    """A field of several boxes: `read` makes its value of what was typed, `typed` shows it again."""

    parts: tuple[str, ...] = ()

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        super().process(None, data)
        self.typed = self._as_typed(self.data)
        posted = formdata is not None and any(f"{self.name}-{part}" in formdata for part in self.parts)
        if not posted:
            return
        self.typed = list(
            zip(*(formdata.getlist(f"{self.name}-{part}") for part in self.parts), strict=False)
        )
        self.process_errors = []
        try:
            self.data = self._read(self.typed)
        except ValueError as refusal:
            self.process_errors.append(str(refusal))

    def _as_typed(self, data: Any) -> list[tuple[str, ...]]:
        raise NotImplementedError

    def _read(self, typed: list[tuple[str, ...]]) -> Any:
        raise NotImplementedError


class TaskLinesField(PartsField):
    """Tasks with their kind and share; lines without a text are left out."""

    parts = ("text", "kind", "percent")
    data: list[Line]
    more = 0

    @property
    def kinds(self) -> list[tuple[str, str]]:
        return [(value, said(text)) for value, text in choices(TaskKind)]

    def with_more(self) -> None:
        """Room for more, when that is what was asked for."""
        self.more = SPARE

    def process_data(self, value: Any) -> None:
        self.data = [Line(task.text, task.kind, task.percent) for task in value or ()]

    def _as_typed(self, data: Any) -> list[tuple[str, ...]]:
        return [
            (line.text, line.kind.value, "" if line.percent is None else str(line.percent)) for line in data
        ]

    def _read(self, typed: list[tuple[str, ...]]) -> list[Line]:
        return [
            _line(number, " ".join(text.split()), kind, percent.strip().removesuffix("%").strip())
            for number, (text, kind, percent) in enumerate(typed, start=1)
            if text.strip() or percent.strip()
        ]

    def lines(self) -> list[tuple[str, ...]]:
        """What is written, and room for more."""
        written = [line for line in self.typed if line[0] or line[2]]
        room = max(SPARE, len(self.typed) - len(written)) + self.more
        return (written + [("", TaskKind.INDIVIDUAL.value, "")] * room)[: max(MOST_LINES, len(written))]

    def _value(self) -> str:
        return ", ".join(
            f"{line.text} ({said(word(line.kind))}{'' if line.percent is None else f', {line.percent} %'})"
            for line in self.data
        )


def _line(number: int, text: str, kind: str, percent: str) -> Line:
    if not text:
        raise ValueError(gettext("Opgave %(number)s: skriv, hvad den går ud på.", number=number))
    if percent and not (percent.isdecimal() and 1 <= int(percent) <= 100):
        raise ValueError(
            gettext("Opgave %(number)s: skriv andelen som et helt tal fra 1 til 100.", number=number)
        )
    chosen = next((known for known in TaskKind if known.value == kind), TaskKind.OTHER)
    return Line(text, chosen, int(percent) if percent else None)


@dataclass(frozen=True, slots=True)
class Column:
    """A box of a row. `kind`: text, lines, date, hours, hidden, or select among `choices`."""

    part: str
    label: Any = ""
    kind: str = "text"
    choices: Any = ()
    hint: Any = ""


class RowsField(PartsField):
    """Records in rows of boxes; show it with `rows.rows`. A row whose chief box is empty is left out."""

    chief = ""
    columns: tuple[Column, ...] = ()
    spare = 2

    @property
    def parts(self) -> tuple[str, ...]:  # type: ignore[override]
        return tuple(column.part for column in self.columns)

    @property
    def rows(self) -> list[tuple[str, ...]]:
        """What is written, and room for more."""
        return [*self.typed, *[tuple("" for _column in self.columns)] * self.spare]

    def name_of(self, row: tuple[str, ...]) -> str:
        """What a row is called; where it is called nothing, its boxes are numbered."""
        return ""

    def _read(self, typed: list[tuple[str, ...]]) -> Any:
        named = [dict(zip(self.parts, row, strict=True)) for row in typed]
        written = [row for row in named if row[self.chief].strip()]
        self.typed = [tuple(row.values()) for row in written]
        return [self._record(number, row) for number, row in enumerate(written, start=1)]

    def _record(self, number: int, row: dict[str, str]) -> Any:
        """Raises ValueError with a sentence."""
        raise NotImplementedError

    def _value(self) -> str:
        return "; ".join(", ".join(part for part in row if part) for row in self.typed)


class ListField(StringField):
    """Words with commas between them."""

    data: list[str]  # type: ignore[assignment]

    def _value(self) -> str:
        return str(self.raw_data[0]) if self.raw_data else ", ".join(self.data or ())

    def process_formdata(self, valuelist: list[Any]) -> None:
        if valuelist:
            found = (" ".join(part.split()) for part in str(valuelist[0]).split(","))
            self.data = list(dict.fromkeys(part for part in found if part))


class FileForm(Form):
    """A part of a programme file. A rule of the file speaks of a place in it: the field there is called as
    its key, unless `PLACES` says another.
    """

    PLACES: ClassVar[dict[str, str]] = {}

    def refuse(self, broken: RuleBroken) -> None:
        if not isinstance(broken, BadEdit):
            return super().refuse(broken)
        for fault in broken.faults:
            super().refuse(RuleBroken(self.sentence(fault), field=self.field_at(fault.path)))
        return None

    def field_at(self, path: Path) -> str | None:
        steps = [self.PLACES.get(step, step) for step in reversed(path) if isinstance(step, str)]
        return next((step for step in steps if step in self), None)

    def sentence(self, fault: Fault) -> str:
        """With the cohort or module it is about, or the number of the row."""
        sentence = said(fault.sentence)
        inner = [step for step in fault.path[1:] if isinstance(step, int)]
        if fault.about:
            return f"{fault.about}: {sentence}"
        return f"{gettext('Nr. %(number)s', number=inner[0] + 1)}: {sentence}" if inner else sentence
