"""Every database test runs on SQLite and on PostgreSQL; every request in a session of its own."""

from __future__ import annotations

import gc
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from contextvars import Context
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import Table, delete, event, text
from sqlalchemy.orm import Session

from placements import create_app
from placements.clock import now
from placements.db import db, writing
from placements.domain import sign_ins
from placements.models.sign_ins import SignInMethod
from placements.models.users import User
from placements.pdf import pool
from tests.factories import Factory
from tests.mailbox import Mailbox
from tests.printed import Printed
from tests.snapshots import UNCHECKED

TODAY = date(2025, 2, 3)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--engine", choices=["sqlite", "postgresql"], help="run database tests on this engine only"
    )


def pytest_collection_finish() -> None:
    """What is loaded by now stays: to look it through for garbage again and again took a tenth."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "engine" in metafunc.fixturenames:
        only = metafunc.config.getoption("--engine")
        if metafunc.definition.get_closest_marker("on_sqlite_alone"):
            only = "sqlite"
        metafunc.parametrize("engine", [only] if only else ["sqlite", "postgresql"], scope="session")


@pytest.fixture(scope="session")
def engine(request: pytest.FixtureRequest) -> str:
    """Which database the test runs on."""
    return str(request.param)


@pytest.fixture(scope="session")
def run_folder(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A folder of this run of the tests, the same in each of its processes."""
    own = tmp_path_factory.getbasetemp()
    return own if worker_id == "master" else own.parent


@pytest.fixture(scope="session")
def _application(engine: str, tmp_path_factory: pytest.TempPathFactory, run_folder: Path) -> Iterator[Flask]:
    """One application for each engine, on a new database with the tables of the models."""
    folder: Path = tmp_path_factory.mktemp(engine)
    with ExitStack() as stack:
        url = f"sqlite:///{folder / 'test.db'}"
        if engine == "postgresql":
            from tests import postgresql

            url = stack.enter_context(postgresql.start())
        settings = {
            "TESTING": True,
            "INSTANCE": folder,
            "SECRET_KEY": "only-for-tests",
            "SQLALCHEMY_DATABASE_URI": url,
            "MAIL_URL": "",
            "BASE_URL": "http://localhost",
            "TODAY": TODAY,
            "WTF_CSRF_ENABLED": False,
            "SERVER_NAME": None,
        }
        yield from with_tables(create_app(settings), run_folder)


def with_tables(app: Flask, run_folder: Path) -> Iterator[Flask]:
    """With the tables of the models, and quick: templates compiled once a run, nothing to survive a crash."""
    compiled = run_folder / "templates"
    compiled.mkdir(exist_ok=True)
    app.jinja_env.bytecode_cache = FileSystemBytecodeCache(str(compiled))
    with app.app_context():
        event.listen(db.engine, "connect", _IN_HASTE[db.engine.dialect.name])
        db.create_all()
    yield app
    with app.app_context():
        db.engine.dispose()


def _without_waiting(connection: Any, _record: object) -> None:
    connection.execute("PRAGMA synchronous=OFF")


def _all_prepared(connection: Any, _record: object) -> None:
    """The tests ask the same few thousand questions again and again: each is planned once."""
    connection.prepare_threshold, connection.prepared_max = 1, 2000


_IN_HASTE = {"sqlite": _without_waiting, "postgresql": _all_prepared}


def empty_tables() -> None:
    """Only those that hold rows (truncating them all takes PostgreSQL long); ids begin at 1 again."""
    with writing(), db.engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text(EMPTY))
            return
        holding = connection.execute(text("SELECT name FROM sqlite_sequence")).scalars().all()
        for table in children_first():
            if table.name in holding:
                connection.execute(delete(table))
        connection.execute(text("DELETE FROM sqlite_sequence"))


