"""Each showing of a form is answered once: the second click is led where the first one went."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from placements.db import one_at_a_time
from placements.models.sent_forms import SentForm

KEPT = timedelta(days=1)


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


def of(session: Session, key: str) -> SentForm | None:
    return session.scalar(select(SentForm).where(SentForm.key_hash == _digest(key)))


def claim(session: Session, key: str, *, now: datetime) -> bool:
    """Whether this is the first time the form is sent. Commit at once, so that a second click sees it."""
    one_at_a_time(session, f"form {key}")
    session.execute(delete(SentForm).where(SentForm.created_at < now - KEPT))
    if of(session, key) is not None:
        return False
    session.add(SentForm(key_hash=_digest(key), location=None, created_at=now))
    session.flush()
    return True


def conclude(session: Session, key: str, location: str) -> None:
    session.execute(update(SentForm).where(SentForm.key_hash == _digest(key)).values(location=location))


def forget(session: Session, key: str) -> None:
    """It was refused: what is mended may be sent again."""
    session.execute(delete(SentForm).where(SentForm.key_hash == _digest(key)))
