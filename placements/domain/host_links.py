"""What points to an organisation, a unit or a contact, found in the tables so that nothing is forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ForeignKey, func, select
from sqlalchemy.orm import Session

from placements.db import Base
from placements.i18n import Text, _
from placements.models.hosts import Contact, Organisation, Unit

Host = Organisation | Unit | Contact

PARTS = {
    "organisation": frozenset({"organisation_name"}),
    "unit": frozenset({"unit_period", "clearance_rule", "quality_review", "unit_pause"}),
    "contact": frozenset[str](),
}
"""What is told about a record itself, and goes when it goes."""

NOUNS: dict[str, Text] = {
    "agreement": _("Praktikaftaler"),
    "amendment": _("Tillæg til praktikaftaler"),
    "clearance": _("Attester og godkendelser"),
    "clearance_rule": _("Krav om attester"),
    "contact": _("Kontaktpersoner og praktikvejledere"),
    "enrolment": _("Deltagere, der arbejder her"),
    "excluded_unit": _("Ønsker fra studerende"),
    "framework_agreement": _("Rammeaftaler"),
    "offer": _("Praktikpladser"),
    "organisation_name": _("Navne over tid"),
    "placement": _("Praktikforløb"),
    "quality_review": _("Noter om kvalitet"),
    "role_grant": _("Personer, der kan logge ind"),
    "unit_pause": _("Pauser"),
    "unit_period": _("Afsnit, nu og tidligere"),
    "unit_review": _("Evalueringer fra studerende"),
}
OTHER = _("Andre oplysninger")


@dataclass(frozen=True, slots=True)
class Link:
    """A mapped class and the column of it that points to the record."""

    model: type[Base]
    column: Any

    @property
    def table(self) -> str:
        return str(self.column.table.name)


@dataclass(frozen=True, slots=True)
class Count:
    noun: Text
    number: int


def links_to(table: str) -> Iterator[Link]:
    """Every foreign key to the table, by the names of tables and columns."""
    keys: list[tuple[str, str, Link]] = []
    for mapper in Base.registry.mappers:
        for column in mapper.local_table.columns:
            if any(_target(key) == table for key in column.foreign_keys):
                name = str(mapper.local_table.name)  # type: ignore[attr-defined]
                keys.append((name, column.name, Link(mapper.class_, column)))
    return (link for _table, _column, link in sorted(keys, key=lambda key: key[:2]))


def _target(key: ForeignKey) -> str:
    return str(key.column.table.name)


def counts(session: Session, record: Host, *, without: frozenset[str] = frozenset()) -> list[Count]:
    """How many rows of each kind point to the record; kinds with none are left out."""
    numbers: dict[Text, int] = {}
    for link in links_to(record.__tablename__):
        if link.table not in without:
            found = session.scalar(
                select(func.count()).select_from(link.model).where(link.column == record.id)
            )
            noun = NOUNS.get(link.table, OTHER)
            numbers[noun] = numbers.get(noun, 0) + (found or 0)
    return [Count(noun, number) for noun, number in numbers.items() if number]
