"""Reasons as they are stored: sentence and values apart, people and offers by id alone.

So they can be said in either language, and somebody who is erased leaves no name behind.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from placements.domain.allocation_inputs import GONE
from placements.domain.allocation_reasons import Name
from placements.i18n import Text

Names = Mapping[str, Mapping[int, str]]
"""`student` and `offer`: id to name."""


def packed(sentences: Iterable[str]) -> list[Any]:
    return [_pack(sentence) for sentence in sentences]


def _pack(value: Any) -> Any:
    if isinstance(value, Text):
        return {"say": value.msgid, "with": {key: _pack(one) for key, one in value.params.items()}}
    return {value.kind: value.id} if isinstance(value, Name) else value


def unpacked(stored: Iterable[Any], names: Names) -> list[Text]:
    return [_unpack(one, names) for one in stored]


def _unpack(stored: Any, names: Names) -> Any:
    if not isinstance(stored, dict):
        return stored
    if "say" in stored:
        return Text(stored["say"], {key: _unpack(one, names) for key, one in stored["with"].items()})
    [(kind, record_id)] = stored.items()
    return names[kind].get(record_id, GONE[kind])
