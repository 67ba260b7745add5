"""CPR numbers are never taken in: a number of that form in any text is pointed out before it is saved."""

from __future__ import annotations

import re

from placements.domain.rules import RuleBroken
from placements.i18n import _

_FORM = re.compile(r"(?<!\d)(\d{2})(\d{2})\d{2}[\s.-]?\d{4}(?!\d)")


def holds_one(text: str) -> bool:
    """Ten digits that begin with a day and a month, with or without a sign before the last four."""
    return any(1 <= int(day) <= 31 and 1 <= int(month) <= 12 for day, month in _FORM.findall(text))


def refuse(text: str, *, field: str) -> None:
    if holds_one(text):
        raise RuleBroken(
            _("Her står et tal, der ligner et CPR-nummer. Det har vi ikke brug for. Slet det, og gem igen."),
            field=field,
        )
