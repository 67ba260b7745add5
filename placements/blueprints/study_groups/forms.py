"""The shapes of a group, of a division and of a move."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange

from placements.fields import one_line
from placements.models.teaching import StudyGroup
from placements.web import Form

MANY = NumberRange(2, 20, _l("Skriv et tal mellem 2 og 20."))


class StudyGroupForm(Form):
    name = StringField(
        _l("Gruppens navn"),
        [
            DataRequired(_l("Skriv, hvad gruppen hedder.")),
            Length(max=80, message=_l("Navnet kan højst fylde 80 tegn.")),
        ],
        filters=[one_line],
    )


class DivideForm(Form):
    size = IntegerField(
        _l("Højst så mange i hver"), [InputRequired(_l("Skriv, hvor mange.")), MANY], default=4
    )


class MoveForm(Form):
    enrolment_id = IntegerField(validators=[InputRequired()])
    group_id = SelectField(_l("Studiegruppe"), coerce=int)

    def among(self, groups: Sequence[StudyGroup]) -> MoveForm:
        none = SelectChoice(value=0, label=gettext("Ingen gruppe"))
        self.group_id.choices = [none, *(SelectChoice(value=group.id, label=group.name) for group in groups)]
        return self
