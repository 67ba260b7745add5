"""Values of the history as people read them: a name, a word, a date, hours, yes or no."""

from __future__ import annotations

import enum
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache
from textwrap import shorten
from typing import Any

import sqlalchemy as sa
from flask_babel import get_locale

from placements import formatting
from placements.db import Base, UTCDateTime
from placements.i18n import _
from placements.models.diploma_designs import DiplomaBlock
from placements.models.offers import Accessibility, WayOfWorking
from placements.models.programmes import Audience
from placements.models.teaching import TeacherKind
from placements.web import said
from placements.words import word

LONG_AGO = date(1900, 1, 1)


@cache
def columns(table: str) -> dict[str, sa.Column[Any]]:
    return {column.key: column for column in Base.metadata.tables[table].columns}


def points_to(table: str, key: str) -> str:
    return next((foreign.column.table.name for foreign in columns(table)[key].foreign_keys), "")


def default_of(table: str, key: str) -> Any:
    """What a new row has unless said; that is not worth telling."""
    default = columns(table)[key].default
    return default.arg if isinstance(default, sa.ColumnDefault) and default.is_scalar else None


def is_empty(value: Any) -> bool:
    return value is None or value in ("", [], {}, LONG_AGO.isoformat())


def shown(table: str, key: str, value: Any, names: dict[str, dict[int, str]]) -> str:
    """As a person reads it, in their language: a name, a word, a date, hours, yes or no."""
    if is_empty(value):
        return ""
    locale = str(get_locale())
    column, target = columns(table)[key], points_to(table, key)
    if target:
        return names.get(target, {}).get(value, "")
    if isinstance(column.type, sa.Enum):
        kind = column.type.enum_class
        return said(word(kind(value))) if kind and issubclass(kind, enum.StrEnum) else str(value)
    if isinstance(column.type, sa.Date):
        return formatting.long_date(date.fromisoformat(value), locale=locale)
    if isinstance(column.type, sa.Time):
        return formatting.clock(time.fromisoformat(value))
    if isinstance(column.type, UTCDateTime):
        return formatting.moment(datetime.fromisoformat(value), locale=locale)
    if isinstance(value, bool):
        return said(_("Ja") if value else _("Nej"))
    if key == "minutes" or key.endswith("_minutes"):
        return formatting.hours(Decimal(value) / 60, locale=locale)
    if isinstance(value, list):
        return ", ".join(_listed(item) for item in value)
    return str(value)


def _listed(item: Any) -> str:
    kinds = WayOfWorking, Accessibility, Audience, TeacherKind, DiplomaBlock
    known = next((kind for kind in kinds if item in set(kind)), None)
    return said(word(known(item))) if known else str(item)


def texts(label: str, old: dict[str, Any], new: dict[str, Any]) -> list[tuple[str, str, str]]:
    """The texts that differ, by their numbers, cut to what fits a line; hours by weekday."""
    numbers = sorted({*old, *new}, key=int)
    differ = [number for number in numbers if old.get(number) != new.get(number)]
    return [
        (
            f"{said(label)} {_numbered(number, old.get(number) or new.get(number))}",
            _cut(old.get(number)),
            _cut(new.get(number)),
        )
        for number in differ
    ]


def _numbered(number: str, value: Any) -> str:
    is_span = isinstance(value, list)
    return formatting.weekday(int(number), locale=str(get_locale())) if is_span else number


def _cut(text: str | list[str] | None) -> str:
    return shorten("–".join(text) if isinstance(text, list) else text or "", 90, placeholder=" …")
