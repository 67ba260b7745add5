"""The list of organisations with their units, as they are called and owned on a day: columns, in pages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, SQLColumnExpression, and_, exists, func, select, tuple_
from sqlalchemy.orm import Session

from placements.domain import pauses
from placements.domain.actors import Actor
from placements.domain.hosts import holds_on, is_staff, unit_scope
from placements.domain.text_search import matches
from placements.models.hosts import (
    Contact,
    Organisation,
    OrganisationKind,
    OrganisationName,
    Sector,
    Unit,
    UnitPeriod,
)
from placements.models.users import Role, RoleGrant, User

PAGE = 100
ORDER = (OrganisationName.name, OrganisationName.organisation_id, UnitPeriod.name, Unit.id)


@dataclass(frozen=True, slots=True)
class UnitLine:
    """`hosts` can sign in for the unit; `supervisors` can be named for a placement."""

    id: int
    name: str
    sector: Sector
    municipality: str
    hosts: int
    supervisors: int


@dataclass(frozen=True, slots=True)
class Group:
    """An organisation and those of its units that the list shows."""

    organisation_id: int
    name: str
    kind: OrganisationKind
    units: list[UnitLine]


@dataclass(frozen=True, slots=True)
class Directory:
    """`after` is the unit that the next page begins after; None on the last page."""

    groups: list[Group]
    total: int
    after: int | None


def _rows(actor: Actor, wanted: list[ColumnElement[bool]], *columns: Any) -> Select[Any]:
    return (
        select(*columns)
        .select_from(Unit)
        .join(UnitPeriod, UnitPeriod.unit_id == Unit.id)
        .join(Organisation, Organisation.id == UnitPeriod.organisation_id)
        .join(OrganisationName, OrganisationName.organisation_id == Organisation.id)
        .where(unit_scope(actor), *wanted)
    )


def _count(of: Any, *where: SQLColumnExpression[bool]) -> Any:
    return select(func.count()).select_from(of).where(*where).correlate(Unit).scalar_subquery()


HOSTS = _count(
    RoleGrant.__table__.join(User.__table__),
    RoleGrant.unit_id == Unit.id,
    RoleGrant.role == Role.HOST,
    User.active,
)
SUPERVISORS = _count(Contact, Contact.unit_id == Unit.id, Contact.is_supervisor, Contact.active)
COLUMNS = (
    Unit.id,
    UnitPeriod.name,
    Unit.sector,
    Unit.municipality,
    OrganisationName.organisation_id,
    OrganisationName.name.label("organisation"),
    Organisation.kind,
    HOSTS.label("hosts"),
    SUPERVISORS.label("supervisors"),
)


def _wanted(day: date, sector: Sector | None, text: str) -> list[ColumnElement[bool]]:
    wanted = [holds_on(UnitPeriod, day), holds_on(OrganisationName, day)]
    if sector is not None:
        wanted.append(Unit.sector == sector)
    if text:
        person = exists().where(and_(Contact.unit_id == Unit.id, matches(text, Contact.name)))
        wanted.append(
            matches(text, UnitPeriod.name, OrganisationName.name, Unit.municipality, Organisation.cvr)
            | person
        )
    return wanted


def units(
    session: Session,
    actor: Actor,
    *,
    day: date,
    sector: Sector | None = None,
    text: str = "",
    after: int | None = None,
) -> Directory:
    """A page of units under their owners, by name; always the same number of statements."""
    wanted = _wanted(day, sector, text)
    total = session.scalar(_rows(actor, wanted, func.count())) or 0
    rows = _rows(actor, wanted, *COLUMNS).order_by(*ORDER).limit(PAGE + 1)
    if after is not None:
        last = session.execute(_rows(actor, _wanted(day, None, ""), *ORDER).where(Unit.id == after)).first()
        rows = rows.where(tuple_(*ORDER) > tuple_(*last)) if last else rows
    found = session.execute(rows).all()
    shown = found[:PAGE]
    return Directory(_grouped(shown), total, shown[-1].id if len(found) > PAGE else None)


def _grouped(rows: Iterable[Row[Any]]) -> list[Group]:
    groups = groupby(rows, key=lambda row: (row.organisation_id, row.organisation, row.kind))
    return [Group(*owner, [_line(row) for row in owned]) for owner, owned in groups]


def _line(row: Row[Any]) -> UnitLine:
    return UnitLine(row.id, row.name, row.sector, row.municipality or "", row.hosts, row.supervisors)


def owned_by(session: Session, actor: Actor, organisation_id: int, *, day: date) -> list[UnitLine]:
    """The units that the organisation owns that day, by name."""
    wanted = [*_wanted(day, None, ""), OrganisationName.organisation_id == organisation_id]
    rows = _rows(actor, wanted, *COLUMNS).order_by(*ORDER)
    return [_line(row) for row in session.execute(rows)]


def names(
    session: Session, actor: Actor, *, day: date, with_paused: bool = False
) -> list[Row[int, str, str]]:
    """Id, name and owner of every unit the person sees, by owner and name.

    Staff do not choose among those that are set aside; a host still offers seats of its own.
    """
    rows = _rows(actor, _wanted(day, None, ""), Unit.id, UnitPeriod.name, OrganisationName.name)
    if is_staff(actor) and not with_paused:
        rows = rows.where(Unit.id.not_in(pauses.paused_ids()))
    return list(session.execute(rows.order_by(*ORDER)).all())


def without_units(session: Session, actor: Actor, *, day: date) -> dict[int, str]:
    """Organisations that own nothing that day, by name; for staff only."""
    if not is_staff(actor):
        return {}
    owners = select(UnitPeriod.organisation_id).where(holds_on(UnitPeriod, day))
    idle = (
        select(OrganisationName.organisation_id, OrganisationName.name)
        .where(holds_on(OrganisationName, day), OrganisationName.organisation_id.not_in(owners))
        .order_by(OrganisationName.name)
    )
    return dict(session.execute(idle).all())
