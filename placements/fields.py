"""Form fields that several forms need: hours typed the Danish way, tidy text, boxes to tick."""

from __future__ import annotations

from contextlib import closing
from decimal import Decimal, InvalidOperation
from typing import Any

from flask_babel import get_locale, gettext
from flask_wtf.file import FileField
from wtforms import SelectMultipleField, StringField
from wtforms.widgets import CheckboxInput, ListWidget

from placements.formatting import hours

MOST_HOURS = 1000


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
        self.data = _minutes(typed) if typed else None


def _minutes(typed: str) -> int:
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
