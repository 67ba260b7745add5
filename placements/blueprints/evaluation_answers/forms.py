"""The shape of an answer: a choice for each question, any of which may be left out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wtforms import RadioField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Optional

from placements.domain.evaluation_questions import answers_to, text_of
from placements.models.evaluations import EvaluationItem
from placements.web import Form, said


class AnswerForm(Form):
    """One radio field for each item; made by `answer_form`."""

    def chosen(self) -> dict[int, int | None]:
        """Item to value; nothing where nothing was chosen, or something that cannot be."""
        return {
            int(name.removeprefix("item-")): _value(field)
            for name, field in self._fields.items()
            if name.startswith("item-")
        }


def _value(field: Any) -> int | None:
    known = {choice.value for choice in field.choices}
    return int(field.data) if field.data in known else None


def answer_form(items: Sequence[EvaluationItem], **options: Any) -> AnswerForm:
    fields = {
        f"item-{item.id}": RadioField(
            said(text_of(item)),
            [Optional()],
            choices=[SelectChoice(str(value), said(label)) for value, label in answers_to(item).items()],
            validate_choice=False,
        )
        for item in items
    }
    made: AnswerForm = type("AnswerForm", (AnswerForm,), fields)(**options)
    return made
