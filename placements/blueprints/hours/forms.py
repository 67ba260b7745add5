"""The shapes of a week's hours, of several weeks to confirm, and of what is said when one is sent back."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from flask import request
from flask_babel import get_locale
from flask_babel import lazy_gettext as _l
from wtforms import SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired, Length, Optional

from placements.domain.hours_weeks import Line
from placements.fields import HoursField, one_line
from placements.formatting import full_weekday
from placements.models.hours import Activity
from placements.web import Form, said
from placements.words import choices

SPARE, MOST = 2, 40
LONGEST_NOTE = 200
READ = re.compile(r"(\d{1,18})-(\d{1,9})", re.ASCII)
Stored = tuple[int, Sequence[Line], str | None]
"""The version, the lines and the note."""


class WeekForm(Form):
    """Numbered lines of day, time and kind of task: made by `week_form`."""

    UNPRINTED = frozenset({"note"})

    count = 0
    again: Callable[[], WeekForm]
    note = StringField(
        _l("Bemærkning"),
        [Optional(), Length(max=LONGEST_NOTE, message=_l("Her er plads til 200 tegn."))],
        filters=[one_line],
    )

    def stored(self, record: Any) -> Form:
        return self.again()

    @property
    def rows(self) -> list[tuple[SelectField, HoursField, SelectField]]:
        return [
            (self[f"day_{number}"], self[f"minutes_{number}"], self[f"activity_{number}"])
            for number in range(self.count)
        ]

    @property
    def lines(self) -> list[Line]:
        """Those with any time on them."""
        return [
            Line(date.fromisoformat(day.data), Activity(activity.data), minutes.data)
            for day, minutes, activity in self.rows
            if minutes.data
        ]


def week_form(
    days: Sequence[date], stored: Callable[[], Stored], *, at_least: int = 0, **options: Any
) -> WeekForm:
    """`stored` gives what is kept now; two lines more stand empty."""
    version, lines, note = stored()
    sent = 0 if "formdata" in options else sum(name.startswith("minutes_") for name in request.form)
    count = min(max(sent, at_least, len(lines) + SPARE), MOST)
    fields: dict[str, Any] = {}
    for number in range(count):
        line = lines[number] if number < len(lines) else None
        fields |= _line_fields(number, days, line)
    made: WeekForm = type("WeekOfHours", (WeekForm,), fields)(
        data={"version": version, "note": note}, **options
    )
    made.count = count
    made.again = lambda: week_form(days, stored, at_least=count, formdata=None)
    return made


def _line_fields(number: int, days: Sequence[date], line: Line | None) -> dict[str, Any]:
    """A line that is not sent along counts as an empty one."""
    locale = str(get_locale())
    named = [SelectChoice(value=day.isoformat(), label=full_weekday(day, locale=locale)) for day in days]
    kinds = [SelectChoice(value=value, label=said(text)) for value, text in choices(Activity)]
    day = line.day if line else next(iter(days), date.min)
    activity = line.activity if line else Activity.INDIVIDUAL
    minutes: Any = line.minutes or None if line else None
    return {
        f"day_{number}": SelectField(_l("Dag"), choices=named, default=day.isoformat()),
        f"minutes_{number}": HoursField(_l("Timer"), [Optional()], default=minutes),
        f"activity_{number}": SelectField(_l("Opgave"), choices=kinds, default=activity.value),
    }


class SeveralForm(Form):
    """Weeks as they were read: `12-3` is the third version of the week with id 12."""

    weeks = SelectMultipleField(validate_choice=False)

    @property
    def versions(self) -> dict[int, int]:
        found = [READ.fullmatch(text) for text in self.weeks.data or []]
        return {int(read[1]): int(read[2]) for read in found if read}


class CommentForm(Form):
    UNPRINTED = frozenset({"comment"})
    comment = TextAreaField(
        _l("Hvad skal rettes?"),
        [
            DataRequired(_l("Skriv kort, hvad der skal rettes.")),
            Length(max=LONGEST_NOTE, message=_l("Her er plads til 200 tegn.")),
        ],
    )
