"""The shape of a framework agreement."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import DateField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from placements.domain.scans import LARGEST
from placements.fields import UploadField, one_line
from placements.web import Form


class FrameworkForm(Form):
    reference = StringField(
        _l("Nummer eller navn"),
        [
            DataRequired(_l("Skriv aftalens nummer eller navn.")),
            Length(max=120, message=_l("Her er plads til 120 tegn.")),
        ],
        filters=[one_line],
    )
    starts_on = DateField(_l("Gælder fra"), [InputRequired(_l("Vælg den første dag, aftalen gælder."))])
    expires_on = DateField(
        _l("Gælder til og med"), [Optional()], description=_l("Lad feltet være tomt, hvis den ikke udløber.")
    )

    scan = UploadField(
        _l("Den underskrevne aftale, skannet"),
        largest=LARGEST,
        description=_l("PDF, JPEG eller PNG, højst 10 MB. Den er kun for koordinatorer."),
    )

    def values(self) -> dict[str, Any]:
        return {field.name: field.data for field in (self.reference, self.starts_on, self.expires_on)}
