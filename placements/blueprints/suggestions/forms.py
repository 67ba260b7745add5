"""The shape of a suggestion, and of the coordinator's answer to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired, Email, InputRequired, Length, Optional

from placements.domain.suggestions import Place
from placements.fields import CheckboxesField, one_line, several_lines
from placements.models.enrolments import Enrolment
from placements.models.hosts import OrganisationKind, Sector
from placements.models.offers import WayOfWorking
from placements.models.suggestions import Suggestion
from placements.web import Form, said
from placements.words import choices

SHORT = Length(max=160, message=_l("Her er plads til 160 tegn."))
LINE = Length(max=300, message=_l("Her er plads til 300 tegn."))
NEW = "new"


class SuggestForm(Form):
    UNPRINTED = frozenset({"why"})
    enrolment_id = SelectField(_l("Hold"), [InputRequired(_l("Vælg dit hold."))])
    unit_name = StringField(
        _l("Stedets navn"), [DataRequired(_l("Skriv, hvad stedet hedder.")), SHORT], filters=[one_line]
    )
    organisation_name = StringField(
        _l("Hvem hører det under?"),
        [DataRequired(_l("Skriv den region, kommune eller forening, stedet hører under.")), SHORT],
        filters=[one_line],
        description=_l("Fx Region Midtjylland, Aarhus Kommune eller en forening."),
    )
    sector = RadioField(_l("Sektor"), [InputRequired(_l("Vælg en sektor."))])
    municipality = StringField(_l("Kommune"), [Optional(), SHORT], filters=[one_line])
    contact_name = StringField(
        _l("Hvem kan vi tale med?"),
        [DataRequired(_l("Skriv navnet på en, vi kan tale med.")), SHORT],
        filters=[one_line],
    )
    contact_email = StringField(
        _l("Personens e-mail"),
        [
            DataRequired(_l("Skriv e-mailen.")),
            Email(_l("E-mailen ser ikke rigtig ud. Skriv den som navn@eksempel.dk.")),
            SHORT,
        ],
        filters=[one_line],
        render_kw={"type": "email", "autocomplete": "off"},
    )
    why = StringField(_l("Hvorfor er det et godt sted for dig?"), [Optional(), LINE], filters=[one_line])

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        self.sector.choices = [SelectChoice(value, said(text)) for value, text in choices(Sector)]

    def among(self, courses: Sequence[Enrolment]) -> SuggestForm:
        found = [SelectChoice(str(course.id), course.cohort.name) for course in courses]
        self.enrolment_id.choices = (
            [SelectChoice("", gettext("Vælg et hold")), *found] if len(found) > 1 else found
        )
        return self

    def values(self) -> dict[str, Any]:
        kept = ("unit_name", "organisation_name", "municipality", "contact_name", "contact_email", "why")
        return {name: self[name].data for name in kept} | {"sector": Sector(self.sector.data)}


class ApproveForm(Form):
    """A unit that is there, or a new one; and what the student may take part in."""

    UNPRINTED = frozenset({"answer"})

    unit_id = SelectField(_l("Praktiksted"))
    organisation_id = SelectField(_l("Organisation"))
    kind = RadioField(_l("Slags organisation"), [Optional()])
    ways = CheckboxesField(
        _l("Hvad kan den studerende være med til?"),
        [InputRequired(_l("Vælg mindst én ting, den studerende kan være med til."))],
    )
    answer = TextAreaField(
        _l("Hilsen til den studerende"), [Optional(), LINE], filters=[several_lines], render_kw={"rows": 2}
    )

    def among(
        self, suggestion: Suggestion, units: Sequence[Any], organisations: dict[int, str]
    ) -> ApproveForm:
        new_unit = gettext("Et nyt sted: %(name)s", name=suggestion.unit_name)
        self.unit_id.choices = [
            SelectChoice(NEW, new_unit),
            *(SelectChoice(str(unit_id), f"{name}, {owner}") for unit_id, name, owner in units),
        ]
        new_owner = gettext("En ny organisation: %(name)s", name=suggestion.organisation_name)
        known = [SelectChoice(str(key), name) for key, name in organisations.items()]
        self.organisation_id.choices = [SelectChoice(NEW, new_owner), *known]
        self.kind.choices = [SelectChoice(value, said(text)) for value, text in choices(OrganisationKind)]
        self.ways.choices = [SelectChoice(value, said(text)) for value, text in choices(WayOfWorking)]
        return self

    def place(self) -> Place:
        if self.unit_id.data != NEW:
            return Place(unit_id=int(self.unit_id.data))
        if self.organisation_id.data != NEW:
            return Place(organisation_id=int(self.organisation_id.data))
        return Place(kind=OrganisationKind(self.kind.data) if self.kind.data else None)


class DeclineForm(Form):
    UNPRINTED = frozenset({"answer"})
    answer = TextAreaField(
        _l("Hvad vil du sige til den studerende?"),
        [DataRequired(_l("Skriv en venlig sætning til den studerende.")), LINE],
        filters=[several_lines],
        render_kw={"rows": 3},
    )
