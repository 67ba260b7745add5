"""The databases that are measured: kept in `.cache/bench` until the tables, or what fills them, change."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path
from typing import Any

from flask import Flask

from placements import create_app, migrations
from placements.clock import now
from placements.db import db, writing
from placements.models.users import Role, RoleGrant, User
from placements.synthetic import fill

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / ".cache" / "bench"
TODAY = date(2025, 2, 3)
EMAIL = "koordinator@example.org"


def application(database: Path) -> Flask:
    """The product as it is served, on that database; nothing is written outside `.cache`."""
    settings: dict[str, Any] = {
        "INSTANCE": FOLDER,
        "SECRET_KEY": "only for measurements",
        "SQLALCHEMY_DATABASE_URI": f"sqlite:///{database}",
        "MAIL_URL": "",
        "BASE_URL": "http://localhost",
        "TODAY": TODAY,
    }
    return create_app(settings)


def database(placements: int) -> Path:
    """A database with that many placements, and a coordinator who sees them all."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    path = FOLDER / f"{placements}-{_fingerprint()}.db"
    if path.exists():
        return path
    for old in FOLDER.glob(f"{placements}-*"):  # older tables, and drafts that were given up
        old.unlink()
    draft = path.with_suffix(".draft")
    _make(draft, placements)
    draft.rename(path)
    return path


def _make(path: Path, placements: int) -> None:
    app = application(path)
    migrations.upgrade(app)
    with app.app_context():
        with writing(), db.engine.begin() as connection:
            fill(connection, placements, today=TODAY)
        with writing():
            _add_coordinator()
            db.session.commit()
        with db.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        db.session.remove()
        db.engine.dispose()


def _add_coordinator() -> None:
    """Coordinates every programme, so that all placements are in play."""
    user = User(email=EMAIL, name="Karen Koordinator", phone=None, created_at=now())
    db.session.add(user)
    db.session.flush()
    for programme_id in db.session.scalars(db.text("SELECT id FROM programme")):
        grant = RoleGrant(user_id=user.id, role=Role.COORDINATOR, programme_id=programme_id, unit_id=None)
        db.session.add(grant)


def _fingerprint() -> str:
    """Changes when the tables do, or what they are filled with."""
    digest = hashlib.sha256()
    for folder in ("placements/migrations/versions", "placements/synthetic"):
        for file in sorted((ROOT / folder).glob("*.py")):
            digest.update(file.read_bytes())
    return digest.hexdigest()[:10]
