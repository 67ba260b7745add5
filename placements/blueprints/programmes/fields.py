"""Fields that a programme alone has: rows of organisers, criteria, outcomes, words, and modules' hours."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from flask_babel import get_locale, gettext
from flask_babel import lazy_gettext as _l
from wtforms import StringField

from placements import formatting
from placements.domain import programme_parts as parts
from placements.fields import Column, RowsField, minutes_typed, tidy_lines
from placements.models.follow_up_days import AttendanceStatus
from placements.models.programmes import CriterionKind
from placements.words import choices


def in_hours(minutes: int | None) -> Decimal | None:
    """As a programme file says it."""
    return None if minutes is None else Decimal(minutes) / 60


def in_minutes(hours: Decimal | None) -> int | None:
    """As `HoursField` holds it."""
    return None if hours is None else int(hours * 60)


def hours_shown(hours: Decimal) -> str:
    return formatting.hours(hours, locale=str(get_locale()))


class OrganisersField(RowsField):
    """In order of time; each runs the programme until the next takes over (H-10)."""

    chief = "name"
    columns = (Column("name", _l("Navn")), Column("from", _l("Fra og med"), "date"))
    spare = 1
    data: list[tuple[str, date | None]]

    def _as_typed(self, data: Any) -> list[tuple[str, ...]]:
        return [(name, begins.isoformat() if begins else "") for name, begins in data or ()]

    def _record(self, number: int, row: dict[str, str]) -> tuple[str, date | None]:
        try:
            begins = date.fromisoformat(row["from"].strip()) if row["from"].strip() else None
        except ValueError:
            raise ValueError(
                gettext("Nr. %(number)s: skriv datoen som dag, måned og år.", number=number)
            ) from None
        return " ".join(row["name"].split()), begins


class CriteriaField(RowsField):
    """`key` stays with a criterion whose text is changed; a new one has none yet."""

    chief = "text"
    columns = (
        Column("key", kind="hidden"),
        Column("text", _l("Krav"), "lines"),
        Column("kind", _l("Hvordan"), "select", choices(CriterionKind)),
    )
    data: list[tuple[str, str, CriterionKind]]

    def _as_typed(self, data: Any) -> list[tuple[str, ...]]:
        return [(key, text, str(kind)) for key, text, kind in data or ()]

    def _record(self, number: int, row: dict[str, str]) -> tuple[str, str, CriterionKind]:
        return row["key"], " ".join(row["text"].split()), _chosen(CriterionKind, number, row["kind"])


class OutcomesField(RowsField):
    chief = "group"
    columns = (Column("group", _l("Overskrift")), Column("points", _l("Punkter, et på hver linje"), "lines"))
    spare = 1
    data: list[parts.Outcome]

    def _as_typed(self, data: Any) -> list[tuple[str, ...]]:
        return [(each.group, "\n".join(each.points)) for each in data or ()]

    def _record(self, number: int, row: dict[str, str]) -> parts.Outcome:
        return parts.Outcome(group=" ".join(row["group"].split()), points=tuple(tidy_lines(row["points"])))


class StatusesField(RowsField):
    chief = "name"
    columns = (
        Column("name", _l("Ord")),
        Column("counts_as", _l("Tæller som"), "select", choices(AttendanceStatus)),
    )
    data: list[parts.Status]

    def _as_typed(self, data: Any) -> list[tuple[str, ...]]:
        return [(each.name, str(each.counts_as)) for each in data or ()]

    def _record(self, number: int, row: dict[str, str]) -> parts.Status:
        counts_as = _chosen(AttendanceStatus, number, row["counts_as"])
        return parts.Status(name=" ".join(row["name"].split()), counts_as=counts_as)


class ModuleHoursField(RowsField):
    """The hours of every module at once, because they must sum; `data` is number to hours."""

    chief = "number"
    columns = (Column("number", kind="hidden"), Column("hours", _l("Timer"), "hours"))
    spare = 0
    data: Any
    titles: dict[int, str]

    def name_of(self, row: tuple[str, ...]) -> str:
        return self.titles.get(int(row[0]), "") if row[0].isdecimal() else ""

    def _as_typed(self, data: Any) -> list[tuple[str, ...]]:
        return [(str(number), hours_shown(hours)) for number, hours in (data or {}).items()]

    def _read(self, typed: list[tuple[str, ...]]) -> dict[int, Decimal]:
        return dict(super()._read(typed))

    def _record(self, number: int, row: dict[str, str]) -> tuple[int, Decimal]:
        if not row["number"].isdecimal():
            raise ValueError(gettext("Nr. %(number)s: vælg en af mulighederne på listen.", number=number))
        return int(row["number"]), Decimal(minutes_typed(row["hours"].strip() or "-")) / 60


def _chosen(kind: Any, number: int, typed: str) -> Any:
    if typed not in list(kind):
        raise ValueError(gettext("Nr. %(number)s: vælg en af mulighederne på listen.", number=number))
    return kind(typed)


class PercentField(StringField):
    """A share of the whole on screen in percent ("33,3"), `data` the share itself."""

    data: Decimal | None  # type: ignore[assignment]

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else format((self.data * 100).normalize(), "f").replace(".", ",")

    def process_formdata(self, valuelist: list[Any]) -> None:
        typed = str(valuelist[0]).strip().removesuffix("%").strip() if valuelist else ""
        try:
            self.data = Decimal(typed.replace(",", ".")) / 100 if typed else None
        except InvalidOperation:
            self.data = None
        if typed and (self.data is None or not 0 <= self.data <= 1):
            raise ValueError(gettext("Skriv et tal fra 0 til 100."))