EMPTY = f"""
DO $$ DECLARE used text; BEGIN
    {UNCHECKED};
    FOR used IN SELECT sequencename FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL
    LOOP
        EXECUTE format('DELETE FROM %I', regexp_replace(used, '_id_seq$', ''));
        PERFORM setval(quote_ident(used)::regclass, 1, false);
    END LOOP;
END $$
"""
"""Every table of ours counts its ids, from its first row on: so does SQLite in `sqlite_sequence`."""


@cache
def children_first() -> list[Table]:
    return list(reversed(db.metadata.sorted_tables))


@pytest.fixture
def app(_application: Flask) -> Iterator[Flask]:
    """The application on an empty database, with its context pushed; `TODAY` is Monday 3 February 2025."""
    kept = dict(_application.config)
    with _application.app_context():
        empty_tables()
        shutil.rmtree(_application.config["INSTANCE"] / "jobs", ignore_errors=True)  # ids begin at 1 again
        yield _application
        db.session.rollback()
    _application.config.clear()
    _application.config.update(kept)


@pytest.fixture(scope="session")
def _printed(run_folder: Path) -> Printed:
    folder = run_folder / "printed"
    folder.mkdir(exist_ok=True)
    return Printed(folder)


@pytest.fixture(autouse=True)
def _print_once(_printed: Printed, monkeypatch: pytest.MonkeyPatch) -> None:
    """Half of what the tests print has been printed before, on the other database for instance."""
    monkeypatch.setattr(pool, "ask", _printed.ask)


@pytest.fixture
def session(app: Flask) -> Session:
    return db.session()


@pytest.fixture
def make(session: Session) -> Factory:
    """Records with boring defaults: `make.placement(status="active")`. Each is committed."""
    return Factory(session)


class Client(FlaskClient):
    """A browser without JavaScript. Each request has a context and a session of its own, as on a server.

    What the test's own session has read is forgotten after it.
    """

    def open(self, *args: Any, **kwargs: Any) -> Any:
        db.session.rollback()
        kwargs.setdefault("buffered", True)  # read to the end, as a browser does: mails are sent after that
        answer = Context().run(super().open, *args, **kwargs)
        db.session.expire_all()
        db.session.rollback()
        return answer

    def sign_in(self, user: User) -> Client:
        with writing():
            actor = sign_ins.open_session(db.session(), user, method=SignInMethod.CODE, now=now())
            db.session.commit()
        with self.session_transaction() as cookie:
            cookie["_user_id"] = actor.session_key
            cookie["_fresh"] = True
            cookie["seen"] = int(now().timestamp())
        return self

    def htmx(self, method: str, path: str, **kwargs: Any) -> Any:
        """The same request as htmx sends it."""
        return self.open(path, method=method, headers={"HX-Request": "true"}, **kwargs)


@pytest.fixture
def client(app: Flask) -> Client:
    app.test_client_class = Client
    return app.test_client()  # type: ignore[return-value]


@pytest.fixture
def as_user(app: Flask) -> Callable[[User], Client]:
    """A new browser, signed in as this person."""
    app.test_client_class = Client

    def signed_in(user: User) -> Client:
        client = app.test_client()
        assert isinstance(client, Client)
        return client.sign_in(user)

    return signed_in


@pytest.fixture
def mailbox(app: Flask) -> Mailbox:
    """An empty mailbox."""
    return Mailbox(app.config["INSTANCE"] / "mail")


@pytest.fixture
def with_csrf(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = True


@pytest.fixture
def query_count(app: Flask) -> Callable[[Callable[[], object]], int]:
    """How many statements a call sends to the database, besides the one that begins the transaction."""

    def count(call: Callable[[], object]) -> int:
        seen: list[str] = []

        def note(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
            if not statement.startswith("BEGIN"):
                seen.append(statement)

        event.listen(db.engine, "before_cursor_execute", note)
        try:
            call()
        finally:
            event.remove(db.engine, "before_cursor_execute", note)
        return len(seen)

    return count
