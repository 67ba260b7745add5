"""Reminding a unit that has been asked and has not answered."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from placements.domain import placements, reminders
from placements.domain.placement_states import UNANSWERED
from placements.domain.rules import RuleBroken
from placements.i18n import _
from placements.models.placements import Placement
from placements.models.users import User


def is_waiting(placement: Placement) -> bool:
    return placement.status in UNANSWERED


def last_asked(session: Session, placement: Placement) -> datetime | None:
    """When the unit last got a mail about it."""
    return reminders.last_sent(session, f"/placements/{placement.id}")


def remind(session: Session, placement: Placement, *, now: datetime) -> list[User]:
    """A mail with the link to everybody who can answer, at most once a day."""
    if not is_waiting(placement):
        raise RuleBroken(_("Praktikstedet venter ikke på at svare."))
    hosts = placements.hosts_to_ask(session, placement)
    return reminders.remind_all(session, hosts, "remind_accept", f"/placements/{placement.id}", now)
