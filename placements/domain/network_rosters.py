"""A group's places as staff see them: who, how it stands, what can be done, and where they could be moved."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from placements.domain.actors import Actor
from placements.domain.network_moves import reached_by
from placements.domain.network_places import places_shown, verbs_for
from placements.domain.network_queue import free_seats, in_line
from placements.domain.network_scope import programme_ids
from placements.domain.network_states import ENGAGED, is_engaged
from placements.models.network_groups import NetworkGroup, NetworkPlace


@dataclass(frozen=True, slots=True)
class Row:
    """`position` in the line, for somebody who waits; `targets`: groups with room, and how much."""

    place: NetworkPlace
    verbs: list[str]
    position: int | None
    targets: list[tuple[NetworkGroup, int]]


@dataclass(frozen=True, slots=True)
class Roster:
    """`others`: people in the group, or in line for it, whom the reader does not see."""

    group: NetworkGroup
    rows: list[Row]
    free: int
    others: int

    @property
    def taken(self) -> int:
        return self.group.seats - self.free


def roster(session: Session, group: NetworkGroup, actor: Actor) -> Roster:
    """As many statements for one place as for many."""
    shown = places_shown(session, group, actor)
    line = {place.id: number for number, place in enumerate(in_line(session, group), 1)}
    targets = _with_room(session, group, actor)
    engaged = select(func.count()).where(NetworkPlace.group_id == group.id, NetworkPlace.status.in_(ENGAGED))
    rows = [
        Row(place, verbs_for(place, actor), line.get(place.id), _open_to(place, targets)) for place in shown
    ]
    return Roster(
        group,
        rows,
        free=free_seats(session, [group.id])[group.id],
        others=(session.scalar(engaged) or 0) - sum(is_engaged(place) for place in shown),
    )


def _with_room(session: Session, group: NetworkGroup, actor: Actor) -> list[tuple[NetworkGroup, int]]:
    others = reached_by(actor).where(NetworkGroup.id != group.id)
    found = session.scalars(
        others.options(selectinload(NetworkGroup.shared_with)).order_by(NetworkGroup.name, NetworkGroup.id)
    ).all()
    free = free_seats(session, [other.id for other in found])
    return [(other, free[other.id]) for other in found if free[other.id] > 0]


def _open_to(place: NetworkPlace, targets: list[tuple[NetworkGroup, int]]) -> list[tuple[NetworkGroup, int]]:
    programme_id = place.enrolment.cohort.programme_id
    return [target for target in targets if programme_id in programme_ids(target[0])]
