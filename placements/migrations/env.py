"""How migrations run, on either engine: in one transaction, with SQLite's foreign keys off while it lasts, and checked.

With foreign keys on, SQLite's way of altering a table (copy, drop, rename) deletes the rows that refer to it, and says
nothing. The same way loses the table's triggers: a migration that alters `placement` must make those of the search again.
It also loses AUTOINCREMENT: `batch_alter_table` needs `table_kwargs` with `sqlite_autoincrement` and `sqlite_strict`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import text
from sqlalchemy.engine import Connection

from placements.db import UTCDateTime, db, writing
from placements.models.placement_search import OWN_OBJECTS

ONE_AT_A_TIME = 5_000_117  # any number that no other program on the server uses for this


def render_item(kind: str, item: Any, _context: AutogenContext) -> str | Literal[False]:
    """Migrations never import the application."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, UTCDateTime) else False


def include_name(name: str | None, kind: str, _parents: Any) -> bool:
    return not (kind in {"table", "index"} and (name or "").startswith(OWN_OBJECTS))


def compare_type(migration: Any, _inspected: Any, _metadata: Any, old: Any, new: Any) -> bool | None:
    """SQLite's STRICT tables know five types, so there the written types are compared."""
    if migration.dialect.name != "sqlite":
        return None
    return bool(old.compile(migration.dialect) != new.compile(migration.dialect))


@contextmanager
def foreign_keys_off(connection: Connection) -> Iterator[None]:
    """SQLite listens to this outside transactions only, hence by the driver's own connection."""
    driver: Any = connection.connection.dbapi_connection
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        driver.execute("PRAGMA foreign_keys=ON")


def check_foreign_keys(connection: Connection) -> None:
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if broken:
        raise RuntimeError(f"The migration would leave rows that refer to nothing: {broken[:10]}")


def run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=db.metadata,
        render_as_batch=True,
        transactional_ddl=True,
        compare_type=compare_type,
        render_item=render_item,
        include_name=include_name,
    )
    with context.begin_transaction():
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ONE_AT_A_TIME})
        context.run_migrations()
        if connection.dialect.name == "sqlite":
            check_foreign_keys(connection)


with db.engine.connect() as opened, writing():
    if opened.dialect.name == "sqlite":
        with foreign_keys_off(opened):
            run(opened)
    else:
        run(opened)
