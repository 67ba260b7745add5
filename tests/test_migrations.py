"""A database made by the migrations is the one that the models describe, and a migration loses no row."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import Engine, create_engine, make_url, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.pool import NullPool

from placements import create_app, migrations
from placements.db import db, writing
from tests.factories import Factory

NEXT = """
from alembic import op
import sqlalchemy as sa

revision, down_revision, branch_labels, depends_on = "next", "{head}", None, None


def upgrade():
    copied = op.get_bind().dialect.name == "sqlite"
    with op.batch_alter_table("unit", recreate="always" if copied else "auto") as batch:
        batch.add_column(sa.Column("nickname", sa.String(), nullable=True))
    {more}
"""


@pytest.fixture
def empty_url(_application: Flask, engine: str, tmp_path: Path) -> Iterator[str]:
    """A new database without tables, on the same engine."""
    if engine == "sqlite":
        yield f"sqlite:///{tmp_path / 'migrated.db'}"
        return
    url = make_url(_application.config["SQLALCHEMY_DATABASE_URI"])
    with create_engine(url, isolation_level="AUTOCOMMIT", poolclass=NullPool).connect() as server:
        server.execute(text("DROP DATABASE IF EXISTS migrated WITH (FORCE)"))
        server.execute(text("CREATE DATABASE migrated"))
        yield url.set(database="migrated").render_as_string(hide_password=False)
        server.execute(text("DROP DATABASE migrated WITH (FORCE)"))


@pytest.fixture
def migrated(empty_url: str, tmp_path: Path) -> Iterator[Flask]:
    app = create_app(
        {"TESTING": True, "INSTANCE": tmp_path, "SECRET_KEY": "s", "SQLALCHEMY_DATABASE_URI": empty_url}
    )
    migrations.upgrade(app)
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def described(engine: Engine) -> dict[str, Any]:
    """Everything that the database knows of its tables, in no order: a column that came later stands last."""
    with engine.connect() as connection:
        return (_sqlite if engine.dialect.name == "sqlite" else _postgresql)(
            lambda sql: [tuple(row) for row in connection.execute(text(sql))]
        )


SQLITE_OBJECTS = "SELECT type || ' ' || name, sql FROM sqlite_master WHERE sql NOT LIKE '%alembic%'"
COLUMNS = """
    SELECT table_name, column_name, data_type, character_maximum_length, is_nullable, column_default
    FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> 'alembic_version'
    ORDER BY table_name, column_name
"""
RULES = """
    SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
    WHERE connamespace = 'public'::regnamespace AND conrelid::regclass::text <> 'alembic_version'
    ORDER BY 1, 2
"""
INDEXES = """
    SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename <> 'alembic_version'
    ORDER BY 1
"""


def _sqlite(ask: Callable[[str], list[Any]]) -> dict[str, Any]:
    return {name: _parts(sql) for name, sql in ask(SQLITE_OBJECTS)}


def _parts(sql: str) -> list[str]:
    """A table's columns and rules; anything else as it stands."""
    plain = " ".join(sql.replace('"', "").split())
    head, _, body = plain.partition("(")
    if not head.startswith("CREATE TABLE"):
        return [plain]
    inside, _, tail = body.rpartition(")")
    return [head.strip(), tail.strip(), *sorted(_split(inside))]


def _split(inside: str) -> list[str]:
    """At the commas that stand in no brackets."""
    parts, depth = [""], 0
    for letter in inside:
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if letter == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += letter
    return [part.strip().replace("( ", "(").replace(" )", ")") for part in parts]


def _postgresql(ask: Callable[[str], list[Any]]) -> dict[str, Any]:
    return {"columns": ask(COLUMNS), "rules": ask(RULES), "indexes": ask(INDEXES)}


