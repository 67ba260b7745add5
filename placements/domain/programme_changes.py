"""What differs between two programme files, named as one would find it in the file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from placements.domain.programme_parts import Cohort, Criterion, KeyDate, Module, ProgrammeFile, Status
from placements.domain.toml_records import key_of
from placements.formatting import hours
from placements.i18n import Text, _
from placements.models.events import Action

_IDENTITY = {Module: "number", Criterion: "key", Cohort: "slug", KeyDate: "kind", Status: "name"}
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Change:
    """`place` is the path in the file: `modules.3.hours`."""

    place: str
    action: Action
    old: str = ""
    new: str = ""

    def sentence(self) -> Text:
        if self.action is Action.CREATED:
            return _("%(place)s: ny", place=self.place)
        if self.action is Action.DELETED:
            return _("%(place)s: fjernet", place=self.place)
        return _("%(place)s: %(old)s → %(new)s", place=self.place, old=self.old, new=self.new)


def changes(old: ProgrammeFile | None, new: ProgrammeFile) -> list[Change]:
    if old is None:
        created = [new.slug, *(f"cohorts.{cohort.slug}" for cohort in new.cohorts)]
        return [Change(place, Action.CREATED) for place in created]
    return list(_differences(old, new, ""))


def _differences(old: Any, new: Any, path: str) -> Iterator[Change]:
    for field in fields(new):
        before, after = getattr(old, field.name), getattr(new, field.name)
        if before != after:
            yield from _difference(before, after, path + key_of(field))


def _difference(before: Any, after: Any, place: str) -> Iterator[Change]:
    if _are_records(before) or _are_records(after):
        yield from _in_lists(_identified(before), _identified(after), place)
    elif is_dataclass(before) and is_dataclass(after):
        yield from _differences(before, after, f"{place}.")
    elif is_dataclass(after):
        yield Change(place, Action.CREATED)
    elif is_dataclass(before):
        yield Change(place, Action.DELETED)
    else:
        yield Change(place, Action.CHANGED, _shown(before), _shown(after))


def _are_records(value: Any) -> bool:
    return isinstance(value, tuple) and bool(value) and is_dataclass(value[0])


def _identified(records: tuple[Any, ...]) -> dict[str, Any]:
    """By what names each of them; by its place in the list where nothing does."""
    return {
        str(getattr(record, _IDENTITY.get(type(record), ""), index)): record
        for index, record in enumerate(records, start=1)
    }


def _in_lists(before: dict[str, Any], after: dict[str, Any], place: str) -> Iterator[Change]:
    for name in [*before, *(name for name in after if name not in before)]:
        here = f"{place}.{name}"
        if name not in after:
            yield Change(here, Action.DELETED)
        elif name not in before:
            yield Change(here, Action.CREATED)
        else:
            yield from _differences(before[name], after[name], f"{here}.")
    if list(before) != list(after) and before.keys() == after.keys():
        yield Change(place, Action.CHANGED, ", ".join(before), ", ".join(after))


def _shown(value: Any) -> str:
    if value is None:
        return "–"
    if isinstance(value, tuple):
        text = ", ".join(map(_shown, value))
    elif isinstance(value, Mapping):
        text = ", ".join(f"{key} = {_shown(item)}" for key, item in value.items())
    elif isinstance(value, Decimal):
        text = hours(value)
    else:
        text = f"{value:%Y-%m-%d %H:%M}" if isinstance(value, datetime) else str(value)
    return f"{text[: _LONGEST - 1]}…" if len(text) > _LONGEST else text or "–"
