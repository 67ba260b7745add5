"""The shape of a student's own goals."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField
from wtforms.validators import Length, Optional

from placements.domain.own_goals import LONGEST
from placements.fields import several_lines
from placements.models.own_goals import OwnGoals
from placements.models.placements import Placement
from placements.web import Form


class GoalsForm(Form):
    """`version` is 0 until something has been written."""

    text = TextAreaField(
        _l("Mine mål"),
        [Optional(), Length(max=LONGEST, message=_l("Her er plads til %(max)d tegn."))],
        filters=[several_lines],
    )

    @classmethod
    def on(cls, placement: Placement, **options: Any) -> GoalsForm:
        kept = placement.own_goals
        return cls(version=kept.version if kept else 0, text=kept.text if kept else None, **options)

    def stored(self, record: OwnGoals) -> GoalsForm:
        return GoalsForm.on(record.placement, formdata=None)