def follow_up(folder: Path, more: str = "") -> Config:
    """The migrations and one more, which lets SQLite copy, drop and rename a table that others refer to."""
    configuration = migrations.configuration()
    head = ScriptDirectory.from_config(configuration).get_current_head()
    (folder / "next.py").write_text(NEXT.format(head=head, more=more))
    configuration.set_main_option("path_separator", "newline")
    configuration.set_main_option("version_locations", f"{migrations.FOLDER / 'versions'}\n{folder}")
    return configuration


def units_and_names(app: Flask) -> list[Any]:
    with app.app_context():
        rows = db.session.execute(
            text("SELECT u.id, p.name FROM unit u JOIN unit_period p ON p.unit_id = u.id")
        )
        return [tuple(row) for row in rows]


def columns_of(app: Flask, table: str) -> list[str]:
    with app.app_context(), db.engine.connect() as connection:
        return list(connection.execute(text(f"SELECT * FROM {table}")).keys())


def test_upgrade_makes_the_tables_of_the_models(app: Flask, migrated: Flask) -> None:
    with app.app_context():
        expected = described(db.engine)
    with migrated.app_context():
        assert described(db.engine) == expected


def test_autogenerate_finds_nothing_to_change(migrated: Flask) -> None:
    with migrated.app_context():
        command.check(migrations.configuration())


def test_upgrade_twice_changes_nothing(migrated: Flask) -> None:
    migrations.upgrade(migrated)
    assert migrations.is_current(migrated)


def test_is_current_knows_an_old_database(app: Flask) -> None:
    assert not migrations.is_current(app)


def test_migration_keeps_the_rows_that_refer_to_an_altered_table(migrated: Flask, tmp_path: Path) -> None:
    with migrated.app_context():
        Factory(db.session()).unit("Afsnit A")
    with migrated.app_context():
        command.upgrade(follow_up(tmp_path), "next")
    assert "nickname" in columns_of(migrated, "unit")
    assert units_and_names(migrated) == [(1, "Afsnit A")]


def test_migration_that_fails_leaves_nothing_behind(migrated: Flask, tmp_path: Path) -> None:
    with migrated.app_context(), pytest.raises(ZeroDivisionError):
        command.upgrade(follow_up(tmp_path, "1 / 0"), "next")
    assert "nickname" not in columns_of(migrated, "unit")
    assert migrations.is_current(migrated)


def test_migration_that_orphans_rows_is_refused(migrated: Flask, tmp_path: Path) -> None:
    with migrated.app_context():
        Factory(db.session()).unit("Afsnit A")
    with migrated.app_context(), pytest.raises(Exception, match="unit_period"):
        command.upgrade(follow_up(tmp_path, 'op.execute("DELETE FROM unit")'), "next")
    assert units_and_names(migrated) == [(1, "Afsnit A")]


def test_foreign_keys_are_on_again_after_a_migration(migrated: Flask) -> None:
    with migrated.app_context():
        Factory(db.session()).unit("Afsnit A")
    with (
        migrated.app_context(),
        writing(),
        db.engine.connect() as connection,
        pytest.raises(IntegrityError, match=r"(?i)foreign key"),
    ):
        connection.execute(text("UPDATE unit_period SET unit_id = 99"))


def test_search_index_follows_the_rows(migrated: Flask) -> None:
    """SQLite's index agrees with what it was made from after an insert, a change and a deletion."""
    with migrated.app_context():
        make = Factory(db.session())
        first, second = make.placement(search_text="anna lindberg"), make.placement(search_text="bo holm")
        with writing():
            first.search_text = "anna holm"
            db.session.delete(second)
            db.session.commit()
        if db.engine.dialect.name == "sqlite":
            with writing():
                db.session.execute(
                    text("INSERT INTO placement_search(placement_search, rank) VALUES ('integrity-check', 1)")
                )
            found = db.session.scalars(
                text("SELECT rowid FROM placement_search WHERE placement_search MATCH '\"hol\"'")
            )
        else:
            found = db.session.scalars(
                text("SELECT id FROM placement WHERE (' ' || search_text) LIKE '%hol%'")
            )
        assert list(found) == [first.id]
