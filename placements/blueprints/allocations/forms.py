"""A pair to settle, and the buttons of a proposal."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired

from placements.domain.allocation_inputs import Inputs
from placements.models.allocations import PairKind
from placements.web import Form, said
from placements.words import choices


class PairForm(Form):
    enrolment_id = SelectField(_l("Studerende"), [InputRequired(_l("Vælg en studerende."))])
    offer_id = SelectField(_l("Praktikplads"), [InputRequired(_l("Vælg en praktikplads."))])
    kind = RadioField(_l("Hvad gælder?"), [InputRequired(_l("Vælg, om parret er låst eller udelukket."))])

    def among(self, inputs: Inputs) -> PairForm:
        """Those who have no place yet, by name; offers by the name of their unit."""
        students = [(one.id, inputs.name("student", one.id)) for one in inputs.facts.students]
        offers = [(one.id, inputs.name("offer", one.id)) for one in inputs.facts.offers]
        self.enrolment_id.choices = _named(gettext("Vælg en studerende"), students)
        self.offer_id.choices = _named(gettext("Vælg en praktikplads"), offers)
        self.kind.choices = [SelectChoice(value, said(text)) for value, text in choices(PairKind)]
        return self

    def values(self) -> dict[str, Any]:
        return {
            "enrolment_id": int(self.enrolment_id.data),
            "offer_id": int(self.offer_id.data),
            "kind": PairKind(self.kind.data),
        }


class VersionForm(Form):
    """A button: the token, and which version of the proposal it stood beside."""


def _named(first: str, pairs: list[tuple[int, str]]) -> list[SelectChoice]:
    ordered = sorted(pairs, key=lambda pair: (pair[1], pair[0]))
    return [SelectChoice("", first), *(SelectChoice(str(id_), name) for id_, name in ordered)]
