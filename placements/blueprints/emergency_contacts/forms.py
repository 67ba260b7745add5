"""The shape of whom to call."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import StringField, TelField
from wtforms.validators import InputRequired, Length, Optional

from placements.domain.emergency_contacts import LONGEST
from placements.fields import one_line
from placements.web import Form

TOO_LONG = _l("Skriv højst %(max)d tegn.")


class EmergencyContactForm(Form):
    name = StringField(
        _l("Navn"),
        [InputRequired(_l("Skriv personens navn.")), Length(max=LONGEST, message=TOO_LONG)],
        filters=[one_line],
    )
    phone = TelField(
        _l("Telefon"),
        [InputRequired(_l("Skriv telefonnummeret.")), Length(max=40, message=TOO_LONG)],
        filters=[one_line],
    )
    relation = StringField(
        _l("Hvem er personen for dig?"), [Optional(), Length(max=40, message=TOO_LONG)], filters=[one_line]
    )
