"""The shape of what is chosen and written about one placement."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import DateField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired, Length, Optional

from placements import words
from placements.fields import HoursField, one_line
from placements.models.enrolments import Enrolment
from placements.models.hosts import Contact
from placements.models.offers import Offer
from placements.models.placements import LegalBasis, Placement
from placements.web import Form, said

LONGEST_REASON = 500
NEW = "new"


def _person(contact: Contact) -> str:
    return f"{contact.name}, {contact.title}" if contact.title else contact.name


def _legal_bases() -> list[SelectChoice]:
    return [SelectChoice(value, said(text)) for value, text in words.choices(LegalBasis)]


def _noted(person: Enrolment, notes: Mapping[int, str]) -> str:
    return f"{person.user.name} – {notes[person.id]}" if person.id in notes else person.user.name


class SupervisorForm(Form):
    people: Sequence[Contact] = ()
    supervisor_id = SelectField(_l("Praktikvejleder"), [InputRequired(_l("Vælg en praktikvejleder."))])

    @classmethod
    def on(cls, placement: Placement, people: Sequence[Contact], **options: Any) -> SupervisorForm:
        form = cls(version=placement.version, supervisor_id=placement.supervisor_id, **options)
        form.people = people
        choices = [SelectChoice(str(person.id), _person(person)) for person in people]
        form.supervisor_id.choices = [SelectChoice("", gettext("Vælg en person")), *choices]
        return form

    def stored(self, record: Placement) -> SupervisorForm:
        return SupervisorForm.on(record, self.people, formdata=None)


class AcceptForm(Form):
    """Yes, and who follows the student: one of the unit's people, somebody new, or nobody yet."""

    supervisor_id = SelectField(_l("Praktikvejleder"), [Optional()])
    new_name = StringField(
        _l("Navn på den nye praktikvejleder"),
        [Optional(), Length(max=120, message=_l("Her er plads til 120 tegn."))],
        filters=[one_line],
    )

    @classmethod
    def on(cls, placement: Placement, people: Sequence[Contact], **options: Any) -> AcceptForm:
        form = cls(version=placement.version, **options)
        named = [SelectChoice(str(person.id), _person(person)) for person in people]
        blank = SelectChoice("", gettext("Vælges senere"))
        form.supervisor_id.choices = [blank, *named, SelectChoice(NEW, gettext("En anden"))]
        return form

    def validate(self, extra_validators: Any = None) -> bool:
        """Somebody new has a name; a name alone is somebody new."""
        valid = bool(super().validate(extra_validators))
        if self.supervisor_id.data == NEW and not self.new_name.data:
            self.new_name.errors = [gettext("Skriv navnet på praktikvejlederen.")]
            return False
        return valid

    @property
    def chosen_id(self) -> int | None:
        return int(self.supervisor_id.data) if (self.supervisor_id.data or "").isdecimal() else None

    @property
    def chosen_name(self) -> str | None:
        return None if self.chosen_id else self.new_name.data or None


class LegalBasisForm(Form):
    legal_basis = SelectField(_l("Retsgrundlag"), [InputRequired(_l("Vælg et retsgrundlag."))])

    @classmethod
    def on(cls, placement: Placement, **options: Any) -> LegalBasisForm:
        form = cls(version=placement.version, legal_basis=placement.legal_basis, **options)
        form.legal_basis.choices = [SelectChoice("", gettext("Vælg et retsgrundlag")), *_legal_bases()]
        return form

    def stored(self, record: Placement) -> LegalBasisForm:
        return LegalBasisForm.on(record, formdata=None)


class ReasonForm(Form):
    UNPRINTED = frozenset({"reason"})
    reason = TextAreaField(
        _l("Begrundelse"),
        [
            InputRequired(_l("Skriv en kort begrundelse.")),
            Length(max=LONGEST_REASON, message=_l("Begrundelsen kan højst fylde %(max)d tegn.")),
        ],
    )


class NewForm(Form):
    """A draft on an offer: who, and when and how much if it differs from what was offered."""

    enrolment_id = SelectField(_l("Studerende"), [InputRequired(_l("Vælg en studerende."))])
    starts_on = DateField(_l("Første dag"), [InputRequired(_l("Vælg den første dag."))])
    ends_on = DateField(_l("Sidste dag"), [InputRequired(_l("Vælg den sidste dag."))])
    weekly_minutes = HoursField(_l("Timer om ugen"), [InputRequired(_l("Skriv timer om ugen."))])
    legal_basis = SelectField(_l("Retsgrundlag"), [Optional()])

    @classmethod
    def on(cls, offer: Offer, people: Iterable[Enrolment], notes: Mapping[int, str]) -> NewForm:
        """`notes` say of a person (by enrolment) what stands in the way, before anything is saved."""
        form = cls(starts_on=offer.starts_on, ends_on=offer.ends_on, weekly_minutes=offer.weekly_minutes)
        blank = SelectChoice("", gettext("Vælg en studerende"))
        form.enrolment_id.choices = [blank, *(SelectChoice(str(p.id), _noted(p, notes)) for p in people)]
        form.legal_basis.choices = [SelectChoice("", gettext("Vælges senere")), *_legal_bases()]
        return form

    @property
    def basis(self) -> LegalBasis | None:
        return LegalBasis(self.legal_basis.data) if self.legal_basis.data else None
