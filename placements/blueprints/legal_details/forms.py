"""The shape of what is written about the legal basis."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import DateField, StringField, TextAreaField
from wtforms.validators import Length, Optional

from placements.domain.legal_details import FIELDS, Written, fields_for
from placements.models.legal_details import LegalDetails
from placements.models.placements import Placement
from placements.web import Form


def _short() -> list[Any]:
    return [Optional(), Length(max=120, message=_l("Skriv højst %(max)d tegn."))]


class LegalDetailsForm(Form):
    """Only what belongs to the legal basis; `version` is 0 until something has been written."""

    placement: Placement
    job_centre = StringField(_l("Jobcenter"), _short())
    job_centre_contact = StringField(_l("Kontakt i jobcentret"), _short())
    vitas_reference = StringField(_l("Nummer i VITAS"), _short())
    manager_name = StringField(_l("Leder på stedet"), _short())
    manager_approved_on = DateField(_l("Lederen godkendte"), [Optional()])
    representative_name = StringField(_l("Medarbejdernes repræsentant"), _short())
    representative_approved_on = DateField(_l("Repræsentanten godkendte"), [Optional()])
    insurance = TextAreaField(
        _l("Forsikring"), [Optional(), Length(max=500, message=_l("Skriv højst %(max)d tegn."))]
    )

    @classmethod
    def on(cls, placement: Placement, **options: Any) -> LegalDetailsForm:
        details = placement.legal_details
        form = cls(version=details.version if details else 0, obj=_values(details), **options)
        form.placement = placement
        for name in set(FIELDS) - set(fields_for(placement.legal_basis)):
            del form[name]
        return form

    def stored(self, record: LegalDetails) -> LegalDetailsForm:
        return LegalDetailsForm.on(record.placement, formdata=None)

    @property
    def written(self) -> Written:
        return {name: self[name].data for name in fields_for(self.placement.legal_basis)}  # type: ignore[return-value]


class _Values:
    """The stored values without the version, which the form takes from elsewhere."""

    def __init__(self, details: LegalDetails) -> None:
        for name in FIELDS:
            setattr(self, name, getattr(details, name))


def _values(details: LegalDetails | None) -> _Values | None:
    return _Values(details) if details else None
