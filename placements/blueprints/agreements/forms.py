"""The shape of what the parties write, and of a signature."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, HiddenField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from placements.domain.agreements import LONGEST, WRITTEN
from placements.domain.scans import LARGEST as LARGEST_SCAN
from placements.domain.signatures import missing
from placements.fields import UploadField
from placements.i18n import _
from placements.models.agreements import AgreementVersion, Party
from placements.pdf.agreement.values import TITLES
from placements.web import Form, said
from placements.words import word

HINTS = {
    3: _("Den studerendes egne mål. En linje med bindestreg bliver et punkt."),
    5: _("Dage og tider, når de er andre end i praktikpladsen, og tid til opfølgning og supervision."),
    6: _("Det, den studerende skal lave."),
    9: _("Kun hvad der gøres, aldrig hvorfor."),
    14: _("Hvad der er aftalt om transport og måltider."),
}
"""What is worth writing; the programme's standing text comes by itself."""


class AgreementForm(Form):
    """One text for each section that people write in; `number` is the version that was opened."""

    number = HiddenField()

    @classmethod
    def on(cls, version: AgreementVersion, **options: Any) -> AgreementForm:
        written = {f"section_{number}": version.sections.get(str(number), "") for number in WRITTEN}
        form = cls(version=version.version, number=version.number, **written, **options)
        for number in WRITTEN:
            form[f"section_{number}"].label.text = f"{number}. {said(TITLES[number])}"
            form[f"section_{number}"].description = said(HINTS.get(number, ""))
        return form

    def stored(self, record: AgreementVersion) -> AgreementForm:
        return AgreementForm.on(record, formdata=None)

    @property
    def sections(self) -> dict[int, str | None]:
        return {number: self[f"section_{number}"].data for number in WRITTEN}


def _section() -> Any:
    too_long = _l("Teksten kan højst fylde %(longest)s tegn. Gør den kortere.", longest=LONGEST)
    return TextAreaField("", [Optional(), Length(max=LONGEST, message=too_long)])


for _number in WRITTEN:
    setattr(AgreementForm, f"section_{_number}", _section())


class SeenForm(Form):
    """Which version, and which state of it, the coordinator has read."""

    number = HiddenField()


class PaperForm(Form):
    """A scan, the date on it, and the name of each party that has signed there; an empty name has not."""

    number = HiddenField()
    scan = UploadField(_l("Den skannede aftale"), largest=LARGEST_SCAN)
    signed_on = DateField(_l("Datoen på papiret"), [InputRequired(_l("Skriv datoen på papiret."))])

    @classmethod
    def on(cls, version: AgreementVersion) -> PaperForm:
        """With a field for each party whose signature is missing."""
        form = cls(number=version.number)
        wanted = missing(version)
        for party in Party:
            if party in wanted:
                form[f"name_{party.value}"].label.text = said(word(party))
            else:
                del form[f"name_{party.value}"]
        return form

    @property
    def read_number(self) -> int:
        typed = str(self.number.data or "")
        return int(typed) if typed.isdecimal() else 0

    @property
    def names(self) -> dict[Party, str]:
        return {party: self[key].data or "" for party in Party if (key := f"name_{party.value}") in self}


for _party in Party:
    setattr(
        PaperForm,
        f"name_{_party.value}",
        StringField("", [Optional(), Length(max=120, message=_l("Her er plads til 120 tegn."))]),
    )


class SignForm(Form):
    """`number` is the version that was read: nobody signs another than that."""

    number = HiddenField()
    read = BooleanField(
        _l("Jeg har læst aftalen og er enig"),
        [InputRequired(_l("Sæt kryds ved, at du har læst aftalen, før du underskriver."))],
    )

    @property
    def read_number(self) -> int:
        typed = str(self.number.data or "")
        return int(typed) if typed.isdecimal() else 0

    def anew(self, version: AgreementVersion) -> SignForm:
        """To be shown again with the version that is on the page now; another one is to be read first."""
        if self.read_number != version.number:
            self.number.data, self.read.data = str(version.number), False
        return self
