"""The shape of a register, and of a guest."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import DateField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from placements.domain import paper_registers, registers
from placements.domain.registers import Entry, Mark, Register
from placements.fields import one_line
from placements.models.attendance import AbsenceReason
from placements.models.follow_up_days import AttendanceStatus
from placements.web import Form, said
from placements.words import choices

OWN = "own-"


def digits(value: str | None) -> str | None:
    """Without the space that is shown in the middle."""
    return "".join(value.split()) if value else value


@dataclass(frozen=True, slots=True)
class Row:
    """A person with their fields."""

    entry: Entry
    status: RadioField
    late: IntegerField
    early: IntegerField
    reason: SelectField

    @property
    def errors(self) -> list[tuple[str, str]]:
        """(id of the field, sentence)"""
        fields = (self.status, self.late, self.early, self.reason)
        return [(field.name, str(problem)) for field in fields for problem in field.errors]


class RegisterForm(Form):
    """Radio buttons, minutes and a reason for each person, named after the enrolment: see `register_form`."""

    register: Register
    again: Callable[[], RegisterForm]

    def stored(self, record: Any) -> Form:
        return self.again()

    @property
    def rows(self) -> list[Row]:
        return [
            Row(
                entry,
                *(self[f"{kind}_{entry.enrolment_id}"] for kind in ("status", "late", "early", "reason")),
            )
            for entry in self.register.open_entries
        ]

    @property
    def words(self) -> list[tuple[str, str, str]]:
        """(value, what it is called, what it counts as): the three, then the programme's own."""
        usual = [(value, said(text), value) for value, text in choices(AttendanceStatus)]
        own = [(f"{OWN}{word.id}", word.name, word.counts_as.value) for word in self.register.own_words]
        return usual + own

    @property
    def marks(self) -> dict[int, Mark]:
        own = {f"{OWN}{word.id}": word for word in self.register.own_words}
        return {row.entry.enrolment_id: _mark(row, own.get(row.status.data or "")) for row in self.rows}


def _mark(row: Row, own: Any) -> Mark:
    return Mark(
        own.counts_as if own else AttendanceStatus(row.status.data),
        own,
        row.late.data or 0,
        row.early.data or 0,
        AbsenceReason(row.reason.data) if row.reason.data else None,
    )


def register_form(
    load: Callable[[], Register], *, read: Mapping[int, Mark] | None = None, **values: Any
) -> RegisterForm:
    """As it is kept or proposed; `read` are marks that a paper register says, not saved yet."""
    register = load()
    form_class = type("RegisterOfSession", (RegisterForm,), {})
    form_class.register = register  # type: ignore[attr-defined]
    for entry in register.open_entries:
        mark = (read or {}).get(entry.enrolment_id) or registers.proposed(register, entry)
        for name, field in _fields(register, entry, mark).items():
            setattr(form_class, f"{name}_{entry.enrolment_id}", field)
    form: RegisterForm = form_class(data={"version": register.session.version}, **values)
    form.again = lambda: register_form(load, formdata=None)
    return form


def _fields(register: Register, entry: Entry, mark: Mark) -> dict[str, Any]:
    words = [SelectChoice(value=value, label=said(text)) for value, text in choices(AttendanceStatus)]
    words += [SelectChoice(value=f"{OWN}{word.id}", label=word.name) for word in register.own_words]
    reasons = [SelectChoice(value="", label=gettext("Ikke oplyst"))]
    reasons += [SelectChoice(value=value, label=said(text)) for value, text in choices(AbsenceReason)]
    about = {"name": entry.name}
    needed = [InputRequired(_l("Vælg, om personen var til stede."))]
    minutes = [Optional(), NumberRange(min=0, message=_l("Skriv antallet af minutter, fx 15."))]
    return {
        "status": RadioField(
            entry.name,
            needed,
            choices=words,
            default=f"{OWN}{mark.own.id}" if mark.own else mark.status.value,
        ),
        "late": IntegerField(
            gettext("%(name)s, minutter for sent", **about), minutes, default=mark.late or None
        ),
        "early": IntegerField(
            gettext("%(name)s, minutter før tid", **about), minutes, default=mark.early or None
        ),
        "reason": SelectField(
            gettext("%(name)s, grund", **about),
            choices=reasons,
            default=mark.reason.value if mark.reason else "",
        ),
    }


class GuestForm(Form):
    name = StringField(
        _l("Gæstens navn"),
        [
            DataRequired(_l("Skriv gæstens navn.")),
            Length(max=120, message=_l("Navnet kan højst fylde 120 tegn.")),
        ],
        filters=[one_line],
    )


class CheckInForm(Form):
    UNPRINTED = frozenset({"code"})
    code = StringField(_l("Koden på skærmen"), [DataRequired(_l("Skriv de seks tal."))], filters=[digits])


class PaperForm(Form):
    UNPRINTED = frozenset({"text"})
    text = TextAreaField(
        _l("Listen fra papiret"),
        [
            DataRequired(_l("Indsæt listen, en person på hver linje.")),
            Length(max=paper_registers.LONGEST, message=_l("Listen er for lang. Indsæt en gang ad gangen.")),
        ],
    )


class NoticeForm(Form):
    reason = SelectField(_l("Hvad er grunden?"), [InputRequired(_l("Vælg en grund."))])


def notice_form(**values: Any) -> NoticeForm:
    form = NoticeForm(**values)
    form.reason.choices = [SelectChoice(value="", label=gettext("Vælg"))]
    form.reason.choices += [
        SelectChoice(value=value, label=said(text)) for value, text in choices(AbsenceReason)
    ]
    return form


class ReportFilter(Form):
    """`cohort`, `from` and `to` in the address of the report; what is no date is as good as none."""

    class Meta:
        csrf = False

    cohort = StringField()
    first = DateField(name="from", validators=[Optional()])
    last = DateField(name="to", validators=[Optional()])
