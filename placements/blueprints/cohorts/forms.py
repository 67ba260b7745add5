"""The shapes of a participant and of a practicum's dates."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import DateField, EmailField, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired, Email, InputRequired, Length, Optional

from placements import words
from placements.models.programmes import Audience
from placements.web import Form, said


class ParticipantForm(Form):
    name = StringField(
        _l("Navn"),
        [
            DataRequired(_l("Skriv deltagerens navn.")),
            Length(max=120, message=_l("Navnet kan højst fylde 120 tegn.")),
        ],
        filters=[lambda value: " ".join(value.split()) if value else value],
    )
    email = EmailField(
        _l("E-mail"),
        [
            InputRequired(_l("Skriv deltagerens e-mail.")),
            Email(_l("E-mailen ser ikke rigtig ud. Den skal have et @ og et domæne, fx navn@eksempel.dk.")),
        ],
        filters=[lambda value: value.strip().lower() if value else value],
    )
    audience = SelectField(_l("Målgruppe"), [InputRequired(_l("Vælg en målgruppe."))])
    municipality = StringField(_l("Kommune"), [Optional(), Length(max=60)])

    def offer(self, audiences: list[Audience]) -> ParticipantForm:
        """Let people choose among the audiences that the programme is for."""
        self.audience.choices = [SelectChoice(value=a.value, label=said(words.word(a))) for a in audiences]
        return self


class PracticumForm(Form):
    practicum_starts_on = DateField(_l("Praktikken begynder"), [InputRequired(_l("Vælg en dato."))])
    practicum_ends_on = DateField(_l("Praktikkens sidste dag"), [InputRequired(_l("Vælg en dato."))])
