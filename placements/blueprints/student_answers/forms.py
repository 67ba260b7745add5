"""Why not: a choice among a few words, and none has to be given."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from placements.models.student_answers import DeclineReason
from placements.web import Form, said
from placements.words import choices


class NoForm(Form):
    reason = RadioField(_l("Hvad er den vigtigste grund?"), default=DeclineReason.UNSAID.value)

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        self.reason.choices = [SelectChoice(value, said(text)) for value, text in choices(DeclineReason)]

    @property
    def chosen(self) -> DeclineReason:
        return DeclineReason(self.reason.data)
