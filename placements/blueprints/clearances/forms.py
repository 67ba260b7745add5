"""The shapes of what a unit asks for, and of the dates of one check."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import DateField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired, Optional

from placements.models.clearances import ClearanceKind
from placements.web import Form, said
from placements.words import word

MUST, MAY = "must", "may"


class AskForm(Form):
    kind = SelectField(_l("Hvad skal ses?"), [InputRequired(_l("Vælg, hvad stedet beder om."))])
    firmness = RadioField(_l("Hvor fast er det?"), default=MUST)

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        kinds = [SelectChoice(kind.value, said(word(kind))) for kind in ClearanceKind]
        self.kind.choices = [SelectChoice("", gettext("Vælg")), *kinds]
        self.firmness.choices = [
            SelectChoice(MUST, gettext("Skal være i orden, før praktikken begynder")),
            SelectChoice(MAY, gettext("Er rart at have, men ikke et krav")),
        ]

    @property
    def chosen_kind(self) -> ClearanceKind:
        return ClearanceKind(self.kind.data)

    @property
    def mandatory(self) -> bool:
        return bool(self.firmness.data == MUST)


class DatesForm(Form):
    requested_on = DateField(_l("Bedt om"), [Optional()])
    seen_on = DateField(_l("Set"), [Optional()])
    expires_on = DateField(
        _l("Gælder til og med"), [Optional()], description=_l("Lad feltet være tomt, hvis den ikke udløber.")
    )

    def dates(self) -> dict[str, Any]:
        return {field.name: field.data for field in (self.requested_on, self.seen_on, self.expires_on)}
