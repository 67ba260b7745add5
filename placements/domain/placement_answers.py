"""A unit's yes, and whom it names as supervisor in the same breath."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from placements.domain import contacts, placements
from placements.models.placements import Placement


def accept(
    session: Session,
    placement: Placement,
    *,
    supervisor_id: int | None,
    new_name: str | None,
    today: date,
    now: datetime,
) -> None:
    """Yes, with one of the unit's people as supervisor, with somebody new, or with nobody yet."""
    placements.accept(session, placement, now=now)
    if new_name:
        person = contacts.add(session, placement.unit, name=new_name, is_supervisor=True)
        session.flush()
        supervisor_id = person.id
    if supervisor_id is not None:
        placements.name_supervisor(session, placement, supervisor_id=supervisor_id, today=today)
