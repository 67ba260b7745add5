"""The shape of a look at a unit's quality."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import DateField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from placements.fields import several_lines
from placements.web import Form


class ReviewForm(Form):
    UNPRINTED = frozenset({"note"})
    reviewed_on = DateField(_l("Set på"), [InputRequired(_l("Vælg den dag, I så på stedet."))])
    review_again_on = DateField(
        _l("Se på stedet igen"), [Optional()], description=_l("I får besked på forsiden en måned før.")
    )
    note = TextAreaField(
        _l("Note"),
        [
            DataRequired(_l("Skriv en kort note.")),
            Length(max=2000, message=_l("Her er plads til 2000 tegn.")),
        ],
        filters=[several_lines],
        render_kw={"rows": 5},
    )

    def values(self) -> dict[str, Any]:
        return {field.name: field.data for field in (self.reviewed_on, self.review_again_on, self.note)}
