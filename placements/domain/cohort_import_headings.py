"""Which sheet and which column is meant: spelling is forgiven where one thing is meant, else asked about."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "é": "e", "ä": "ae", "ö": "oe", "ü": "u"})
LIKELY = 0.6
"""From here on a spelling is near enough to be offered."""
SURE = 6
"""A single slip is forgiven by itself in words of at least so many letters."""


@dataclass(frozen=True, slots=True)
class Meant:
    """What a heading is taken for; `sure` when nobody needs to be asked."""

    name: str
    sure: bool
    exact: bool = True


@lru_cache(maxsize=20_000)
def plain(text: str) -> str:
    """Without case, spaces, signs and the Danish letters' second spelling."""
    return re.sub(r"[^a-z0-9]", "", text.casefold().translate(LETTERS))


def meant_by(text: str, names: Iterable[str]) -> Meant | None:
    """The one name that this spelling can stand for; None when it is like none of them, or like several."""
    asked, known = plain(text), {plain(name): name for name in names}
    if asked in known:
        return Meant(known[asked], sure=True)
    one_slip = [name for spelled, name in known.items() if is_one_slip(asked, spelled)]
    if len(one_slip) == 1:
        return Meant(one_slip[0], sure=True, exact=False)
    near = closest(text, known.values())
    return Meant(near, sure=False, exact=False) if near else None


def is_one_slip(typed: str, meant: str) -> bool:
    """One letter too many, too few, wrong, or two that changed places."""
    if len(meant) < SURE or abs(len(typed) - len(meant)) > 1:
        return False
    start = next((i for i, (a, b) in enumerate(zip(typed, meant, strict=False)) if a != b), None)
    if start is None:
        return True
    rest, wanted = typed[start:], meant[start:]
    swapped = rest[1:2] + rest[:1] + rest[2:]
    return wanted in {rest[1:], wanted[:1] + rest[1:], wanted[:1] + rest, swapped}


def closest(text: str, names: Iterable[str]) -> str | None:
    """The name that is most like the text, if any is alike at all."""
    asked = plain(text)
    likeness = [(_likeness(asked, plain(name)), name) for name in names]
    best = max(likeness, default=(0.0, ""), key=lambda pair: pair[0])
    return best[1] if best[0] >= LIKELY else None


def _likeness(asked: str, name: str) -> float:
    """1 is the same. Words that share most of the shorter one are alike: "Mailadresse" and "E-mail"."""
    compared = SequenceMatcher(None, asked, name)
    shared = compared.find_longest_match().size
    if shared >= 4 and shared >= 0.75 * min(len(asked), len(name)):
        return max(0.75, compared.ratio())
    return compared.ratio()
