"""Is it genuine? Told to whoever holds the code; who guesses is stopped."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from placements.domain import diplomas, guessing
from placements.models.diplomas import Diploma


def look_up(session: Session, code: str, *, address: str, now: datetime) -> Diploma | None:
    """The diploma with this code. Raises `TooOften`, also for a right code, after many wrong ones."""
    return guessing.looked_up(session, lambda: diplomas.by_code(session, code), address=address, now=now)
