"""Rows wait until there are thousands of them, and then go in with one statement for each table."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from random import Random
from typing import Any

from sqlalchemy import Connection, Table, func, insert, select, text

from placements.db import db
from placements.models.placement_search import INSERT_TRIGGER

BATCH = 20_000


@dataclass
class Load:
    """Ids are given out beforehand, so that rows can refer to each other while they wait."""

    connection: Connection
    today: date
    random: Random
    waiting: dict[Table, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    last: dict[Table, int] = field(default_factory=dict)

    def add(self, model: Any, **values: Any) -> int:
        """All rows of a table are written with the columns of the first."""
        table: Table = model.__table__
        values["id"] = self.last[table] = self.count(model) + 1
        if "version" in table.c:
            values["version"] = 1
        self.waiting[table].append(values)
        if len(self.waiting[table]) >= BATCH:
            self.write()
        return self.last[table]

    def count(self, model: Any) -> int:
        """The last id given out."""
        table: Table = model.__table__
        if table not in self.last:
            self.last[table] = self.connection.scalar(select(func.max(table.c.id))) or 0
        return self.last[table]

    def write(self) -> None:
        """Tables that others refer to come first."""
        for table in db.metadata.sorted_tables:
            if rows := self.waiting.pop(table, None):
                self.connection.execute(insert(table), rows)

    def begin(self) -> None:
        """SQLite's search index is faster made at once than row by row."""
        if self.connection.dialect.name == "sqlite":
            self.connection.execute(text("DROP TRIGGER placement_search_insert"))

    def finish(self) -> None:
        """Let the database know the last ids and the texts to search.

        SQLite gets no statistics: with them it plans a statement anew whenever a value is bound.
        """
        self.write()
        if self.connection.dialect.name == "sqlite":
            self.connection.execute(text("INSERT INTO placement_search(placement_search) VALUES ('rebuild')"))
            self.connection.execute(text(INSERT_TRIGGER))
        if self.connection.dialect.name == "postgresql":
            for table, last in self.last.items():
                following = text("SELECT setval(pg_get_serial_sequence(:name, 'id'), :last)")
                self.connection.execute(following, {"name": table.name, "last": last})
            self.connection.execute(text("ANALYZE"))
