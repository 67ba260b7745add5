"""The shape of a pair: the two who are in it."""

from __future__ import annotations

from wtforms import HiddenField
from wtforms.validators import InputRequired

from placements.web import Form, asked_id


class PairForm(Form):
    """Behind a button; what stands in it was written by the page."""

    peer_id = HiddenField(validators=[InputRequired()])
    colleague_id = HiddenField(validators=[InputRequired()])

    @property
    def ids(self) -> tuple[int, int]:
        """0, which nobody has, where something else than an id was sent."""
        return _read(self.peer_id.data), _read(self.colleague_id.data)


def _read(typed: str | None) -> int:
    try:
        return asked_id(typed or "")
    except ValueError:
        return 0
