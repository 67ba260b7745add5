"""The history: written from the session's own events, in the transaction that makes the change."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import event, insert, inspect, select
from sqlalchemy.orm import Mapper, ORMExecuteState, Session

from placements.db import Base
from placements.models.events import Action, Audited, Event
from placements.models.users import User

UNTOLD = {"version"}
CHANGED = "•"


def act_as(
    session: Session, actor_id: int | None, request_id: str | None = None, acting_name: str | None = None
) -> None:
    """Say who is behind what this session writes from here on; of a shared account, also which person."""
    session.info["actor_id"] = actor_id
    session.info["request_id"] = request_id
    session.info["acting_name"] = acting_name


def watch(session_class: Any) -> None:
    """Listen, once, to every flush; refuse bulk updates of audited records, which would leave no trace."""
    for name, listener in (("after_flush", _write_events), ("do_orm_execute", _refuse_bulk)):
        if not event.contains(session_class, name, listener):
            event.listen(session_class, name, listener)
    for mapper in Base.registry.mappers:
        if issubclass(mapper.class_, Audited):
            _keep_old_values(mapper)


def _keep_old_values(mapper: Mapper[Any]) -> None:
    """Setting a column of a record that has not been read yet reads its old value first."""
    for column in mapper.column_attrs:
        attribute = getattr(mapper.class_, column.key)
        if not event.contains(attribute, "set", _nothing):
            event.listen(attribute, "set", _nothing, active_history=True)


def _nothing(*_values: object) -> None:
    """A listener that is there for its `active_history` alone."""


def _refuse_bulk(state: ORMExecuteState) -> None:
    if not (state.is_update or state.is_delete):
        return
    mapper = state.bind_mapper
    if mapper is not None and issubclass(mapper.class_, Audited):
        raise RuntimeError(f"{mapper.class_.__name__} is audited: change it row by row")


def _plain(value: Any) -> Any:
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return value


def _difference(record: Any, *, all_columns: bool) -> dict[str, list[Any]]:
    changes: dict[str, list[Any]] = {}
    state = inspect(record)
    for attribute in state.mapper.column_attrs:
        if attribute.key in UNTOLD or attribute.columns[0].primary_key:
            continue
        past = state.attrs[attribute.key].history
        if not (all_columns or past.has_changes()):
            continue
        old = _plain(past.deleted[0]) if past.deleted and not all_columns else None
        new = _plain(state.attrs[attribute.key].value)
        if attribute.columns[0].info.get("sensitive"):
            old, new = None, CHANGED
        if old != new:
            changes[attribute.key] = [old, new]
    return changes


def _rows(session: Session) -> Iterator[dict[str, Any]]:
    for action, records in (
        (Action.CREATED, session.new),
        (Action.CHANGED, session.dirty),
        (Action.DELETED, session.deleted),
    ):
        for record in records:
            if not isinstance(record, Audited):
                continue
            changes = (
                {} if action is Action.DELETED else _difference(record, all_columns=action is Action.CREATED)
            )
            if action is Action.CHANGED and not changes:
                continue
            root_table, root_id = record.history_of()
            yield {
                "at": datetime.now(UTC),
                "actor_id": session.info.get("actor_id"),
                "acting_name": session.info.get("acting_name"),
                "request_id": session.info.get("request_id"),
                "action": action,
                "table_name": record.__tablename__,  # type: ignore[attr-defined]
                "row_id": record.id,
                "root_table": root_table,
                "root_id": root_id,
                "changes": changes,
            }


def _write_events(session: Session, _context: Any) -> None:
    with session.no_autoflush:
        rows = list(_rows(session))
    if rows:
        session.connection().execute(insert(Event.__table__), rows)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Entry:
    """One event with the name of whoever did it (empty: the system itself)."""

    event: Event
    actor: str


def of(session: Session, record: Audited, *, limit: int = 50) -> list[Entry]:
    """The newest events shown on this record's page."""
    table, row_id = record.history_of()
    rows = session.execute(
        select(Event, User.name)
        .outerjoin(User, User.id == Event.actor_id)
        .where(Event.root_table == table, Event.root_id == row_id)
        .order_by(Event.id.desc())
        .limit(limit)
    )
    return [Entry(event, _by(event, name)) for event, name in rows]


def last_change(session: Session, record: Audited) -> Entry | None:
    """Who changed this very row last, and when (for a stale edit)."""
    row = session.execute(
        select(Event, User.name)
        .outerjoin(User, User.id == Event.actor_id)
        .where(Event.table_name == record.__tablename__, Event.row_id == record.id)  # type: ignore[attr-defined]
        .order_by(Event.id.desc())
        .limit(1)
    ).first()
    return Entry(row[0], _by(row[0], row[1])) if row else None


def _by(event: Event, name: str | None) -> str:
    """Bo Berg (Team Nord) when several share the account."""
    return f"{event.acting_name} ({name})" if event.acting_name and name else name or ""
