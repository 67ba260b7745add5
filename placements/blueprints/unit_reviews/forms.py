"""The shape of a student's review of a unit: four questions and at most one line."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired, Length, Optional

from placements.domain.unit_reviews import QUESTIONS
from placements.fields import one_line
from placements.models.unit_reviews import Rating
from placements.web import Form, said
from placements.words import choices


class ReviewForm(Form):
    """The questions are put in by `review_form`, in front of the line."""

    UNPRINTED = frozenset({"line"})

    line = StringField(
        _l("Er der mere, koordinatoren skal vide?"),
        [Optional(), Length(max=200, message=_l("Her er plads til 200 tegn."))],
        filters=[one_line],
    )

    @property
    def questions(self) -> list[RadioField]:
        return [self[name] for name in QUESTIONS]

    @property
    def ratings(self) -> dict[str, Rating]:
        return {name: Rating(self[name].data) for name in QUESTIONS}


def review_form(**options: Any) -> ReviewForm:
    scale = [SelectChoice(value=value, label=said(text)) for value, text in choices(Rating)]
    asked: dict[str, Any] = {
        name: RadioField(said(text), [InputRequired(_l("Vælg et svar."))], choices=scale)
        for name, text in QUESTIONS.items()
    }
    made: ReviewForm = type("ReviewOfUnit", (ReviewForm,), asked)(**options)
    return made
