"""The shapes of a day's plan, a topic and the register, and the filter of the list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import DateField, HiddenField, RadioField, SelectField, StringField, TimeField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from placements.domain.follow_up_attendance import Participant
from placements.fields import one_line
from placements.models.follow_up_days import AttendanceStatus
from placements.models.programmes import Module
from placements.web import Form, said
from placements.words import choices

PERSON = "placement_"


class CohortFilter(Form):
    """`cohort` in the address of the list."""

    class Meta:
        csrf = False

    cohort = StringField()


class EnsureForm(Form):
    cohort = HiddenField()


class PlanForm(Form):
    held_on = DateField(_l("Dato"), [Optional()])
    starts_at = TimeField(_l("Begynder kl."), [Optional()])
    ends_at = TimeField(_l("Slutter kl."), [Optional()])
    place = StringField(
        _l("Sted"),
        [Optional(), Length(max=160, message=_l("Stedet kan højst fylde 160 tegn."))],
        filters=[one_line],
    )


class TopicForm(Form):
    module_id = SelectField(_l("Modul"), coerce=int)
    text = StringField(
        _l("Emne"),
        [
            DataRequired(_l("Skriv, hvad emnet er.")),
            Length(max=200, message=_l("Emnet kan højst fylde 200 tegn.")),
        ],
        filters=[one_line],
    )

    def among(self, modules: Sequence[Module]) -> TopicForm:
        whole = SelectChoice(value=0, label=_l("Hele uddannelsen"))
        numbered = [SelectChoice(value=m.id, label=f"{m.number}. {m.title}") for m in modules]
        self.module_id.choices = [whole, *numbered]
        return self


class RegisterForm(Form):
    """Radio buttons for each participant, in a field named after the placement: made by `register_form`."""

    people: Sequence[Participant] = ()
    again: Callable[[], RegisterForm]

    def stored(self, record: Any) -> Form:
        return self.again()

    @property
    def rows(self) -> list[tuple[Participant, RadioField]]:
        return [(person, self[f"{PERSON}{person.placement_id}"]) for person in self.people]

    @property
    def attendance(self) -> dict[int, AttendanceStatus]:
        return {person.placement_id: AttendanceStatus(field.data) for person, field in self.rows}


def register_form(
    version: int, participants: Callable[[], Sequence[Participant]], **values: Any
) -> RegisterForm:
    """Everybody counts as present until somebody says otherwise."""
    people = participants()
    words = [SelectChoice(value=value, label=said(text)) for value, text in choices(AttendanceStatus)]
    needed = [InputRequired(_l("Vælg, om personen var til stede."))]
    fields = {
        f"{PERSON}{person.placement_id}": RadioField(
            person.name, needed, choices=words, default=(person.status or AttendanceStatus.PRESENT).value
        )
        for person in people
    }
    form: RegisterForm = type("RegisterOfDay", (RegisterForm,), fields)(data={"version": version}, **values)
    form.people = people
    form.again = lambda: register_form(version, participants, formdata=None)
    return form
