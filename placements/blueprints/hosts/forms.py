"""The shapes of an organisation, a unit and a change of name or owner, and the filter of the list."""

from __future__ import annotations

import enum
from datetime import date
from typing import Any, cast
from urllib.parse import urlencode

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import DateField, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from placements.fields import one_line, several_lines
from placements.models.hosts import OrganisationKind, Sector
from placements.web import Form, said
from placements.words import choices, word

NAME = [
    DataRequired(_l("Skriv navnet.")),
    Length(max=160, message=_l("Navnet kan højst fylde 160 tegn.")),
]
SHORT = [Optional(), Length(max=120, message=_l("Her er plads til 120 tegn."))]
LONG = [Optional(), Length(max=2000, message=_l("Her er plads til 2000 tegn."))]
NUMBER = [Optional(), Length(max=40, message=_l("Her er plads til 40 tegn."))]
KIND = [InputRequired(_l("Vælg, hvad det er for en organisation."))]
CORRECTION, CHANGE = "correction", "change"


class HostFilter(Form):
    """`q` and `sector` in the address of the list; what cannot be read filters nothing."""

    class Meta:
        csrf = False

    q = StringField(filters=[one_line])
    sector = StringField()

    @property
    def chosen_sector(self) -> Sector | None:
        return next((sector for sector in Sector if sector.value == self.sector.data), None)

    def sectors(self) -> list[tuple[str, str]]:
        return [(value, said(text)) for value, text in choices(Sector)]

    def in_words(self) -> list[tuple[str, str, str]]:
        """The filters in use: name, label and value."""
        sector = self.chosen_sector
        used = [
            ("q", gettext("Søgning"), self.q.data or ""),
            ("sector", gettext("Sektor"), said(word(sector)) if sector else ""),
        ]
        return [(name, label, value) for name, label, value in used if value]

    def address(self, *, without: str = "", after: int | None = None) -> str:
        """The list with these filters, but for one; from the beginning unless said."""
        kept = {"q": self.q.data, "sector": self.chosen_sector, "after": after}
        query = urlencode({name: value for name, value in kept.items() if value and name != without})
        return f"/hosts?{query}" if query else "/hosts"


class DetailsForm(Form):
    """What is told about an organisation besides its name."""

    kind = RadioField(_l("Slags"), KIND)
    cvr = StringField(_l("CVR-nummer"), NUMBER, filters=[one_line])
    ean = StringField(_l("EAN-nummer"), NUMBER, filters=[one_line])

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        self.kind.choices = _words(OrganisationKind)

    def values(self) -> dict[str, Any]:
        kind = OrganisationKind(self.kind.data)
        return {"kind": kind, "cvr": self.cvr.data, "ean": self.ean.data}


class OrganisationForm(DetailsForm):
    name = StringField(_l("Navn"), NAME, filters=[one_line])


class PauseForm(Form):
    UNPRINTED = frozenset({"reason"})
    reason = StringField(
        _l("Begrundelse"), [DataRequired(_l("Skriv en kort begrundelse.")), *SHORT[1:]], filters=[one_line]
    )


class MergeForm(Form):
    """`into` is the one that stays; both are as they were shown, or nothing happens."""

    into = HiddenField()
    kept_version = HiddenField()

    @property
    def chosen_id(self) -> int:
        typed = str(self.into.data or "")
        return int(typed) if typed.isdecimal() else 0

    @property
    def kept_version_number(self) -> int:
        typed = str(self.kept_version.data or "")
        return int(typed) if typed.isdecimal() else -1


class UnitForm(Form):
    """What is told about a unit besides its name and owner."""

    UNPRINTED = frozenset({"about"})

    sector = RadioField(_l("Sektor"), [InputRequired(_l("Vælg en sektor."))])
    address = StringField(_l("Adresse"), SHORT, filters=[one_line])
    municipality = StringField(_l("Kommune"), SHORT, filters=[one_line])
    phone = StringField(_l("Telefon"), SHORT, filters=[one_line])
    ean = StringField(_l("EAN-nummer"), NUMBER, filters=[one_line])
    about = TextAreaField(_l("Om stedet"), LONG, filters=[several_lines], render_kw={"rows": 5})

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        self.sector.choices = _words(Sector)


class NewUnitForm(UnitForm):
    name = StringField(_l("Navn"), NAME, filters=[one_line])
    organisation_id = SelectField(
        _l("Organisation"), [InputRequired(_l("Vælg den organisation, stedet hører under."))]
    )

    def among(self, organisations: dict[int, str]) -> NewUnitForm:
        self.organisation_id.choices = _blank() + _organisations(organisations)
        return self


class ChangeForm(Form):
    """A change that happens on a day, or the correction of something written wrong."""

    name = StringField(_l("Navn"), NAME, filters=[one_line])
    since = RadioField(_l("Hvad er der sket?"), default=CHANGE)
    from_day = DateField(
        _l("Gælder fra"), [Optional()], description=_l("Den første dag med det nye navn eller den nye ejer.")
    )

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        self.since.choices = [
            SelectChoice(CHANGE, gettext("Der kommer noget nyt fra en bestemt dag")),
            SelectChoice(CORRECTION, gettext("Der stod noget forkert, som skal rettes")),
        ]

    @property
    def is_correction(self) -> bool:
        return bool(self.since.data == CORRECTION)

    @property
    def first_day(self) -> date:
        """Of a change; a form that passed has one."""
        return cast(date, self.from_day.data)

    def validate(self, *args: Any, **values: Any) -> bool:
        """A change needs its day, a correction has none."""
        passed = bool(super().validate(*args, **values))
        if self.is_correction or self.from_day.data or self.from_day.errors:
            return passed
        self.from_day.errors = [gettext("Vælg den første dag, det nye gælder.")]
        return False


class UnitChangeForm(ChangeForm):
    organisation_id = SelectField(_l("Ejer"))

    def among(self, organisations: dict[int, str]) -> UnitChangeForm:
        self.organisations = organisations
        self.organisation_id.choices = _organisations(organisations)
        return self

    def stored(self, record: Any) -> Form:
        return type(self)(formdata=None, obj=record).among(self.organisations)


def _words(kind: type[enum.StrEnum]) -> list[SelectChoice]:
    return [SelectChoice(value, said(word)) for value, word in choices(kind)]


def _organisations(names: dict[int, str]) -> list[SelectChoice]:
    return [SelectChoice(str(organisation_id), said(name)) for organisation_id, name in names.items()]


def _blank() -> list[SelectChoice]:
    return [SelectChoice("", gettext("Vælg en organisation"))]
