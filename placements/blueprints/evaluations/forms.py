"""The shape of a programme's own question."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired, Length, Optional

from placements.domain.evaluation_questions import LONGEST_TEXT
from placements.fields import one_line
from placements.models.evaluations import Moment, QuestionKind
from placements.web import Form, said
from placements.words import choices


class LinesField(TextAreaField):
    """A text on each line; `data` is a list of them."""

    data: list[str]  # type: ignore[assignment]

    def _value(self) -> str:
        return str(self.raw_data[0]) if self.raw_data else "\n".join(self.data or ())

    def process_formdata(self, valuelist: list[Any]) -> None:
        if valuelist:
            found = (" ".join(line.split()) for line in str(valuelist[0]).splitlines())
            self.data = [line[:100] for line in found if line]


class EditQuestionForm(Form):
    text = StringField(
        _l("Spørgsmål"),
        [
            InputRequired(_l("Skriv spørgsmålet.")),
            Length(max=LONGEST_TEXT, message=_l("Her er plads til 200 tegn.")),
        ],
        filters=[one_line],
    )
    kind = SelectField(_l("Svares med"), [InputRequired()])
    options = LinesField(_l("Svarmuligheder"), [Optional()], render_kw={"rows": 4})

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        self.kind.choices = [SelectChoice(value, said(text)) for value, text in choices(QuestionKind)]

    def values(self) -> dict[str, Any]:
        return {
            "kind": QuestionKind(self.kind.data),
            "text": self.text.data or "",
            "options": self.options.data or [],
        }


class NewQuestionForm(EditQuestionForm):
    moment = RadioField(_l("Stilles"), [InputRequired(_l("Vælg, hvornår der spørges."))])

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        self.moment.choices = [SelectChoice(value, said(text)) for value, text in choices(Moment)]


class VersionForm(Form):
    """A button: the token, and which version it stood beside."""
