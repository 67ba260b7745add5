"""The shape of a standing text."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField
from wtforms.validators import InputRequired

from placements.domain import clauses
from placements.models.clauses import Clause
from placements.web import Form


class ClauseForm(Form):
    """Opened on the text that holds now; `version` is 0 until somebody has saved one."""

    section = 0
    text = TextAreaField(
        _l("Tekst"), [InputRequired(_l("Skriv en tekst, eller tag den medfølgende tilbage."))]
    )

    @classmethod
    def on(cls, clause: Clause | None, section: int, **options: Any) -> ClauseForm:
        version = clause.version if clause else 0
        form = cls(version=version, text=clauses.source(clause, section), **options)
        form.section = section
        return form

    def stored(self, record: Clause) -> ClauseForm:
        return ClauseForm.on(record, self.section, formdata=None)
