"""Finding placements by words: student, unit, organisation or supervisor, the same way on both databases.

Every word must stand somewhere in the placement's `search_text`; a word of two letters must begin a word
there, and a single letter is too little to look for. See `models.placement_search` for the indexes.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, bindparam, column, literal_column, table

from placements.models.placement_search import PROGRAMME_SIGN
from placements.models.placements import Placement

MOST_WORDS = 6
LEAST_LETTERS = 2

_INDEX = table("placement_search", column("rowid"))
PLACEMENT_ID = _INDEX.c.rowid
"""SQLite: the id of a placement that the index has found."""


def words_of(text: str) -> tuple[str, ...]:
    """What can be looked for; empty when nothing in the text is long enough."""
    return tuple(word for word in text.lower().split() if len(word) >= LEAST_LETTERS)[:MOST_WORDS]


@cache
def stands_in_text(number: int) -> ColumnElement[bool]:
    """The word bound as `word<number>` stands in the text; PostgreSQL has an index on this expression."""
    text: ColumnElement[str] = literal_column("' '").concat(Placement.__table__.c.search_text)
    return text.like(bindparam(f"word{number}"), escape="\\")


@cache
def is_found() -> ColumnElement[bool]:
    """SQLite: the index has the letters bound as `letters`."""
    return literal_column("placement_search").bool_op("MATCH")(bindparam("letters"))


def values_of(words: tuple[str, ...], programme_ids: frozenset[int]) -> dict[str, Any]:
    """What is bound for these words."""
    if not words:
        return {}
    patterns = {f"word{number}": f"%{_escaped(_sought(word))}%" for number, word in enumerate(words)}
    return patterns | {"letters": _asked(words, programme_ids)}


def _sought(word: str) -> str:
    return f" {word}" if len(word) == LEAST_LETTERS else word


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _asked(words: tuple[str, ...], programme_ids: frozenset[int]) -> str:
    """Threes of letters that every hit has; whether it has the words is seen in its text.

    Each three asked for costs the reading of its list, so of several words only the beginning is asked for:
    names differ there, and end alike. Someone with one programme among many is spared the others' hits.
    """
    texts = [_sought(word) for word in words]
    threes = [text[:3] for text in texts] if len(words) > 1 else _threes(texts[0])
    if len(programme_ids) == 1:
        threes.append(chr(PROGRAMME_SIGN + next(iter(programme_ids))) * 3)
    return " ".join('"' + three.replace('"', '""') + '"' for three in dict.fromkeys(threes))


def _threes(text: str) -> list[str]:
    return [text[at : at + 3] for at in range(0, max(1, len(text) - 3), 2)]
