"""Network groups (H-19): who sees them, their seats, and how they are laid.

Places stand in `network_places`, meetings in `network_meetings`; what others need of them is found here.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, false, func, or_, select
from sqlalchemy.orm import Session, joinedload

from placements.domain import network_meetings
from placements.domain.actors import Actor
from placements.domain.network_meetings import add_meeting, edit_meeting, register_attendance
from placements.domain.network_places import (
    accept,
    decline,
    is_own,
    leave,
    lock,
    offer_place,
    offer_places,
    own_place,
    own_places,
    to_be_offered,
    without_group,
)
from placements.domain.network_states import MEMBERS, TRANSITIONS, UNANSWERED
from placements.domain.rules import RuleBroken
from placements.i18n import _
from placements.models.network_groups import NetworkGroup, NetworkPlace
from placements.models.programmes import Programme

__all__ = [
    "TRANSITIONS",
    "accept",
    "add_meeting",
    "decline",
    "edit_meeting",
    "leave",
    "offer_place",
    "offer_places",
    "own_place",
    "own_places",
    "register_attendance",
    "to_be_offered",
    "without_group",
]


# Visibility


def _run_by(actor: Actor) -> ColumnElement[bool]:
    """Groups of programmes that the person runs or teaches."""
    return NetworkGroup.programme_id.in_(actor.programme_ids | actor.teaching_ids)


def visible_to(actor: Actor) -> Select[NetworkGroup]:
    """Coordinators and teachers: those of their programmes. Participants: where they were offered a place."""
    if actor.id is None:
        return select(NetworkGroup).where(false())
    own = select(NetworkPlace.group_id).where(is_own(actor))
    return select(NetworkGroup).where(or_(_run_by(actor), NetworkGroup.id.in_(own)))


def run_by(actor: Actor) -> Select[NetworkGroup]:
    """Those that this person may change."""
    return select(NetworkGroup).where(_run_by(actor))


# Questions


def is_run_by(group: NetworkGroup, actor: Actor) -> bool:
    return group.programme_id in actor.programme_ids | actor.teaching_ids


def programmes_of(session: Session, actor: Actor) -> list[Programme]:
    """Where this person may lay a group, by name."""
    ids = actor.programme_ids | actor.teaching_ids
    return list(session.scalars(select(Programme).where(Programme.id.in_(ids)).order_by(Programme.name)))


@dataclass(frozen=True, slots=True)
class GroupLine:
    """A group in the list: seats held by members and by offers that wait for an answer."""

    group: NetworkGroup
    members: int
    unanswered: int
    next_meeting: datetime | None

    @property
    def free(self) -> int:
        return self.group.seats - self.members - self.unanswered


def lines(session: Session, groups: Select[NetworkGroup], *, today: date) -> list[GroupLine]:
    """By programme and name; as many statements for one group as for many."""
    query = groups.join(Programme, Programme.id == NetworkGroup.programme_id)
    found = list(
        session.scalars(
            query.options(joinedload(NetworkGroup.programme)).order_by(
                Programme.name, NetworkGroup.name, NetworkGroup.id
            )
        )
    )
    ids = [group.id for group in found]
    members, unanswered = _counts(session, ids)
    coming = network_meetings.next_of(session, ids, today=today)
    return [
        GroupLine(group, members.get(group.id, 0), unanswered.get(group.id, 0), coming.get(group.id))
        for group in found
    ]


def _counts(session: Session, group_ids: Collection[int]) -> tuple[dict[int, int], dict[int, int]]:
    """Members, and offers without an answer, of each group."""
    counted = (
        select(
            NetworkPlace.group_id,
            func.count().filter(NetworkPlace.status.in_(MEMBERS)),
            func.count().filter(NetworkPlace.status.in_(UNANSWERED)),
        )
        .where(NetworkPlace.group_id.in_(group_ids))
        .group_by(NetworkPlace.group_id)
    )
    rows = session.execute(counted).all()
    return {row[0]: row[1] for row in rows}, {row[0]: row[2] for row in rows}


# Actions


def create(
    session: Session,
    programme: Programme,
    *,
    name: str,
    seats: int,
    partner: str | None = None,
    place: str | None = None,
) -> NetworkGroup:
    """Run with the programme's partner unless another is said."""
    _check(name, seats)
    partner = partner or programme.network_partner
    group = NetworkGroup(programme=programme, name=name, partner=partner, place=place, seats=seats)
    session.add(group)
    return group


def edit(
    session: Session, group: NetworkGroup, *, name: str, partner: str | None, place: str | None, seats: int
) -> None:
    """Never fewer seats than those that members and offers hold."""
    _check(name, seats)
    _seats, taken = lock(session, group)
    if seats < taken:
        raise RuleBroken(
            _("%(taken)s pladser er optaget eller tilbudt, så antallet kan ikke være lavere.", taken=taken),
            field="seats",
        )
    group.name, group.partner, group.place, group.seats = name, partner, place, seats


def _check(name: str, seats: int) -> None:
    if not name.strip():
        raise RuleBroken(_("Skriv, hvad gruppen hedder."), field="name")
    if seats < 1:
        raise RuleBroken(_("Der skal være mindst én plads i gruppen."), field="seats")
