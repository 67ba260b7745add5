"""Two records of the same organisation or unit become one: every link moves, in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from sqlalchemy import UniqueConstraint, select
from sqlalchemy.orm import Session

from placements.db import Base
from placements.domain import hosts
from placements.domain.host_links import Count, Link, counts, links_to
from placements.domain.rules import RuleBroken
from placements.i18n import _
from placements.models.clearances import Clearance, ClearanceRule
from placements.models.hosts import Organisation, Unit

NAMES = frozenset({"organisation_name"})
PERIODS = frozenset({"unit_period"})
"""Only the kept one's names over time remain: a day has one name."""


# Questions


def preview(session: Session, gone: Organisation | Unit) -> list[Count]:
    """What moves, by its kind."""
    return counts(session, gone, without=_stays(gone))


def _stays(record: Organisation | Unit) -> frozenset[str]:
    return PERIODS if isinstance(record, Unit) else NAMES


# Actions


def merge_units(session: Session, kept: Unit, gone: Unit, *, today: date) -> None:
    """Everything about `gone` is about `kept` from now on; placements that are not over take its name."""
    _refuse_itself(kept, gone)
    _merge(session, kept, gone)
    hosts.refresh_placements(session, [kept.id], today=today)


def merge_organisations(session: Session, kept: Organisation, gone: Organisation, *, today: date) -> None:
    """The units of `gone` belong to `kept`, on every day that they belonged to `gone`."""
    _refuse_itself(kept, gone)
    cvr, ean = kept.cvr or gone.cvr, kept.ean or gone.ean
    _merge(session, kept, gone)
    kept.cvr, kept.ean = cvr, ean
    hosts.refresh_placements(session, hosts.owned_units(kept, today), today=today)


def _refuse_itself(kept: Organisation | Unit, gone: Organisation | Unit) -> None:
    if kept.id == gone.id:
        raise RuleBroken(_("Vælg en anden end den, du står på."), field="into")


def _merge(session: Session, kept: Organisation | Unit, gone: Organisation | Unit) -> None:
    """Nobody else changes either meanwhile."""
    model = type(gone)
    both = select(model.id).where(model.id.in_([kept.id, gone.id])).order_by(model.id)
    session.execute(both.with_for_update())
    stays = _stays(gone)
    names = [
        row
        for link in links_to(gone.__tablename__)
        if link.table in stays
        for row in _rows(session, link, gone)
    ]
    for name in names:
        session.delete(name)
    session.flush()
    _absorb(session, kept, gone, stays)
    session.expire_all()


def _absorb(session: Session, kept: Base, gone: Base, stays: frozenset[str] = frozenset()) -> None:
    """Move what points to `gone`; where `kept` has the same already, the two become one in the same way."""
    for link in links_to(str(gone.__tablename__)):
        if link.table in stays:
            continue
        for row in _rows(session, link, gone):
            twin = _twin(session, link, row, kept)
            if twin is None:
                setattr(row, link.column.key, kept.id)  # type: ignore[attr-defined]
            else:
                COMBINED.get(type(row), _keep)(twin, row)
                _absorb(session, twin, row)
            session.flush()
    session.flush()
    session.expire(gone)
    session.delete(gone)
    session.flush()


def _rows(session: Session, link: Link, target: Any) -> list[Any]:
    rows = session.scalars(
        select(link.model).where(link.column == target.id).order_by(link.column.table.c.id)
    )
    return list(rows)


def _twin(session: Session, link: Link, row: Any, kept: Any) -> Any:
    """The row of `kept` that stands where this one would."""
    for keys in _unique(link):
        values = {key: kept.id if key == link.column.key else getattr(row, key) for key in keys}
        if None not in values.values() or link.model.__tablename__ == "role_grant":
            found = session.scalars(select(link.model).filter_by(**values).limit(1)).first()
            if found is not None:
                return found
    return None


def _unique(link: Link) -> Iterator[list[str]]:
    """The sets of columns that only one row may hold, and that the moving column is part of."""
    table = link.column.table
    for constraint in table.constraints:
        keys = [column.key for column in getattr(constraint, "columns", ())]
        if isinstance(constraint, UniqueConstraint) and link.column.key in keys:
            yield keys


def _keep(_twin: Any, _row: Any) -> None:
    """What the kept one says stands."""


def _stricter(twin: ClearanceRule, row: ClearanceRule) -> None:
    twin.mandatory = twin.mandatory or row.mandatory


def _later_seen(twin: Clearance, row: Clearance) -> None:
    if (row.seen_on or date.min) > (twin.seen_on or date.min):
        twin.requested_on, twin.seen_on, twin.expires_on = row.requested_on, row.seen_on, row.expires_on


COMBINED: dict[type, Callable[[Any, Any], None]] = {ClearanceRule: _stricter, Clearance: _later_seen}
