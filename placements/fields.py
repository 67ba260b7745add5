"""Form fields that several forms need: hours typed the Danish way, tidy text, boxes to tick."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from flask_babel import get_locale, gettext
from wtforms import SelectMultipleField, StringField
from wtforms.widgets import CheckboxInput, ListWidget

from placements.formatting import hours

MOST_HOURS = 1000


def one_line(value: str | None) -> str | None:
    """Text without superfluous spaces; nothing when there is nothing."""
    return " ".join(value.split()) or None if value else None


def several_lines(value: str | None) -> str | None:
    return value.strip().replace("\r\n", "\n") or None if value else None


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
