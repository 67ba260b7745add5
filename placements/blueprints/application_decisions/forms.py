"""The shape of a cohort's decisions: an answer, a place and a reason for each; one deadline for offers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import DateField, HiddenField, IntegerField, SelectField, StringField, TimeField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Length, NumberRange, Optional

from placements.domain.application_decisions import LONGEST_REASON, Choice, Line
from placements.fields import one_line
from placements.formatting import COPENHAGEN, local
from placements.models.application_decisions import DecisionKind
from placements.web import Form, said
from placements.words import choices

DAYS_TO_ANSWER = 7
NOON = time(12)


@dataclass(frozen=True, slots=True)
class Row:
    """An application with its fields."""

    line: Line
    kind: SelectField
    place: IntegerField
    reasons: StringField
    opened: HiddenField

    @property
    def fields(self) -> tuple[SelectField, IntegerField, StringField]:
        return self.kind, self.place, self.reasons

    @property
    def errors(self) -> list[tuple[str, str]]:
        """(id of the field, sentence)"""
        return [(field.name, str(problem)) for field in self.fields for problem in field.errors]

    @property
    def choice(self) -> Choice:
        kind = DecisionKind(self.kind.data) if self.kind.data else None
        opened = str((self.opened.raw_data or [""])[0])
        return Choice(self.line.application.id, kind, opened, self.place.data, self.reasons.data or "")


class DecisionsForm(Form):
    """Made by `decisions_form`, with fields for each that can be decided."""

    lines: Sequence[Line] = ()
    answer_on = DateField(_l("Svar på tilbud senest"), [Optional()])
    answer_at = TimeField(_l("Klokken"), [Optional()])

    @property
    def rows(self) -> list[Row]:
        return [_row(self, line) for line in self.lines]

    @property
    def row_errors(self) -> list[tuple[str, str]]:
        return [error for row in self.rows for error in row.errors]

    @property
    def answer_by(self) -> datetime | None:
        """In Copenhagen's time; noon where no hour is given."""
        if self.answer_on.data is None:
            return None
        return datetime.combine(self.answer_on.data, self.answer_at.data or NOON, tzinfo=COPENHAGEN)


def _row(form: DecisionsForm, line: Line) -> Row:
    key = line.application.id
    return Row(line, *(form[f"{name}_{key}"] for name in ("kind", "place", "reasons", "opened")))


def decisions_form(lines: Sequence[Line], *, now: datetime, **options: Any) -> DecisionsForm:
    """Filled with what is prepared."""
    shown = [line for line in lines if line.open]
    deadlines = [line.prepared.answer_by for line in shown if line.prepared and line.prepared.answer_by]
    until = local(deadlines[0]) if deadlines else None
    fields, data = _fields(shown), _data(shown)
    data["answer_on"] = until.date() if until else local(now).date() + timedelta(days=DAYS_TO_ANSWER)
    data["answer_at"] = until.time() if until else NOON
    kind = type("DecisionsForm", (DecisionsForm,), {**fields, "lines": shown})
    made: DecisionsForm = kind(data=data, **options)
    return made


def _fields(lines: Sequence[Line]) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    answers = [SelectChoice("", gettext("Ikke besluttet")), *_kinds()]
    for line in lines:
        key = line.application.id
        fields[f"kind_{key}"] = SelectField(gettext("Svar"), [Optional()], choices=answers)
        fields[f"place_{key}"] = IntegerField(
            gettext("Plads"),
            [Optional(), NumberRange(1, 999, gettext("Skriv et helt tal mellem 1 og 999."))],
        )
        fields[f"reasons_{key}"] = StringField(
            gettext("Begrundelse"),
            [Optional(), Length(max=LONGEST_REASON, message=_l("Her er plads til %(max)d tegn."))],
            filters=[one_line],
        )
        fields[f"opened_{key}"] = HiddenField()
    return fields


def _kinds() -> list[SelectChoice]:
    return [SelectChoice(value, said(text)) for value, text in choices(DecisionKind)]


def _data(lines: Sequence[Line]) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for line in lines:
        key, prepared = line.application.id, line.prepared
        data[f"kind_{key}"] = prepared.kind.value if prepared else ""
        data[f"place_{key}"] = prepared.place if prepared else None
        data[f"reasons_{key}"] = line.reasons
        data[f"opened_{key}"] = line.mark
    return data
