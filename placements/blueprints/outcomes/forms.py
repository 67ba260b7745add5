"""The shape of what is known about somebody after the course: choices alone, no words of one's own."""

from __future__ import annotations

import enum
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import DateField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Optional

from placements.domain.outcomes import Known
from placements.models.outcomes import Afterwards, Result, SelfSupporting
from placements.web import Form, said
from placements.words import choices


class OutcomeForm(Form):
    as_derived = ""
    result = SelectField(_l("Sådan gik det"), [Optional()])
    consented_on = DateField(_l("Personen har sagt ja den"), [Optional()])
    afterwards = SelectField(_l("Bagefter"), [Optional()])
    support_before = SelectField(_l("Selvforsørgende før"), [Optional()])
    support_after = SelectField(_l("Selvforsørgende efter"), [Optional()])

    def stored(self, record: Any) -> Form:
        return outcome_form(self.as_derived, formdata=None, obj=record)

    @property
    def known(self) -> Known:
        return Known(
            Result(self.result.data) if self.result.data else None,
            self.consented_on.data,
            Afterwards(self.afterwards.data) if self.afterwards.data else None,
            SelfSupporting(self.support_before.data) if self.support_before.data else None,
            SelfSupporting(self.support_after.data) if self.support_after.data else None,
        )


def outcome_form(as_derived: str, **options: Any) -> OutcomeForm:
    """`as_derived` is the first choice of the result: what the placements say."""
    form = OutcomeForm(**options)
    form.as_derived = as_derived
    form.result.choices = _with(as_derived, Result)
    form.afterwards.choices = _with(gettext("Ikke skrevet"), Afterwards)
    form.support_before.choices = _with(gettext("Ikke skrevet"), SelfSupporting)
    form.support_after.choices = _with(gettext("Ikke skrevet"), SelfSupporting)
    return form


def _with(empty: str, kind: type[enum.StrEnum]) -> list[SelectChoice]:
    named = [SelectChoice(value=value, label=said(text)) for value, text in choices(kind)]
    return [SelectChoice(value="", label=empty), *named]
