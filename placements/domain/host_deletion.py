"""Deleting an organisation, a unit or a contact that nothing relies on."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from placements.domain.host_links import PARTS, Host, counts, links_to
from placements.domain.rules import Unmet, require
from placements.i18n import _
from placements.models.hosts import Contact


def relying(session: Session, record: Host) -> list[Unmet]:
    """What would lose its footing, a line for each kind."""
    parts = PARTS[record.__tablename__]
    lines = [
        Unmet(f"relies_{number}", _("%(noun)s: %(number)s", noun=count.noun, number=count.number))
        for number, count in enumerate(counts(session, record, without=parts))
    ]
    if isinstance(record, Contact) and record.user_id is not None:
        lines.append(Unmet("user", _("Personen kan logge ind for stedet. Luk adgangen først.")))
    return lines


def delete(session: Session, record: Host) -> None:
    """Raises `RuleBroken` with the list of what relies on it."""
    require(_("Den kan ikke slettes, for andet hører til den."), relying(session, record))
    parts = PARTS[record.__tablename__]
    for link in links_to(record.__tablename__):
        if link.table in parts:
            for row in session.scalars(select(link.model).where(link.column == record.id)):
                session.delete(row)
    session.flush()
    session.expire(record)
    session.delete(record)
