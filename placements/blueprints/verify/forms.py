"""The shapes of a verification code, and of a file that somebody has been given."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileRequired
from wtforms import StringField
from wtforms.validators import InputRequired, Length

from placements.domain.verify import LARGEST
from placements.fields import UploadField
from placements.web import Form


class CodeForm(Form):
    UNPRINTED = frozenset({"code"})
    code = StringField(
        _l("Kontrolkode"),
        [
            InputRequired(_l("Skriv koden fra beviset.")),
            Length(max=60, message=_l("Koden er på 16 tegn. Se efter på beviset.")),
        ],
        render_kw={"autocomplete": "off", "spellcheck": "false"},
    )


class FileForm(Form):
    file = UploadField(
        _l("Dokumentet som PDF"), [FileRequired(_l("Vælg den fil, du har fået."))], largest=LARGEST
    )
