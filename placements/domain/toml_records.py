"""Tables of a TOML file as frozen dataclasses: the annotations of a class say what its table may hold.

A field without a default must be there. `Annotated[int, whole(1, 99)]` gives the bounds; a list is a tuple,
a table of tables is another such class, and a name that is a Python word ends in `_`. Reading goes on past
what is wrong, so that one sees all of it at once.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date, datetime, time
from enum import StrEnum
from functools import cache
from inspect import signature
from typing import Any

from placements.domain.toml_lines import Path
from placements.domain.toml_values import Check, Spot, clock, day, flag, moment, one_of
from placements.i18n import Text, _

Faults = Iterator[tuple[Path, Text]]
"""What a rule finds: where, seen from the record, and why."""


def each(check: Check) -> Check:
    def check_all(value: object, spot: Spot) -> tuple[Any, ...] | None:
        if not isinstance(value, list):
            spot.wrong(_("»%(name)s« skal være en liste.", name=spot.name))
            return None
        found = [check(item, spot.at(index)) for index, item in enumerate(value)]
        for index, item in enumerate(found):
            if isinstance(item, str | int) and item in found[:index]:
                spot.at(index).wrong(_("»%(item)s« står der to gange.", item=item))
        return tuple(item for item in found if item is not None)

    return check_all


def keyed(kind: type[StrEnum], check: Check) -> Check:
    def check_all(value: object, spot: Spot) -> Mapping[StrEnum, Any] | None:
        if not isinstance(value, dict):
            spot.wrong(_("»%(name)s« skal være en tabel.", name=spot.name))
            return None
        found = {}
        for key, item in value.items():
            if key in list(kind):
                found[kind(key)] = check(item, spot.at(key))
            else:
                spot.at(key).unknown(list(kind))
                spot.log.broken.add((*spot.path, key))
        return found

    return check_all


def check_of(kind: Any) -> Check:
    """The check that an annotation stands for."""
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if origin is typing.Annotated:
        return typing.cast(Check, inner[1])
    if origin is types.UnionType:
        return check_of(inner[0])
    if origin is tuple:
        return each(check_of(inner[0]))
    if origin is Mapping:
        return keyed(inner[0], check_of(inner[1]))
    if is_dataclass(kind):
        return record(typing.cast(type, kind))
    if issubclass(kind, StrEnum):
        return one_of(kind)
    checks: dict[type, Check] = {bool: flag, date: day, datetime: moment, time: clock}
    return checks[kind]


_RULES: dict[type, list[Callable[..., Faults]]] = {}


def rule(kind: type) -> Callable[[Callable[..., Faults]], Callable[..., Faults]]:
    """A rule between fields of a record; it is given those its parameters name, once all are sound."""

    def keep(function: Callable[..., Faults]) -> Callable[..., Faults]:
        _RULES.setdefault(kind, []).append(function)
        return function

    return keep


def key_of(field: Field[Any]) -> str:
    return field.name.rstrip("_")


def default_of(field: Field[Any]) -> Any:
    return field.default if field.default_factory is MISSING else field.default_factory()


@cache
def checks_of(kind: type) -> dict[str, Check]:
    hints = typing.get_type_hints(kind, include_extras=True)
    return {field.name: check_of(hints[field.name]) for field in fields(kind)}


def record(kind: type) -> Check:
    def check(value: object, spot: Spot) -> Any:
        if not isinstance(value, dict):
            spot.wrong(_("»%(name)s« skal være en tabel.", name=spot.name))
            return None
        found = _fields(kind, value, spot)
        _apply_rules(kind, found, spot)
        return kind(**found) if spot.sound else None

    return check


def _fields(kind: type, value: dict[str, Any], spot: Spot) -> dict[str, Any]:
    parts = {key_of(field): field for field in fields(kind)}
    for key in value.keys() - parts.keys():
        spot.at(key).unknown(list(parts))
    found = {}
    for key, field in parts.items():
        default = default_of(field)
        if key in value and not (default is MISSING and value[key] in ([], {})):
            found[field.name] = checks_of(kind)[field.name](value[key], spot.at(key))
        elif default is MISSING:
            spot.at(key).wrong(_("Her mangler »%(key)s«.", key=key))
        else:
            found[field.name] = default
    return found


def _apply_rules(kind: type, found: dict[str, Any], spot: Spot) -> None:
    sound = {field.name for field in fields(kind) if spot.at(key_of(field)).sound}
    for function in _RULES.get(kind, []):
        needs = signature(function).parameters.keys()
        if needs <= sound:
            for path, reason in list(function(**{name: found[name] for name in needs})):
                spot.log.note((*spot.path, *path), reason)
