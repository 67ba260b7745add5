"""The shapes of an address, and of each page of an application."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    EmailField,
    RadioField,
    SelectField,
    StringField,
    TelField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired, Email, InputRequired, Length, Optional

from placements.domain import (
    application_answers,
    application_steps,
    application_texts,
    municipalities,
    personal_numbers,
)
from placements.domain.application_answers import Answers
from placements.domain.application_steps import Step
from placements.domain.applications import LONGEST_TEXT
from placements.fields import one_line, several_lines
from placements.models.applications import Application
from placements.web import Form, said

LONGEST_LINE = 120
_TOO_LONG = _l("Her er plads til %(max)d tegn.")


class AddressForm(Form):
    email = EmailField(
        _l("Din mailadresse"),
        [
            DataRequired(_l("Skriv din mailadresse.")),
            Email(_l("Mailadressen mangler noget. Den skal ligne navn@eksempel.dk.")),
            Length(max=LONGEST_LINE, message=_TOO_LONG),
        ],
        filters=[one_line],
        render_kw={"autocomplete": "email"},
    )


class PageForm(Form):
    """A page of the application. `parts` are the answers it gives, as `applications.save` takes them."""

    step: Step

    def stored(self, record: Any) -> PageForm:
        return form_of(self.step, record, application_answers.read(record), formdata=None)

    def parts(self) -> dict[str, Any]:
        """Raises `RuleBroken` for what must not be taken in."""
        typed = {name: value for name, value in self.data.items() if name not in {"version", "csrf_token"}}
        for name, value in typed.items():
            personal_numbers.refuse(str(value or ""), field=name)
        return {name: value if value is not None else "" for name, value in typed.items()}


class ContactForm(PageForm):
    name = StringField(
        _l("Dit navn"),
        [DataRequired(_l("Skriv dit navn.")), Length(max=LONGEST_LINE, message=_TOO_LONG)],
        filters=[one_line],
        render_kw={"autocomplete": "name"},
    )
    phone = TelField(
        _l("Din telefon"),
        [Optional(), Length(max=40, message=_TOO_LONG)],
        filters=[one_line],
        render_kw={"autocomplete": "tel"},
    )


class BornForm(PageForm):
    born_on = DateField(
        _l("Den dag, du er født"),
        [InputRequired(_l("Skriv den dag, du er født."))],
        render_kw={"autocomplete": "bday"},
    )


class ResidenceForm(PageForm):
    municipality = SelectField(
        _l("Din kommune"),
        [DataRequired(_l("Vælg den kommune, du bor i."))],
        choices=lambda: [
            SelectChoice("", _l("Vælg")),
            *(SelectChoice(name, name) for name in municipalities.names()),
        ],
    )


class ReferenceForm(PageForm):
    contact_name = StringField(
        _l("Navn"), [Optional(), Length(max=LONGEST_LINE, message=_TOO_LONG)], filters=[one_line]
    )
    contact_role = StringField(
        _l("Hvordan kender I hinanden?"),
        [Optional(), Length(max=LONGEST_LINE, message=_TOO_LONG)],
        filters=[one_line],
    )
    contact_phone = TelField(
        _l("Telefon"), [Optional(), Length(max=40, message=_TOO_LONG)], filters=[one_line]
    )


class DeclaredForm(PageForm):
    """A box for each statement; made by `form_of`."""

    def parts(self) -> dict[str, Any]:
        ticked = {name: value for name, value in self.data.items() if name.startswith("said-")}
        return {"declared": {name.removeprefix("said-"): bool(value) for name, value in ticked.items()}}


class WrittenForm(PageForm):
    """One text; made by `form_of`."""

    key = ""
    before: dict[str, str]

    def parts(self) -> dict[str, Any]:
        text = self["text"].data or ""
        personal_numbers.refuse(text, field="text")
        return {"written": {**self.before, self.key: text}}


def form_of(step: Step, application: Application, answers: Answers, **options: Any) -> PageForm:
    """The form of this page, filled with what was said."""
    make = _MADE[step.kind]
    form = make(step, application, answers, **options)
    form.step = step
    return form


def _declared(_step: Step, application: Application, answers: Answers, **options: Any) -> PageForm:
    criteria = application_steps.declared(application.cohort.programme)
    fields = {f"said-{one.key}": BooleanField(one.text) for one in criteria}
    before = {f"said-{key}": value for key, value in answers.declared.items()}
    made: PageForm = type("DeclaredForm", (DeclaredForm,), fields)(data=before, **options)
    return made


def _written(step: Step, _application: Application, answers: Answers, **options: Any) -> PageForm:
    assert step.criterion is not None  # noqa: S101
    text = TextAreaField(
        step.criterion.text,
        [
            DataRequired(_l("Skriv lidt her. Det behøver ikke at være langt.")),
            Length(max=LONGEST_TEXT, message=_TOO_LONG),
        ],
        filters=[several_lines],
        render_kw={"rows": 10},
    )
    kind = type("WrittenForm", (WrittenForm,), {"text": text, "key": step.criterion.key})
    made: WrittenForm = kind(data={"text": answers.written.get(step.criterion.key, "")}, **options)
    made.before = dict(answers.written)
    return made


def _payment(_step: Step, application: Application, answers: Answers, **options: Any) -> PageForm:
    cohort = application.cohort
    values = application_steps.payments(cohort.programme, answers, on=cohort.starts_on)
    choices = [SelectChoice(value, said(application_texts.payment(value))) for value in values]
    field = RadioField(
        _l("Hvordan bliver uddannelsen betalt?"),
        [InputRequired(_l("Vælg, hvordan den bliver betalt."))],
        choices=choices,
    )
    made: PageForm = type("PaymentForm", (PageForm,), {"payment": field})(obj=answers, **options)
    return made


def _plain(kind: type[PageForm]) -> Callable[..., PageForm]:
    def make(_step: Step, _application: Application, answers: Answers, **options: Any) -> PageForm:
        return kind(obj=answers, **options)

    return make


_MADE: dict[str, Callable[..., PageForm]] = {
    "contact": _plain(ContactForm),
    "born": _plain(BornForm),
    "residence": _plain(ResidenceForm),
    "reference": _plain(ReferenceForm),
    "declared": _declared,
    "written": _written,
    "payment": _payment,
}
