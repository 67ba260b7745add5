"""The shape of a diploma's design."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from placements.domain import diploma_designs
from placements.domain.diploma_designs import LONGEST_AIM, LONGEST_HEADING, LONGEST_NAME
from placements.fields import CheckboxesField, one_line, several_lines
from placements.models.diploma_designs import Accent, DiplomaBlock, DiplomaDesign
from placements.web import Form, said
from placements.words import choices

TOO_LONG = _l("Her er plads til %(max)d tegn.")


class DesignForm(Form):
    """`version` is 0 until something has been saved."""

    heading = StringField(
        _l("Overskrift"), [Optional(), Length(max=LONGEST_HEADING, message=TOO_LONG)], filters=[one_line]
    )
    aim = TextAreaField(
        _l("Formålet i én sætning"),
        [Optional(), Length(max=LONGEST_AIM, message=TOO_LONG)],
        filters=[several_lines, one_line],
    )
    leader_name = StringField(
        _l("Lederens navn"), [Optional(), Length(max=LONGEST_NAME, message=TOO_LONG)], filters=[one_line]
    )
    leader_title = StringField(
        _l("Lederens titel"), [Optional(), Length(max=LONGEST_NAME, message=TOO_LONG)], filters=[one_line]
    )
    blocks = CheckboxesField(_l("Vis på beviset"))
    accent = RadioField(_l("Farve"), [InputRequired(_l("Vælg en farve."))])

    @classmethod
    def on(cls, design: DiplomaDesign, **options: object) -> DesignForm:
        form = cls(obj=design, version=design.version or 0, **options)
        form.blocks.choices = [(value, said(text)) for value, text in choices(DiplomaBlock)]
        form.accent.choices = [(value, said(text)) for value, text in choices(Accent)]
        return form

    def stored(self, record: DiplomaDesign) -> DesignForm:
        return DesignForm.on(record, formdata=None)

    def design(self) -> DiplomaDesign:
        """What the form says, kept nowhere."""
        return diploma_designs.draft(
            heading=self.heading.data,
            aim=self.aim.data,
            leader_name=self.leader_name.data,
            leader_title=self.leader_title.data,
            blocks=self.blocks.data or [],
            accent=Accent(self.accent.data),
        )
