"""The line for a network group's seats. It moves up by itself: a free seat goes to the first in it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from placements.domain import enrolments, outbox
from placements.domain.network_states import HOLDING, IN_LINE, TRANSITIONS
from placements.domain.rules import target_of
from placements.i18n import _
from placements.models.enrolments import Enrolment
from placements.models.network_groups import NetworkGroup, NetworkPlace

ANSWERED = _("Tilbuddet er allerede besvaret.")


def taken_seats(session: Session, group: NetworkGroup) -> int:
    query = select(func.count()).where(NetworkPlace.group_id == group.id, NetworkPlace.status.in_(HOLDING))
    return session.scalar(query) or 0


def free_seats(session: Session, group_ids: Collection[int]) -> dict[int, int]:
    """How many are neither held nor offered in each."""
    held = select(func.count()).where(
        NetworkPlace.group_id == NetworkGroup.id, NetworkPlace.status.in_(HOLDING)
    )
    query = select(NetworkGroup.id, NetworkGroup.seats - held.scalar_subquery())
    return dict(session.execute(query.where(NetworkGroup.id.in_(group_ids))).all())


def lock(session: Session, group_ids: Collection[int]) -> dict[int, int]:
    """The same; and whoever gives or takes seats in them at this very moment waits for this to end."""
    chosen = select(NetworkGroup.id).where(NetworkGroup.id.in_(group_ids)).order_by(NetworkGroup.id)
    session.execute(chosen.with_for_update())
    return free_seats(session, group_ids)


def in_line(session: Session, group: NetworkGroup) -> list[NetworkPlace]:
    """Who waits, the first in line first: as it stands now, whatever this session has read before."""
    query = (
        select(NetworkPlace)
        .where(NetworkPlace.group_id == group.id, NetworkPlace.status.in_(IN_LINE))
        .options(joinedload(NetworkPlace.enrolment).joinedload(Enrolment.user))
        .order_by(NetworkPlace.waiting_since, NetworkPlace.id)
        .execution_options(populate_existing=True)
    )
    return [place for place in session.scalars(query) if _can_answer(place.enrolment)]


def _can_answer(enrolment: Enrolment) -> bool:
    """A closed account gets no mail and cannot sign in: a seat offered to it would be lost to the others."""
    return enrolments.stays(enrolment) and enrolment.user.active


def move_up(session: Session, group: NetworkGroup, *, now: datetime) -> list[NetworkPlace]:
    """Offer what is free to those who wait, in their order. Call it whenever a seat may have come free."""
    free = max(lock(session, [group.id])[group.id], 0)
    firsts = in_line(session, group)[:free] if free else []
    for place in firsts:
        place.status = target_of(TRANSITIONS, "move_up", place.status, ANSWERED)
        tell(session, place, now=now)
    return firsts


def tell(session: Session, place: NetworkPlace, *, now: datetime) -> None:
    """The offer is made now; the mail holds a link to answer it by."""
    place.offered_at, place.waiting_since = now, None
    session.flush()
    outbox.notify(
        session,
        place.enrolment.user,
        "network_offer",
        path=f"/network-groups/{place.group_id}",
        secrets={"place": place.id},
        now=now,
    )
