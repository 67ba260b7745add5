"""The shapes of an address and a code."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import EmailField, StringField
from wtforms.validators import Email, InputRequired, Length, Regexp

from placements.web import Form


class EmailForm(Form):
    email = EmailField(
        _l("E-mail"),
        [
            InputRequired(_l("Skriv din e-mail.")),
            Length(
                max=254,
                message=_l("E-mailen er for lang. Se efter, om der er kommet noget med, som ikke hører til."),
            ),
            Email(_l("E-mailen ser ikke rigtig ud. Den skal have et @ og et domæne, fx navn@eksempel.dk.")),
        ],
        filters=[lambda value: value.strip() if value else value],
        render_kw={"autocomplete": "email"},
    )


class CodeForm(Form):
    UNPRINTED = frozenset({"code"})
    code = StringField(
        _l("Kode fra mailen"),
        [
            InputRequired(_l("Skriv koden på otte cifre fra mailen.")),
            Regexp(r"^\s*\d{4}\s?\d{4}\s*$", message=_l("Koden er på otte cifre. Se efter i mailen.")),
        ],
        render_kw={"inputmode": "numeric", "autocomplete": "one-time-code", "maxlength": 12},
    )


class ConfirmForm(Form):
    """Nothing but the token against forged requests."""
