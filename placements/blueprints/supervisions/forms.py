"""The shape of a supervision."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import DateField, RadioField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired, InputRequired, Length

from placements.fields import HoursField, one_line
from placements.models.supervisions import SupervisionForm as Kind
from placements.web import Form, chosen, said
from placements.words import choices


class RegisterForm(Form):
    UNPRINTED = frozenset({"held_by"})
    held_on = DateField(_l("Dato"), [InputRequired(_l("Vælg en dato."))])
    minutes = HoursField(_l("Timer"), [InputRequired(_l("Skriv, hvor mange timer det varede."))])
    held_by = StringField(
        _l("Holdt af"),
        [
            DataRequired(_l("Skriv navnet på den, der holdt supervisionen.")),
            Length(max=120, message=_l("Her er plads til 120 tegn.")),
        ],
        filters=[one_line],
    )
    form = RadioField(_l("Form"), [InputRequired(_l("Vælg en form."))], default=Kind.INDIVIDUAL.value)

    @property
    def values(self) -> dict[str, Any]:
        return {
            "held_on": chosen(self.held_on),
            "minutes": self.minutes.data or 0,
            "held_by": self.held_by.data,
            "form": Kind(self.form.data),
        }


def register_form(**options: Any) -> RegisterForm:
    form = RegisterForm(**options)
    form.form.choices = [SelectChoice(value=value, label=said(text)) for value, text in choices(Kind)]
    return form
