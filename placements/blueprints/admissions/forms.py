"""The shape of a workplace, of tasks with shares, and of an exception."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired, Length, Optional

from placements.fields import TaskLinesField, several_lines
from placements.web import Form


class WorkplaceForm(Form):
    unit_id = SelectField(_l("Arbejdssted"), [Optional()])

    def among(self, units: Sequence[Any]) -> WorkplaceForm:
        self.units = units
        named = [SelectChoice(str(unit_id), f"{name}, {owner}") for unit_id, name, owner in units]
        self.unit_id.choices = [SelectChoice("", gettext("Intet arbejdssted")), *named]
        return self

    def stored(self, record: Any) -> Form:
        return workplace_form(self.units, record, posted=False)

    @property
    def chosen_id(self) -> int | None:
        return int(self.unit_id.data) if self.unit_id.data else None


def workplace_form(units: Sequence[Any], record: Any, *, posted: bool = True) -> WorkplaceForm:
    """Filled with where the person works now."""
    values = {"unit_id": str(record.unit_id or ""), "version": record.version}
    form = WorkplaceForm(data=values) if posted else WorkplaceForm(formdata=None, data=values)
    return form.among(units)


class TasksForm(Form):
    """The field is filled from the record's `tasks`."""

    task_lines = TaskLinesField(_l("Opgaver på arbejdet"))

    def stored(self, record: Any) -> Form:
        return type(self)(formdata=None, obj=record, task_lines=record.tasks)


class ExceptionForm(Form):
    """Why fewer peer tasks than two thirds will do for this person."""

    UNPRINTED = frozenset({"reason"})

    reason = TextAreaField(
        _l("Begrundelse for undtagelsen"),
        [
            InputRequired(_l("Skriv kort, hvorfor der er givet en undtagelse.")),
            Length(max=500, message=_l("Her er plads til 500 tegn.")),
        ],
        filters=[several_lines],
        render_kw={"rows": 3},
    )
