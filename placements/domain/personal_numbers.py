"""CPR numbers are never taken in: a number of that form in any text is pointed out before it is saved."""

from __future__ import annotations

import re

from placements.domain.rules import RuleBroken
from placements.i18n import _

_SIGN = r"[-./\u00ad\u2010-\u2015\u2212]"
_BETWEEN = rf"(?:\s|{_SIGN})"
_LAST = r"\d{4}(?!\d)"
_SHORT_YEAR = rf"\d{{2}}\s{{0,2}}{_SIGN}?\s{{0,2}}{_LAST}"
_LONG_YEAR = rf"(?:18|19|20)\d{{2}}\s{{0,2}}{_SIGN}\s{{0,2}}{_LAST}"
"""With a sign: a date or a telephone number may have a postcode after it."""
_FORMS = (
    re.compile(rf"(?<!\d)(\d{{2}})(\d{{2}})(?:{_SHORT_YEAR}|{_LONG_YEAR})"),
    re.compile(
        rf"(?<!\d)(?<!\d{_BETWEEN})(\d{{2}}){_BETWEEN}(\d{{2}}){_BETWEEN}(?:{_SHORT_YEAR}|{_LONG_YEAR})"
    ),
)
_DAYS = frozenset((*range(1, 32), *range(61, 92)))
"""Numbers given for now have sixty added to the day."""


def holds_one(text: str) -> bool:
    """A date without or with its century and four digits, with or without signs between the parts."""
    found = (match for form in _FORMS for match in form.findall(text))
    return any(int(day) in _DAYS and 1 <= int(month) <= 12 for day, month in found)


def refuse(text: str, *, field: str) -> None:
    if holds_one(text):
        raise RuleBroken(
            _("Her står et tal, der ligner et CPR-nummer. Det har vi ikke brug for. Slet det, og gem igen."),
            field=field,
        )
