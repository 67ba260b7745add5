"""The shapes of a planned day, of what was said in a talk, of the marks, and of the student's answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import DateField, RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired, Length, Optional

from placements.domain.talks import Words
from placements.fields import several_lines
from placements.models.talks import Progress
from placements.web import Form, chosen, said
from placements.words import choices

LONGEST = 1000
TOO_LONG = _l("Her er plads til 1000 tegn.")


def _lines(label: Any) -> TextAreaField:
    return TextAreaField(label, [Optional(), Length(max=LONGEST, message=TOO_LONG)], filters=[several_lines])


class PlanForm(Form):
    held_on = DateField(_l("Dag"), [InputRequired(_l("Vælg en dag."))])


class TalkForm(Form):
    """What may stand empty in a draft is asked for when the talk is shared."""

    held_on = DateField(_l("Dag for samtalen"), [InputRequired(_l("Vælg en dag."))])
    goes_well = _lines(_l("Hvad går godt?"))
    to_work_on = _lines(_l("Hvad skal der arbejdes med?"))
    next_steps = _lines(_l("Hvad har I aftalt at gøre nu?"))

    @property
    def words(self) -> Words:
        texts = self.goes_well.data, self.to_work_on.data, self.next_steps.data
        return Words(chosen(self.held_on), *texts)


class MarksForm(Form):
    """A choice for each group of learning outcomes: made by `marks_form`."""

    places: tuple[int, ...] = ()
    again: Callable[[], MarksForm]

    def stored(self, record: Any) -> Form:
        return self.again()

    @property
    def groups(self) -> list[RadioField]:
        return [self[f"group_{place}"] for place in self.places]

    @property
    def marks(self) -> dict[int, Progress]:
        chosen_now = {place: self[f"group_{place}"].data for place in self.places}
        return {place: Progress(value) for place, value in chosen_now.items() if value}


def marks_form(groups: dict[int, str], marked: dict[int, Progress], **options: Any) -> MarksForm:
    scale = [SelectChoice(value=value, label=said(text)) for value, text in choices(Progress)]
    fields: dict[str, Any] = {
        f"group_{place}": RadioField(
            title, [Optional()], choices=scale, default=marked[place].value if place in marked else None
        )
        for place, title in groups.items()
    }
    made: MarksForm = type("MarksOfTalk", (MarksForm,), fields)(**options)
    made.places = tuple(groups)
    return made


class AnswerForm(Form):
    agrees = RadioField(
        _l("Er du enig i det, der står?"),
        [InputRequired(_l("Vælg, om du er enig."))],
        choices=[
            SelectChoice(value="yes", label=_l("Ja, jeg er enig")),
            SelectChoice(value="no", label=_l("Nej, jeg ser anderledes på noget")),
        ],
    )
    words = TextAreaField(
        _l("Dine egne ord"), [Optional(), Length(max=LONGEST, message=TOO_LONG)], filters=[several_lines]
    )
