"""Applications whose time has come are deleted, once a day by the worker and whenever somebody asks.

Where the policy says so, a copy of each and an index are written to a file first (D-08).
"""

from __future__ import annotations

import csv
import io
import os
import zipfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import BinaryIO

from flask import current_app
from sqlalchemy import select

from placements import db as database
from placements import logs, words
from placements.clock import now, today
from placements.db import db, writing
from placements.domain import application_retention, cohort_seats
from placements.domain.application_retention import Due
from placements.domain.rules import RuleBroken
from placements.encryption import Unreadable
from placements.models.applications import Application
from placements.models.programmes import Programme
from placements.printing import applications as printed

FOLDER = "exports"
HEADINGS = ("reference", "hold", "status", "sendt", "kommune", "fil")


@dataclass(frozen=True, slots=True)
class Expired:
    """`exports` are the files that were written first; `scrubbed`: nothing is left in the database's log."""

    number: int
    exports: list[Path]
    scrubbed: bool


_looked: dict[str, date] = {}


def expire_when_due() -> None:
    """The first look of each day. When it fails, nothing is deleted, and the next day tries again."""
    instance, day = str(current_app.config["INSTANCE"]), today()
    if _looked.get(instance) == day:
        return
    try:
        scrubbed = expire().scrubbed
    except (RuleBroken, Unreadable, OSError) as error:
        db.session.rollback()
        logs.trouble("applications could not be copied, so none was deleted", error)
        scrubbed = True
    if scrubbed:
        _looked[instance] = day


def expire() -> Expired:
    """A copy is on the disk before anything is deleted; what came in between is left for the next time."""
    session, number, exports = db.session(), 0, []
    session.rollback()
    copied: dict[int, tuple[Path | None, set[int]]] = {}
    for one in application_retention.due(session, select(Programme), today=today()):
        path = _export(one) if one.policy.export_first and one.references else None
        copied[one.cohort.id] = path, {each.id for each in one.applications}
        exports += [path] if path else []
    if not copied:
        session.rollback()
        return Expired(0, [], database.scrub())
    with writing():
        session.rollback()
        session.expire_all()
        cohort_seats.lock(session, *copied)
        for one in application_retention.due(session, select(Programme), today=today()):
            path, ids = copied.get(one.cohort.id, (None, set()))
            left = Due(one.cohort, one.policy, [each for each in one.applications if each.id in ids])
            if left.policy.export_first and left.references and path is None:
                continue  # the policy has come to ask for a copy meanwhile
            application_retention.delete(session, left, export=path.name if path else None, now=now())
            number += len(left.applications)
        session.commit()
    return Expired(number, exports, database.scrub())


# The copy


def _export(one: Due) -> Path:
    """A PDF for each that was sent, and an index; the owner alone can read it."""
    folder: Path = current_app.config["INSTANCE"] / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    path = folder / f"ansoegninger-{one.cohort.slug}-{now():%Y%m%d-%H%M%S}.zip"
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            _write(file, one)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        path.unlink()
        raise
    return path


def _write(file: BinaryIO, one: Due) -> None:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("index.csv", _index(one))
        for application in _sent(one):
            copy = printed.copy(application, on=today(), locale=application.locale)
            archive.writestr(_filename(application), copy.pdf)


def _sent(one: Due) -> list[Application]:
    return [each for each in one.applications if each.reference]


def _filename(application: Application) -> str:
    return f"{application.reference}.pdf"


def _index(one: Due) -> str:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow(HEADINGS)
    for each in _sent(one):
        sent = each.submitted_at.isoformat() if each.submitted_at else ""
        status, place = str(words.word(each.status)), each.municipality or ""
        writer.writerow((each.reference, one.cohort.name, status, sent, place, _filename(each)))
    return "\ufeff" + text.getvalue()
