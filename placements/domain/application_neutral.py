"""Texts that leave on bills and letters say nothing of health: many people read a bill (D-07)."""

from __future__ import annotations

import re

from placements.domain import personal_numbers
from placements.domain.rules import RuleBroken
from placements.i18n import _

TELLING = (
    "psyk",
    "sindslid",
    "diagnos",
    "recovery",
    "peer",
    "sygdom",
    "sårbar",
    "behandling",
    "misbrug",
    "handicap",
    "angst",
    "depression",
    "skizofreni",
    "selvmord",
    "indlagt",
)
_WORDS = re.compile("|".join(TELLING), re.IGNORECASE)


def telling(text: str) -> str | None:
    """The first word in it that says something of somebody's health."""
    found = _WORDS.search(text)
    return next((word for word in text.split() if found and found.group() in word), None) if found else None


def refuse_telling(text: str | None, *, field: str) -> None:
    """Raises `RuleBroken` at the field."""
    if not text:
        return
    personal_numbers.refuse(text, field=field)
    word = telling(text)
    if word:
        raise RuleBroken(
            _("Det her kommer på regningen, og %(word)s siger for meget. Skriv det neutralt.", word=word),
            field=field,
        )
