"""The shape of an amendment: of all its fields only those of its kind."""

from __future__ import annotations

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired, Length, Optional

from placements import words
from placements.domain.amendment_choices import Choices
from placements.domain.amendment_terms import FIELDS
from placements.domain.amendments import LONGEST
from placements.fields import HoursField
from placements.models.amendments import AmendmentKind, InterruptionCause
from placements.models.placements import Placement
from placements.web import Form, said


class AmendmentForm(Form):
    """Opened on the placement's version: what was agreed may not change while it is written."""

    paused_from = DateField(_l("Fra"), [InputRequired(_l("Vælg en dato."))])
    paused_to = DateField(_l("Til og med"), [InputRequired(_l("Vælg en dato."))])
    cause = SelectField(_l("Årsag"), [InputRequired(_l("Vælg en årsag."))])
    starts_on = DateField(_l("Ny første dag"), [InputRequired(_l("Vælg en dato."))])
    ends_on = DateField(_l("Ny sidste dag"), [InputRequired(_l("Vælg en dato."))])
    past_practicum = BooleanField(_l("Forløbet må slutte efter holdets praktikperiode"))
    weekly_minutes = HoursField(_l("Timer om ugen"), [InputRequired(_l("Skriv antallet af timer."))])
    unit_id = SelectField(_l("Nyt praktiksted"), [InputRequired(_l("Vælg et praktiksted."))])
    supervisor_id = SelectField(_l("Ny praktikvejleder"), [InputRequired(_l("Vælg en praktikvejleder."))])
    reason = TextAreaField(
        _l("Begrundelse"),
        [
            InputRequired(_l("Skriv en kort begrundelse.")),
            Length(max=LONGEST, message=_l("Begrundelsen kan højst fylde %(max)d tegn.")),
        ],
    )

    @classmethod
    def on(cls, placement: Placement, kind: AmendmentKind, choices: Choices) -> AmendmentForm:
        form = cls(
            version=placement.version,
            starts_on=placement.starts_on,
            ends_on=None if kind is AmendmentKind.INTERRUPTION else placement.ends_on,
            weekly_minutes=placement.weekly_minutes,
        )
        for name in {name for names in FIELDS.values() for name in names} - set(FIELDS[kind]):
            del form[name]
        return form._offer(kind, choices)

    def _offer(self, kind: AmendmentKind, choices: Choices) -> AmendmentForm:
        if kind is AmendmentKind.INTERRUPTION:
            causes = [SelectChoice(value, said(text)) for value, text in words.choices(InterruptionCause)]
            self.cause.choices = [SelectChoice("", gettext("Vælg en årsag")), *causes]
            self.ends_on.validators = [Optional()]
        if kind is AmendmentKind.UNIT:
            units = [SelectChoice(str(id_), name) for id_, name in choices.units]
            self.unit_id.choices = [SelectChoice("", gettext("Vælg et praktiksted")), *units]
        if "supervisor_id" in self:
            people = [
                SelectChoice(str(one.id), one.name, optgroup=one.unit if kind is AmendmentKind.UNIT else None)
                for one in choices.people
            ]
            self.supervisor_id.choices = [SelectChoice("", gettext("Vælg en person")), *people]
        return self


class SignForm(Form):
    read = BooleanField(
        _l("Jeg har læst tillægget og er enig"),
        [InputRequired(_l("Sæt kryds ved, at du har læst tillægget, før du underskriver."))],
    )
