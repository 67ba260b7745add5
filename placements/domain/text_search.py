"""Finding rows by words typed in a search box, the same way on both databases."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import ColumnElement, SQLColumnExpression, and_, or_

MOST_WORDS = 6


def _pattern(word: str) -> str:
    """SQLite knows no upper and lower case beyond ASCII, so there any one character stands for æ, ø and å."""
    return "%" + "".join(_escaped(char) for char in word) + "%"


def _escaped(char: str) -> str:
    if char in "%_\\":
        return "\\" + char
    return char if char.isascii() else "_"


def matches(text: str, *columns: SQLColumnExpression[Any]) -> ColumnElement[bool]:
    """Every word stands somewhere in one of the columns, in any case."""
    words = re.split(r"\s+", text.strip())[:MOST_WORDS]
    return and_(*(or_(*(column.ilike(_pattern(word), escape="\\") for column in columns)) for word in words))
