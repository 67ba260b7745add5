"""Bring the database to the tables of this version. Alembic is imported only when it is needed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from flask import Flask

if TYPE_CHECKING:
    from alembic.config import Config

FOLDER = Path(__file__).parent


def configuration() -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    return config


def upgrade(app: Flask, revision: str = "head") -> None:
    """All or nothing; a second process that starts at the same time waits, and then finds nothing to do."""
    from alembic import command

    with app.app_context():
        command.upgrade(configuration(), revision)


def is_current(app: Flask) -> bool:
    """Whether the database has the tables of this version."""
    from alembic.runtime.migration import MigrationContext
    from alembic.script import ScriptDirectory

    from placements.db import db

    head = ScriptDirectory.from_config(configuration()).get_current_head()
    with app.app_context(), db.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() == head
