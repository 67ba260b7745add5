"""The shape of a concern, of a goal in its plan, of sharing and of closing it."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from placements.domain.concerns import LONGEST
from placements.fields import one_line, several_lines
from placements.models.concerns import ConcernOutcome
from placements.web import Form, said
from placements.words import choices

TOO_LONG = _l("Her er plads til %(longest)s tegn. Gør teksten kortere.", longest=LONGEST)


class ConcernForm(Form):
    UNPRINTED = frozenset({"text"})
    text = TextAreaField(
        _l("Hvad vil du gerne have hjælp til?"),
        [DataRequired(_l("Skriv kort, hvad det handler om.")), Length(max=LONGEST, message=TOO_LONG)],
        filters=[several_lines],
        render_kw={"rows": 5},
    )


class GoalForm(Form):
    UNPRINTED = frozenset({"text"})
    text = StringField(
        _l("Hvad skal der ske?"),
        [DataRequired(_l("Skriv, hvad der skal ske.")), Length(max=300, message=_l("Højst 300 tegn."))],
        filters=[one_line],
    )
    due_on = DateField(_l("Senest"), [InputRequired(_l("Vælg den dag, det skal være sket."))])


class ShareForm(Form):
    shared_with_student = BooleanField(_l("Den studerende må se den"))
    shared_with_host = BooleanField(_l("Praktikværten må se den"))


class CloseForm(Form):
    UNPRINTED = frozenset({"closing_note"})
    outcome = RadioField(_l("Hvad kom der ud af det?"), [InputRequired(_l("Vælg, hvad der kom ud af det."))])
    closing_note = TextAreaField(
        _l("Note"),
        [Optional(), Length(max=LONGEST, message=TOO_LONG)],
        filters=[several_lines],
        render_kw={"rows": 3},
    )

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        self.outcome.choices = [SelectChoice(value, said(text)) for value, text in choices(ConcernOutcome)]
