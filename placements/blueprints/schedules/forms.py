"""The shapes of a rhythm to lay sessions by, and of the sessions line by line."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import time
from typing import Any

from flask import request
from flask_babel import get_locale, gettext
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, HiddenField, IntegerField, SelectField, StringField, TimeField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired, Length, NumberRange, Optional, Regexp

from placements.domain.module_runs import MOST_SEATS
from placements.domain.rules import RuleBroken
from placements.domain.schedules import Rhythm
from placements.domain.session_lines import Line
from placements.fields import CheckboxesField, HoursField, one_line
from placements.formatting import weekday
from placements.models.programmes import Audience, Module
from placements.web import Form

MOST = 200
EXTRA = re.compile(r"([a-z_]+):(\d{1,3})", re.ASCII)
AUDIENCES = {audience.value for audience in Audience}
REASON = [Optional(), Length(max=160, message=_l("Her er plads til 160 tegn."))]
WHERE = [
    Optional(),
    Length(max=400, message=_l("Her er plads til 400 tegn.")),
    Regexp(r"(?!\w+://)|https?://\S+$", message=_l("Et link begynder med https://")),
]


class RhythmForm(Form):
    """In the address: when the sessions are to be."""

    class Meta(Form.Meta):
        csrf = False

    module_id = SelectField(_l("Modul"), coerce=int)
    starts_on = DateField(_l("Fra"), [InputRequired(_l("Vælg en dato."))])
    weekdays = CheckboxesField(_l("Ugedage"), coerce=int)
    starts_at = TimeField(_l("Begynder kl."), [InputRequired(_l("Skriv, hvornår det begynder."))])
    minutes = HoursField(_l("Timer hver gang"), [InputRequired(_l("Skriv, hvor mange timer."))])
    skip_weeks = StringField(_l("Uger uden undervisning"), [Optional(), Length(max=200)])

    def of(self, modules: Sequence[Module]) -> RhythmForm:
        """One module of these; without any, all of the programme."""
        locale = str(get_locale())
        self.weekdays.choices = [
            SelectChoice(value=number, label=weekday(number, locale=locale)) for number in range(7)
        ]
        self.module_id.choices = [SelectChoice(value=m.id, label=f"{m.number}. {m.title}") for m in modules]
        if not modules:
            del self.module_id
        return self

    @property
    def rhythm(self) -> Rhythm:
        assert self.starts_on.data  # noqa: S101
        assert self.starts_at.data is not None  # noqa: S101
        return Rhythm(
            starts_on=self.starts_on.data,
            weekdays=frozenset(self.weekdays.data or ()),
            starts_at=self.starts_at.data,
            minutes=self.minutes.data or 0,
            skip_weeks=frozenset(map(int, re.findall(r"\d{1,2}", self.skip_weeks.data or ""))),
        )


def rhythm_form(rhythm: Rhythm, modules: Sequence[Module] = (), *, asked: bool) -> RhythmForm:
    """As the address says when something was asked for; otherwise as the cohort says."""
    kept = {
        "starts_on": rhythm.starts_on,
        "weekdays": sorted(rhythm.weekdays),
        "starts_at": rhythm.starts_at,
        "minutes": rhythm.minutes,
        "skip_weeks": ", ".join(str(week) for week in sorted(rhythm.skip_weeks)),
    }
    return RhythmForm(request.args if asked else None, data=kept).of(modules)


class LinesForm(Form):
    """Numbered lines, each a session: made by `lines_form`."""

    UNPRINTED = frozenset({"reason"})

    count = 0
    again: Callable[[], LinesForm]
    known: Sequence[Line] = ()
    seen = HiddenField()
    elsewhere = StringField(_l("Sted eller link til resten"), WHERE, filters=[one_line])
    reason = StringField(_l("Hvorfor netop da?"), REASON, filters=[one_line])

    def stored(self, record: Any) -> Form:
        return self.again()

    @property
    def seen_mark(self) -> int:
        typed = str(self.seen.data or "")
        return int(typed) if typed.isdecimal() else -1

    @property
    def rows(self) -> list[dict[str, Any]]:
        names = ("held_on", "starts_at", "ends_at", "module_id", "where", "off", "id", "audiences", "extra")
        return [{name: self[f"{name}_{number}"] for name in names} for number in range(self.count)]

    @property
    def written(self) -> list[tuple[dict[str, Any], Line | None]]:
        """Each row with what it says; nothing where it has no date or is taken off."""
        return [(row, self._line(row)) for row in self.rows]

    @property
    def lines(self) -> list[Line]:
        return [line for _row, line in self.written if line]

    def _line(self, row: dict[str, Any]) -> Line | None:
        if row["held_on"].data is None or row["off"].data:
            return None
        session_id = int(row["id"].data) if str(row["id"].data or "").isdecimal() else None
        old = next((line for line in self.known if line.session_id == session_id and session_id), None)
        place, link = _place_and_link(row["where"].data or self.elsewhere.data, old)
        return Line(
            module_id=row["module_id"].data,
            held_on=row["held_on"].data,
            starts_at=row["starts_at"].data or time(0),
            ends_at=row["ends_at"].data or time(0),
            place=place,
            link=link,
            audiences=tuple(a for a in str(row["audiences"].data or "").split(",") if a in AUDIENCES),
            extra_minutes=_extra(row["extra"].data),
            session_id=session_id,
        )


def _extra(text: str | None) -> dict[str, int]:
    found = (EXTRA.fullmatch(part) for part in str(text or "").split(","))
    return {read[1]: int(read[2]) for read in found if read and read[1] in AUDIENCES}


def _place_and_link(typed: str | None, old: Line | None) -> tuple[str | None, str | None]:
    """One box for both; what stands there unchanged keeps the other as well."""
    if old and typed == (old.place or old.link):
        return old.place, old.link
    return (None, typed) if typed and "://" in typed else (typed, None)


class RunLinesForm(LinesForm):
    seats = IntegerField(
        _l("Pladser"), [Optional(), NumberRange(1, MOST_SEATS, _l("Skriv et tal mellem 1 og 200."))]
    )


def lines_form(
    lines: Callable[[], Sequence[Line]],
    modules: Sequence[Module],
    *,
    seen: int,
    kind: type[LinesForm] = LinesForm,
    at_least: int = 0,
    values: dict[str, Any] | None = None,
    **options: Any,
) -> LinesForm:
    """One line more stands empty. `lines` gives what is kept or proposed now."""
    kept = lines()
    sent = 0 if "formdata" in options else sum(name.startswith("held_on_") for name in request.form)
    if max(sent, len(kept)) > MOST:
        raise RuleBroken(
            gettext("Der er flere end %(most)s linjer. Så mange kan ikke gemmes på en gang.", most=MOST)
        )
    count = min(max(sent, at_least, len(kept) + 1), MOST)
    fields: dict[str, Any] = {}
    data: dict[str, Any] = {"seen": seen, **(values or {})}
    for number in range(count):
        fields |= _line_fields(number, modules)
        data |= _line_data(number, kept[number]) if number < len(kept) else {}
    form: LinesForm = type("LinesOfTimetable", (kind,), fields)(data=data, **options)
    form.count, form.known = count, kept
    form.again = lambda: lines_form(
        lines, modules, seen=seen, kind=kind, at_least=count, values=values, formdata=None
    )
    return form


def _line_fields(number: int, modules: Sequence[Module]) -> dict[str, Any]:
    choices = [SelectChoice(value=m.id, label=f"{m.number}. {m.title}") for m in modules]
    at = number + 1
    starts, ends = _l("Begynder kl., linje %(line)s", line=at), _l("Slutter kl., linje %(line)s", line=at)
    where = _l("Sted eller link, linje %(line)s", line=at)
    return {
        f"id_{number}": HiddenField(),
        f"held_on_{number}": DateField(_l("Dato, linje %(line)s", line=at), [Optional()]),
        f"starts_at_{number}": TimeField(starts, [Optional()]),
        f"ends_at_{number}": TimeField(ends, [Optional()]),
        f"module_id_{number}": SelectField(_l("Modul, linje %(line)s", line=at), choices=choices, coerce=int),
        f"where_{number}": StringField(where, WHERE, filters=[one_line]),
        f"off_{number}": BooleanField(_l("Tag linje %(line)s af", line=at)),
        f"audiences_{number}": HiddenField(),
        f"extra_{number}": HiddenField(),
    }


def _line_data(number: int, line: Line) -> dict[str, Any]:
    return {
        f"id_{number}": line.session_id or "",
        f"held_on_{number}": line.held_on,
        f"starts_at_{number}": line.starts_at,
        f"ends_at_{number}": line.ends_at,
        f"module_id_{number}": line.module_id,
        f"where_{number}": line.place or line.link,
        f"audiences_{number}": ",".join(line.audiences),
        f"extra_{number}": ",".join(f"{who}:{minutes}" for who, minutes in line.extra_minutes.items()),
    }
