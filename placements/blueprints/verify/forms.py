"""The shape of a verification code."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.validators import InputRequired, Length

from placements.web import Form


class CodeForm(Form):
    code = StringField(
        _l("Kontrolkode"),
        [
            InputRequired(_l("Skriv koden fra beviset.")),
            Length(max=60, message=_l("Koden er på 16 tegn. Se efter på beviset.")),
        ],
        render_kw={"autocomplete": "off", "spellcheck": "false"},
    )
