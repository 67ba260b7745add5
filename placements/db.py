"""The database handle: naming, column types, SQLite's pragmas and when a transaction takes the write lock."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any, TypeVar

import sqlalchemy as sa
from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.engine import Connection, Dialect, Engine
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, declared_attr, mapped_column, registry

T = TypeVar("T")
AT_A_TIME = 1000

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class UTCDateTime(sa.types.TypeDecorator[datetime]):
    """A moment. Naive datetimes are refused; what comes out is always aware, in UTC."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _values(kind: type[enum.Enum]) -> list[str]:
    return [str(member.value) for member in kind]


def choice_of(kind: type[enum.Enum], *, name: str | None = None) -> sa.Enum:
    """A column of an enumeration: its values as text, checked. A second one in a table needs a `name`."""
    return sa.Enum(
        kind,
        name=name,
        native_enum=False,
        create_constraint=True,
        values_callable=_values,
        length=32,
    )


_registry = registry(
    metadata=sa.MetaData(naming_convention=NAMING),
    type_annotation_map={
        str: sa.String(),
        bytes: sa.LargeBinary(),
        date: sa.Date(),
        time: sa.Time(),
        datetime: UTCDateTime(),
        dict[str, Any]: sa.JSON(),
        list[str]: sa.JSON(),
        list[int]: sa.JSON(),
        enum.Enum: choice_of(enum.Enum),
    },
)


class Base(DeclarativeBase):
    registry = _registry
    metadata = _registry.metadata


db = SQLAlchemy(model_class=Base)

if TYPE_CHECKING:

    class Model(Base):
        __abstract__ = True
else:
    Model = db.Model

TABLE = {"sqlite_strict": True, "sqlite_autoincrement": True}


def table(*parts: sa.schema.SchemaItem) -> tuple[Any, ...]:
    """`__table_args__` of every table: STRICT, and ids that are never used again."""
    return (*parts, TABLE)


class Versioned:
    """A record that people edit: a save with an old version number is refused (409)."""

    version: Mapped[int] = mapped_column(nullable=False)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805
        return {"version_id_col": cls.version}


# SQLite's STRICT tables know five types only.
@compiles(sa.String, "sqlite")
@compiles(sa.Enum, "sqlite")
@compiles(sa.Date, "sqlite")
@compiles(sa.Time, "sqlite")
@compiles(sa.DateTime, "sqlite")
@compiles(sa.JSON, "sqlite")
def _text(element: Any, compiler: Any, **kw: Any) -> str:
    return "TEXT"


@compiles(sa.Boolean, "sqlite")
@compiles(sa.BigInteger, "sqlite")
def _integer(element: Any, compiler: Any, **kw: Any) -> str:
    return "INTEGER"


_write_intent: ContextVar[bool] = ContextVar("write_intent", default=False)


@contextmanager
def writing() -> Iterator[None]:
    """Within this block a SQLite transaction takes the write lock when it begins.

    A transaction that reads first and writes later would be refused as soon as somebody else has
    written in between (and the driver's own default loses updates); see docs/decisions.
    """
    token = _write_intent.set(True)
    try:
        yield
    finally:
        _write_intent.reset(token)


def set_write_intent(value: bool) -> None:
    """The same for a whole request; reads that follow a commit go without the lock."""
    _write_intent.set(value)


def chunks(values: Iterable[T]) -> Iterator[list[T]]:
    """As many at a time as one statement is asked about."""
    listed = list(values)
    for start in range(0, len(listed), AT_A_TIME):
        yield listed[start : start + AT_A_TIME]


def one_at_a_time(session: Session, *keys: str) -> None:
    """Until this transaction ends nobody else gets past here with one of these keys.

    For what is counted before it is added to. SQLite has one writer anyway.
    """
    if session.get_bind().dialect.name == "postgresql":
        for key in sorted(keys):
            session.execute(sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtextextended(key, 0))))


BUSY_SECONDS = 30
"""So long whoever wants to write waits for whoever is writing."""
PRAGMAS = (
    "synchronous=FULL",
    "foreign_keys=ON",
    f"busy_timeout={BUSY_SECONDS * 1000}",
    "cache_size=-65536",
    "mmap_size=268435456",
    "temp_store=MEMORY",
    "trusted_schema=OFF",
    "secure_delete=ON",
)
# Before this version the write-ahead log could corrupt a database (sqlite.org/wal.html#walresetbug).
FIXED_WAL = (3, 51, 3)


def _on_connect(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    version = cursor.execute("select sqlite_version()").fetchone()[0]
    fixed = tuple(int(part) for part in version.split(".")) >= FIXED_WAL
    cursor.execute(f"PRAGMA journal_mode={'WAL' if fixed else 'TRUNCATE'}")
    for pragma in PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _on_begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if _write_intent.get() else "BEGIN DEFERRED")


def prepare_engine(engine: Engine) -> None:
    if engine.dialect.name == "sqlite":
        sa.event.listen(engine, "connect", _on_connect)
        sa.event.listen(engine, "begin", _on_begin)


def engine_options(url: str) -> dict[str, Any]:
    """SQLite through a library that brings a fixed SQLite; PostgreSQL with stale connections noticed."""
    if url.startswith("sqlite"):
        import pysqlite3.dbapi2

        return {"module": pysqlite3.dbapi2}
    return {"pool_pre_ping": True}


def is_busy(error: BaseException) -> bool:
    """SQLite's writer did not get ready within the time that others wait."""
    return "database is locked" in str(getattr(error, "orig", ""))


def scrub() -> bool:
    """After a deletion: SQLite's log is written into the file and emptied, so that nothing is left there.

    What is deleted in the file itself is overwritten at once (`secure_delete`). False: the database was busy.
    """
    if db.engine.dialect.name != "sqlite":
        return True
    connection = db.engine.raw_connection()
    try:
        busy = connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    finally:
        connection.close()
    return not busy


def init_app(app: Flask) -> None:
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = engine_options(app.config["SQLALCHEMY_DATABASE_URI"])
    db.init_app(app)
    with app.app_context():
        prepare_engine(db.engine)
