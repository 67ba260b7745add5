"""The way back: a record of `toml_records` as TOML text. What equals its default is left out."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, time
from decimal import Decimal
from typing import Any

from placements.domain.toml_records import default_of, key_of

_WIDTH = 100


def write_record(record: Any) -> str:
    return "\n".join(_table(record, ())).strip() + "\n"


def _table(record: Any, path: tuple[str, ...]) -> Iterator[str]:
    """Plain keys first; tables of their own after them, as TOML asks."""
    said = [
        (key_of(field), value)
        for field in fields(record)
        if (value := getattr(record, field.name)) != default_of(field)
    ]
    yield from (f"{key} = {_value(value)}" for key, value in said if not _has_own_table(value))
    for key, value in said:
        if _has_own_table(value):
            yield from _own_tables(value, (*path, key))


def _own_tables(value: Any, path: tuple[str, ...]) -> Iterator[str]:
    opening, closing = ("[[", "]]") if isinstance(value, tuple) else ("[", "]")
    for record in value if isinstance(value, tuple) else (value,):
        yield from ("", f"{opening}{'.'.join(path)}{closing}")
        yield from _table(record, path)


def _has_own_table(value: Any) -> bool:
    return is_dataclass(value[0] if isinstance(value, tuple) and value else value)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return json.dumps(str(value), ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, tuple):
        return _array([_value(item) for item in value])
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key} = {_value(item)}" for key, item in value.items()) + " }"
    return _scalar(value)


def _scalar(value: int | Decimal | date | time) -> str:
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Decimal):
        digits = format(value, "f")
        return digits if "." in digits else f"{digits}.0"
    return f'"{value:%H:%M}"' if isinstance(value, time) else value.isoformat()


def _array(items: list[str]) -> str:
    line = "[" + ", ".join(items) + "]"
    return line if len(line) <= _WIDTH else "[\n" + "".join(f"    {item},\n" for item in items) + "]"
