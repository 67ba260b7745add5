"""Every row of the database of a test, to compare with and to go back to."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, insert, select, text

from placements.db import db, writing

UNCHECKED = "SET LOCAL session_replication_role = replica"
"""PostgreSQL looks for no rows that refer to what goes or comes, until the transaction ends."""
Snapshot = dict[str, list[tuple[Any, ...]]]
COUNT_ON = """
    SELECT setval(quote_ident(sequencename)::regclass, 10000)
    FROM pg_sequences WHERE schemaname = 'public' AND coalesce(last_value, 0) < 10000
"""
"""SQLite counts on by itself from the greatest id; PostgreSQL knows only of those it gave out."""


def restore(snapshot: Snapshot) -> None:
    """As it was then; ids go on counting from where they are, and never below those of its rows."""
    tables = db.metadata.sorted_tables
    with writing(), db.engine.begin() as connection:
        on_postgresql = connection.dialect.name == "postgresql"
        if on_postgresql:
            connection.execute(text(f"{UNCHECKED}; {'; '.join(f'DELETE FROM {name}' for name in snapshot)}"))
        else:
            for table in reversed(tables):
                connection.execute(delete(table))
        for table in tables:
            if rows := snapshot[table.name]:
                columns = table.c.keys()
                connection.execute(insert(table), [dict(zip(columns, row, strict=True)) for row in rows])
        if on_postgresql:
            connection.execute(text(COUNT_ON))


def read_tables() -> Snapshot:
    """Every row of every table."""
    with db.engine.connect() as connection:
        return {
            table.name: [tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key))]
            for table in db.metadata.sorted_tables
        }


def changed_tables(before: Snapshot) -> list[str]:
    after = read_tables()
    return [name for name, rows in before.items() if rows != after[name]]
