"""A private PostgreSQL for one test session: own folder, own socket, no network, thrown away at the end.

Durability is switched off: it is for tests alone.
How tests keep apart inside it is the fixtures' business.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

INITDB = ("--auth", "trust", "--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync")
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "shared_buffers": "64MB",
    "max_connections": "50",
    "timezone": "UTC",
    "jit": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_parallel_workers_per_gather": "0",
}


class PostgreSQLMissing(RuntimeError):
    pass


@contextmanager
def start() -> Iterator[str]:
    """Runs a server and yields its SQLAlchemy URL."""
    programs = _programs()
    with tempfile.TemporaryDirectory(prefix="placements-pg-", ignore_cleanup_errors=True) as name:
        folder, user = Path(name), _unprivileged()
        if user:
            os.chown(folder, user["user"], user["group"])
        _initialise(programs, folder, user)
        server = _launch(programs, folder, user)
        try:
            _wait(programs, folder, server)
            yield f"postgresql+psycopg://placements@/postgres?host={folder}"
        finally:
            _stop(server)


def _programs() -> Path:
    """The folder of initdb and postgres, which Debian keeps off the PATH."""
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).resolve().parent
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if not versions:
        raise PostgreSQLMissing(
            "PostgreSQL is not installed, and the tests start one: run `make setup`, or install postgresql."
        )
    return versions[-1].parent


def _unprivileged() -> dict[str, Any]:
    """PostgreSQL refuses to run as root; then it runs as the account that its package made, or as nobody."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            account = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
    raise PostgreSQLMissing("PostgreSQL cannot run as root, and there is no account postgres or nobody.")


def _initialise(programs: Path, folder: Path, user: dict[str, Any]) -> None:
    made = subprocess.run(
        [programs / "initdb", "--pgdata", folder / "data", "--username", "placements", *INITDB],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        **user,
    )
    if made.returncode:
        raise RuntimeError(f"initdb failed: {made.stderr}")


def _launch(programs: Path, folder: Path, user: dict[str, Any]) -> subprocess.Popen[bytes]:
    settings = [f"-c{name}={value}" for name, value in SETTINGS.items()]
    with (folder / "log").open("wb") as log:
        return subprocess.Popen(
            [programs / "postgres", "-D", folder / "data", "-k", folder, *settings],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            **user,
        )


def _wait(programs: Path, folder: Path, server: subprocess.Popen[bytes], seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while subprocess.run([programs / "pg_isready", "--quiet", "--host", folder], check=False).returncode:
        if server.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"PostgreSQL did not start: {(folder / 'log').read_text()}")
        time.sleep(0.05)


def _stop(server: subprocess.Popen[bytes]) -> None:
    """At once: SIGINT closes the connections that are still open, and there is nothing to save."""
    server.send_signal(signal.SIGINT)
    try:
        server.wait(timeout=10)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
