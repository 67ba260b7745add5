"""Taking back the newest edit of a placement, by the rules of any edit; the history tells that too."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from placements.domain import agreement_states, placements
from placements.domain.actors import Actor
from placements.domain.rules import RuleBroken
from placements.i18n import _
from placements.models.events import Action, Event
from placements.models.placements import LegalBasis, Placement

DATES = frozenset({"starts_on", "ends_on"})
EDITED = DATES | {"unit_id", "supervisor_id", "weekly_minutes", "legal_basis"}
FOLLOWS = frozenset({"offer_id", "sector", "search_text", "student_name", "programme_id"})
"""Repeats what stands elsewhere: set anew with every edit, and of no matter alone."""
LOOKED_AT = 50


def visible_to(actor: Actor) -> Select[Event]:
    """Changes of the placements that this coordinator may change."""
    own = placements.coordinated_by(actor).with_only_columns(Placement.id)
    return select(Event).where(Event.table_name == Placement.__tablename__, Event.row_id.in_(own))


# Questions


def newest(session: Session, placement: Placement) -> Event | None:
    """The newest change of this very row, when it can be taken back."""
    events = session.scalars(
        select(Event)
        .where(Event.table_name == Placement.__tablename__, Event.row_id == placement.id)
        .order_by(Event.id.desc())
        .limit(LOOKED_AT)
    )
    event = next((event for event in events if not set(event.changes) <= FOLLOWS), None)
    if event is None or not placements.is_editable(placement) or not _is_edit(event):
        return None
    return None if agreement_states.is_concluded(session, placement) else event


def _is_edit(event: Event) -> bool:
    """Place, supervisor, period, hours or basis. A verb is not taken back: people have been told of it."""
    changed = set(event.changes)
    return event.action is Action.CHANGED and bool(changed & EDITED) and changed <= EDITED | FOLLOWS


# Actions


def undo(session: Session, event: Event, *, today: date, now: datetime) -> Placement:
    """Back to the values before; refused when somebody has changed the placement since."""
    placement = session.get_one(Placement, event.row_id)
    last = newest(session, placement)
    if not _is_edit(event) or not placements.is_editable(placement):
        raise RuleBroken(_("Den ændring kan ikke fortrydes."))
    if last is None or last.id != event.id:
        raise RuleBroken(_("Forløbet er ændret siden, så det kan ikke fortrydes. Ret forløbet i stedet."))
    before = {key: _value(key, old) for key, (old, _new) in event.changes.items() if key in EDITED}
    if "legal_basis" in before:
        placements.choose_legal_basis(session, placement, legal_basis=before.pop("legal_basis"))
    if before:
        placements.edit(session, placement, **(_now(placement) | before), today=today, now=now)
    return placement


def _now(placement: Placement) -> dict[str, Any]:
    return {key: getattr(placement, key) for key in EDITED - {"legal_basis"}}


def _value(key: str, old: Any) -> Any:
    """As the column holds it; the history keeps plain JSON."""
    if old is None:
        return None
    if key in DATES:
        return date.fromisoformat(old)
    return LegalBasis(old) if key == "legal_basis" else old
