"""The shape of an agreement about the time."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import DateField, StringField
from wtforms.validators import InputRequired, Length

from placements.fields import one_line
from placements.web import Form


class WorkingTimeForm(Form):
    agreed_on = DateField(_l("Aftalt den"), [InputRequired(_l("Skriv, hvilken dag det er aftalt."))])
    manager_name = StringField(
        _l("Lederens navn"),
        [
            InputRequired(_l("Skriv, hvem der er leder.")),
            Length(max=200, message=_l("Her er plads til 200 tegn.")),
        ],
        filters=[one_line],
    )
