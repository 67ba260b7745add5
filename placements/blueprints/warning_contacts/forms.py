"""The shape of whom else we may write to."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, EmailField, StringField
from wtforms.validators import Email, InputRequired, Length

from placements.domain.users import BAD_EMAIL
from placements.domain.warning_contacts import LONGEST
from placements.fields import one_line
from placements.web import Form

TOO_LONG = _l("Skriv højst %(max)d tegn.")


class WarningContactForm(Form):
    name = StringField(
        _l("Navn"),
        [InputRequired(_l("Skriv personens navn.")), Length(max=LONGEST, message=TOO_LONG)],
        filters=[one_line],
    )
    email = EmailField(
        _l("E-mail"),
        [
            InputRequired(_l("Skriv personens e-mail.")),
            Length(max=LONGEST, message=TOO_LONG),
            Email(BAD_EMAIL),
        ],
        filters=[lambda value: value.strip().lower() if value else value],
    )
    agreed = BooleanField(_l("I må skrive til personen, og personen ved det"))
