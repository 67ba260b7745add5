"""What was handed out is read through, once a day by the worker and whenever somebody asks."""

from __future__ import annotations

from datetime import date

from flask import current_app

from placements import logs
from placements.clock import now, today
from placements.db import db, writing
from placements.domain import document_checks

_broken_off: dict[str, date] = {}


def check_when_due() -> None:
    """One that broke off, perhaps as the database is damaged, is tried again the next day."""
    instance, day = str(current_app.config["INSTANCE"]), today()
    if _broken_off.get(instance) == day or not document_checks.is_due(db.session(), now=now()):
        return
    try:
        check()
    except Exception as error:
        _broken_off[instance] = day
        logs.trouble("the daily check of kept documents broke off", error)
        raise


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
    if found.missing:
        logs.alarm("kept documents are missing", number=found.missing)
    return found
