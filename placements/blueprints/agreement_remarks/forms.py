"""The shape of a remark."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField
from wtforms.validators import InputRequired, Length

from placements.domain.agreement_remarks import LONGEST
from placements.web import Form


class RemarkForm(Form):
    UNPRINTED = frozenset({"text"})
    text = TextAreaField(
        _l("Hvad passer ikke?"),
        [
            InputRequired(_l("Skriv, hvad der ikke passer.")),
            Length(max=LONGEST, message=_l("Skriv højst %(max)d tegn.")),
        ],
    )
