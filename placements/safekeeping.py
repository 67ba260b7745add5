"""What was handed out is read through, once a day by the worker and whenever somebody asks."""

from __future__ import annotations

from placements import logs
from placements.clock import now
from placements.db import db, writing
from placements.domain import document_checks


def check_when_due() -> None:
    if document_checks.is_due(db.session(), now=now()):
        check()


def check() -> document_checks.Found:
    """Reading holds nobody up: only what was found is written."""
    session = db.session()
    session.rollback()
    found = document_checks.read_through(session)
    with writing():
        session.rollback()
        document_checks.keep(session, found, now=now())
        session.commit()
    if found.changed:
        logs.alarm("kept documents have changed", documents=found.changed)
    return found
