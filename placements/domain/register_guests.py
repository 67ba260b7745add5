"""Guests at a session: somebody who was there without being on the cohort, by name alone."""

from __future__ import annotations

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from placements.domain import teaching
from placements.domain.actors import Actor
from placements.domain.rules import RuleBroken
from placements.i18n import _
from placements.models.attendance import SessionGuest
from placements.models.teaching import TeachingSession

MOST = 40
"""So many guests has no session; a list without an end has no place on a page."""


def visible_to(actor: Actor) -> Select[SessionGuest]:
    """Those of the sessions whose registers one may keep."""
    sessions = teaching.visible_to(actor).with_only_columns(TeachingSession.id)
    return select(SessionGuest).where(SessionGuest.session_id.in_(sessions))


def of(session: Session, taught: TeachingSession) -> list[SessionGuest]:
    query = select(SessionGuest).where(SessionGuest.session_id == taught.id)
    return list(session.scalars(query.order_by(SessionGuest.name, SessionGuest.id)))


def add(session: Session, taught: TeachingSession, *, name: str) -> SessionGuest:
    tidy = " ".join(name.split())
    if not tidy:
        raise RuleBroken(_("Skriv gæstens navn."), field="name")
    if len(of(session, taught)) >= MOST:
        raise RuleBroken(_("Der kan højst stå %(number)s gæster på en gang.", number=MOST), field="name")
    guest = SessionGuest(session_id=taught.id, name=tidy)
    session.add(guest)
    return guest


def remove(session: Session, guest: SessionGuest) -> None:
    session.delete(guest)
