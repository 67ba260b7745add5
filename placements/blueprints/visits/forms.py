"""The shape of a visit, a call, a mail or a meeting."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import DateField, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired, InputRequired, Length

from placements.fields import one_line
from placements.models.visits import VisitKind
from placements.web import Form, chosen, said
from placements.words import choices


class VisitForm(Form):
    UNPRINTED = frozenset({"people", "line"})
    held_on = DateField(_l("Dato"), [InputRequired(_l("Vælg en dato."))])
    kind = SelectField(_l("Slags"), [InputRequired(_l("Vælg, hvad det var."))])
    people = StringField(
        _l("Hvem var med?"),
        [
            DataRequired(_l("Skriv, hvem der var med.")),
            Length(max=160, message=_l("Her er plads til 160 tegn.")),
        ],
        filters=[one_line],
    )
    line = StringField(
        _l("Hvad handlede det om?"),
        [
            DataRequired(_l("Skriv én neutral linje.")),
            Length(max=200, message=_l("Her er plads til 200 tegn.")),
        ],
        filters=[one_line],
    )

    def stored(self, record: Any) -> Form:
        return visit_form(formdata=None, obj=record)

    @property
    def values(self) -> dict[str, Any]:
        return {
            "held_on": chosen(self.held_on),
            "kind": VisitKind(self.kind.data),
            "people": self.people.data,
            "line": self.line.data,
        }


def visit_form(**options: Any) -> VisitForm:
    form = VisitForm(**options)
    form.kind.choices = [SelectChoice(value=value, label=said(text)) for value, text in choices(VisitKind)]
    return form
