"""The shape of what is agreed with a payer, and of whom bills come from."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import DateField, IntegerField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Email, InputRequired, Length, NumberRange, Optional, Regexp

from placements.domain.application_payments import Agreed, Sender
from placements.fields import one_line
from placements.models.application_payments import (
    ApplicationPayment,
    InvoiceSender,
    PaymentTrack,
    WaiverAnswer,
)
from placements.web import Form, said
from placements.words import word

MOST = 1_000_000


def _short(longest: int = 120) -> Length:
    return Length(max=longest, message=_l("Skriv højst %(max)d tegn."))


def _email() -> Email:
    return Email(message=_l("Skriv en mailadresse som navn@eksempel.dk."))


def _kroner() -> NumberRange:
    return NumberRange(min=0, max=MOST, message=_l("Skriv et beløb i hele kroner."))


class PaymentForm(Form):
    payer_name = StringField(_l("Betaler"), [InputRequired(_l("Skriv, hvem der betaler.")), _short()])
    amount = IntegerField(
        _l("Beløb i kroner"), [InputRequired(_l("Skriv et beløb i hele kroner.")), _kroner()]
    )
    track = RadioField(_l("Hvordan bliver der betalt?"), [InputRequired(_l("Vælg, hvordan der betales."))])
    waiver_answer = SelectField(_l("Er der søgt om friplads eller tilskud?"), [Optional()])
    granted = IntegerField(_l("Tilskud i kroner"), [Optional(), _kroner()])
    approved_on = DateField(_l("Betaleren godkendte"), [Optional()])
    ean = StringField(_l("EAN-nummer (GLN)"), [Optional(), _short(30)])
    contact_name = StringField(_l("Kontaktperson hos betaleren"), [Optional(), _short()])
    contact_phone = StringField(_l("Telefon"), [Optional(), _short(40)])
    contact_email = StringField(_l("Mail"), [Optional(), _email()])
    payer_reference = StringField(_l("Betalerens egen reference"), [Optional(), _short()])

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.track.choices = [SelectChoice(one.value, said(word(one))) for one in PaymentTrack]
        self.waiver_answer.choices = [
            SelectChoice("", _l("Der er ikke søgt")),
            *(SelectChoice(one.value, said(word(one))) for one in WaiverAnswer),
        ]

    @classmethod
    def on(cls, payment: ApplicationPayment, **options: Any) -> PaymentForm:
        return cls(obj=payment, **options)

    @property
    def agreed(self) -> Agreed:
        return {
            "payer_name": one_line(self.payer_name.data),
            "amount": self.amount.data or 0,
            "granted": self.granted.data or 0,
            "track": PaymentTrack(self.track.data),
            "waiver_answer": WaiverAnswer(self.waiver_answer.data) if self.waiver_answer.data else None,
            "approved_on": self.approved_on.data,
            "ean": one_line(self.ean.data),
            "contact_name": one_line(self.contact_name.data),
            "contact_phone": one_line(self.contact_phone.data),
            "contact_email": one_line(self.contact_email.data),
            "payer_reference": one_line(self.payer_reference.data),
        }


def _needed(sentence: Any, *others: Any) -> list[Any]:
    return [InputRequired(sentence), *others]


class SenderForm(Form):
    """`version` is 0 until something has been written."""

    name = StringField(_l("Myndighedens navn"), _needed(_l("Skriv myndighedens navn."), _short()))
    cvr = StringField(_l("CVR-nummer"), _needed(_l("Skriv CVR-nummeret."), _short(20)))
    ean = StringField(_l("Eget EAN-nummer (GLN)"), [Optional(), _short(30)])
    street = StringField(_l("Vej og nummer"), _needed(_l("Skriv adressen."), _short()))
    postal_code = StringField(
        _l("Postnummer"), _needed(_l("Skriv postnummeret."), Regexp(r"^\d{4}$", message=_l("Fire cifre.")))
    )
    city = StringField(_l("By"), _needed(_l("Skriv byen."), _short(60)))
    bank_registration = StringField(
        _l("Registreringsnummer"),
        _needed(_l("Skriv bankens registreringsnummer."), Regexp(r"^\d{4}$", message=_l("Fire cifre."))),
    )
    bank_account = StringField(
        _l("Kontonummer"),
        _needed(_l("Skriv kontonummeret."), Regexp(r"^\d{6,10}$", message=_l("Seks til ti cifre."))),
    )
    contact_name = StringField(_l("Kontaktperson"), _needed(_l("Skriv, hvem der kan spørges."), _short()))
    contact_phone = StringField(_l("Telefon"), _needed(_l("Skriv et telefonnummer."), _short(40)))
    contact_email = StringField(_l("Mail"), _needed(_l("Skriv en mailadresse."), _email()))
    days_to_pay = IntegerField(
        _l("Dage til at betale"),
        _needed(_l("Skriv et antal dage."), NumberRange(min=1, max=120, message=_l("Mellem 1 og 120 dage."))),
    )

    @classmethod
    def on(cls, sender: InvoiceSender | None, **options: Any) -> SenderForm:
        if sender is None:
            return cls(version=0, days_to_pay=30, **options)
        return cls(obj=sender, **options)

    @property
    def written(self) -> Sender:
        fields = {name: self[name].data for name in Sender.__annotations__}
        return {name: one_line(value) if isinstance(value, str) else value for name, value in fields.items()}  # type: ignore[return-value]
