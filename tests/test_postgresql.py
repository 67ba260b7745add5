"""The private PostgreSQL that the database tests run on."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.pool import NullPool

from tests import postgresql


def test_start_gives_a_server_with_danish_letters_and_takes_it_away() -> None:
    with postgresql.start() as url:
        engine = create_engine(url, poolclass=NullPool)
        with engine.connect() as connection:
            assert connection.scalar(text("select lower('ÆØÅ')")) == "æøå"
            assert connection.scalar(text("show listen_addresses")) == ""
            connection.execute(text("create extension pg_trgm"))
    assert not Path(str(make_url(url).query["host"])).exists()


def test_start_without_postgresql_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgresql.shutil, "which", lambda name: None)
    monkeypatch.setattr(postgresql.Path, "glob", lambda self, pattern: iter(()))
    with pytest.raises(postgresql.PostgreSQLMissing, match="run `make setup`"), postgresql.start():
        pass
