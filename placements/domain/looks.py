"""Looks at what is need-to-know are written down, so that whoever it is about can ask who has seen it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from placements.domain.actors import Actor
from placements.models.looks import Look
from placements.models.users import User


@dataclass(frozen=True, slots=True)
class Entry:
    at: datetime
    name: str


# Questions


def of(session: Session, noun: str, record_id: int, *, limit: int = 50) -> list[Entry]:
    """The newest looks at this record."""
    seen = (
        select(Look.at, User.name, Look.acting_name)
        .join(User, User.id == Look.actor_id)
        .where(Look.noun == noun, Look.record_id == record_id)
        .order_by(Look.id.desc())
        .limit(limit)
    )
    """Of a shared mailbox also which person, when they had said it by then."""
    return [Entry(at, f"{acting} ({name})" if acting else name) for at, name, acting in session.execute(seen)]


# Actions


def note(session: Session, actor: Actor, noun: str, record_id: int, *, at: datetime) -> None:
    """This person sees it now."""
    session.add(Look(at=at, actor_id=actor.id, acting_name=actor.acting_name, noun=noun, record_id=record_id))
