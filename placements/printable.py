"""Which characters a document can show. What none can is refused where it is typed, not when it is printed.

The printer composes its texts by the same function and refuses the same characters (`pdf/engine.py`). It sets
a character that a face lacks in another face of ours; where none has it, in the letter and the marks that it
is made of, and these stand in one face.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from itertools import pairwise
from pathlib import Path

from placements.i18n import Text, _

FACES = Path(__file__).parent / "pdf" / "_shared" / "fonts"
EVERYDAY = frozenset(map(chr, (0x09, 0x0A, 0x0D, *range(0x20, 0x7F), *range(0xA0, 0x180))))
"""Danish and its neighbours, which all faces have: for these no face needs to be read."""
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_UNSEEN = frozenset(
    map(chr, (0x34F, 0x61C, *range(0x200B, 0x2010), *range(0x2060, 0x2070), *range(0xFE00, 0xFE10), 0xFEFF))
)
"""They join, part or vary their neighbours, and need no glyph of their own."""


def sentence(character: str) -> Text:
    return _(
        "Tegnet %(character)s (%(code)s) kan ikke trykkes i dokumentet. "
        "Skriv teksten uden det, og prøv igen.",
        character=character,
        code=f"U+{ord(character):04X}",
    )


def unprintable(text: str) -> str | None:
    """The first character that no document can show."""
    if EVERYDAY.issuperset(text):
        return None
    whole = composed(text)
    return lost(whole) or next((character for character in whole if not _has_glyph(character)), None)


def composed(text: str) -> str:
    """As it is printed: composed letters, one sign for the end of a line; no control characters, and nothing
    that turns the direction of a name around.
    """
    lines = re.sub("[\u2028\u2029]", "\n", unicodedata.normalize("NFC", text))
    return "".join(character for character in lines if _is_visible(character))


def lost(text: str) -> str | None:
    """Of a composed text: half a letter (a mark on nothing), or the sign for one that got lost on the way."""
    for before, character in pairwise(f" {text}"):
        is_half = before.isspace() and unicodedata.category(character) == "Mn"
        if is_half or character == "\ufffd":
            return character
    return None


def _is_visible(character: str) -> bool:
    if character in "\n\t":
        return True
    return unicodedata.category(character) not in ("Cc", "Cs") and character not in _TURNING


def _has_glyph(character: str) -> bool:
    if character in EVERYDAY or character in _UNSEEN or character.isspace():
        return True
    some, every = _glyphs()
    return character in some or every.issuperset(unicodedata.normalize("NFD", character))


@cache
def _glyphs() -> tuple[frozenset[str], frozenset[str]]:
    """What some face has, and what every face has; read once, and not before it is needed."""
    from fontTools.ttLib import TTFont

    faces = []
    for path in FACES.glob("*.ttf"):
        with TTFont(path, lazy=True) as face:
            faces.append(frozenset(map(chr, face.getBestCmap())))
    return frozenset.union(*faces), frozenset.intersection(*faces)
