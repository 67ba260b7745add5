"""Setting a unit aside: it is left out of new proposals, and asked again after six months."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from placements.db import one_at_a_time
from placements.domain.rules import RuleBroken
from placements.i18n import _
from placements.models.hosts import Unit
from placements.models.pauses import UnitPause

MONTHS = 6


# Questions


def ask_again_on(day: date) -> date:
    """Six months later; the last of the month where that month is shorter."""
    months = day.month - 1 + MONTHS
    year, month = day.year + months // 12, months % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def of_unit(session: Session, unit_id: int) -> UnitPause | None:
    """The pause the unit is in now."""
    now: UnitPause | None = session.scalar(_open().where(UnitPause.unit_id == unit_id))
    return now


def _open() -> Select[UnitPause]:
    return select(UnitPause).where(UnitPause.ended_on.is_(None))


def paused_ids() -> Select[int]:
    """For use inside other statements: the units that are set aside."""
    return select(UnitPause.unit_id).where(UnitPause.ended_on.is_(None))


def due(today: date) -> Select[UnitPause]:
    """Those whose six months have passed, the longest first."""
    return _open().where(UnitPause.ask_again_on <= today).order_by(UnitPause.ask_again_on, UnitPause.id)


# Actions


def set_aside(session: Session, unit: Unit, *, reason: str, today: date) -> None:
    """A unit that is set aside already waits six months more, with the new reason."""
    if not reason.strip():
        raise RuleBroken(_("Skriv en kort begrundelse."), field="reason")
    one_at_a_time(session, f"pause {unit.id}")
    pause = of_unit(session, unit.id)
    if pause is None:
        pause = UnitPause(unit_id=unit.id, paused_on=today)
        session.add(pause)
    pause.reason, pause.ask_again_on = reason.strip(), ask_again_on(today)


def take_back(session: Session, unit: Unit, *, today: date) -> None:
    pause = of_unit(session, unit.id)
    if pause is None:
        raise RuleBroken(_("Stedet er allerede med igen."))
    pause.ended_on = today
