"""Places in network groups (H-19): who is to be offered one, who may do what with one, who is shown."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, Select, exists, false, or_, select
from sqlalchemy.orm import Session, joinedload

from placements.domain import enrolments, own_enrolments
from placements.domain.actors import Actor
from placements.domain.network_queue import ANSWERED, lock, move_up
from placements.domain.network_scope import is_run_by, people_of, sees_everybody, staffed
from placements.domain.network_states import (
    ENGAGED,
    MEMBERS,
    TRANSITIONS,
    holds_seat,
    is_elsewhere,
    is_member,
    is_open,
    is_waiting,
)
from placements.domain.rules import open_verbs, target_of
from placements.i18n import _
from placements.models.cohorts import Cohort
from placements.models.enrolments import Enrolment
from placements.models.network_groups import NetworkGroup, NetworkPlace
from placements.models.users import User

# Visibility


def is_own(actor: Actor) -> ColumnElement[bool]:
    """A place of the person's own."""
    return NetworkPlace.enrolment_id.in_(own_enrolments.ids_of(actor))


def answered_by(actor: Actor) -> Select[NetworkPlace]:
    """A participant's own places."""
    return select(NetworkPlace).where(is_own(actor))


def left_by(actor: Actor) -> Select[NetworkPlace]:
    """One's own, and for a coordinator those of the programme's people."""
    return select(NetworkPlace).where(or_(is_own(actor), people_of(actor.programme_ids)))


def offered_by(actor: Actor) -> Select[NetworkPlace]:
    """Places that this person may offer again, or move: those of their programmes' people."""
    return select(NetworkPlace).where(people_of(staffed(actor)))


# Questions


def _peers(session: Session, actor: Actor, *which: ColumnElement[bool]) -> list[Enrolment]:
    """Chosen people of own programmes whose audience is offered a group, cohort by cohort."""
    query = (
        select(Enrolment)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .join(User, User.id == Enrolment.user_id)
        .options(joinedload(Enrolment.user), joinedload(Enrolment.cohort).joinedload(Cohort.programme))
        .where(Cohort.programme_id.in_(staffed(actor)), *which)
        .order_by(Cohort.starts_on.desc(), Cohort.id, User.name, Enrolment.id)
    )
    return [
        enrolment
        for enrolment in session.scalars(query)
        if enrolments.stays(enrolment) and enrolments.is_peer(enrolment, enrolment.cohort.programme)
    ]


def to_be_offered(session: Session, actor: Actor) -> list[Enrolment]:
    """Peers who have never been offered a place: the list that must be able to reach zero (H-19)."""
    return _peers(session, actor, ~exists().where(NetworkPlace.enrolment_id == Enrolment.id))


def without_group(session: Session, actor: Actor) -> list[Enrolment]:
    """Peers who have declined or left, and neither hold a place in any group nor wait for one now."""
    places = exists().where(NetworkPlace.enrolment_id == Enrolment.id)
    return _peers(session, actor, places, ~places.where(NetworkPlace.status.in_(ENGAGED)))


def chosen(session: Session, actor: Actor, enrolment_ids: Collection[int]) -> list[Enrolment]:
    """Those of them whom this person may offer a place."""
    return _peers(session, actor, Enrolment.id.in_(enrolment_ids))


def own_places(session: Session, actor: Actor) -> list[NetworkPlace]:
    """A participant's own, with the group, the newest first. Of a place that was moved only the new one."""
    query = answered_by(actor).options(
        joinedload(NetworkPlace.group).joinedload(NetworkGroup.programme),
        joinedload(NetworkPlace.enrolment).joinedload(Enrolment.cohort),
    )
    found = session.scalars(query.order_by(NetworkPlace.id.desc()))
    return [place for place in found if not is_elsewhere(place)]


def own_place(session: Session, group: NetworkGroup, actor: Actor) -> NetworkPlace | None:
    """The person's place in this group: the one that counts, when they are in two cohorts."""
    found = session.scalars(answered_by(actor).where(NetworkPlace.group_id == group.id)).all()
    return max(
        found,
        key=lambda place: (holds_seat(place), is_member(place), is_waiting(place), place.id),
        default=None,
    )


def verbs_for(place: NetworkPlace, actor: Actor) -> list[str]:
    """What this person can do with the place now: answer, offer it again, move it, note that one left."""
    programme_id = place.enrolment.cohort.programme_id
    allowed: set[str] = set()
    if place.enrolment.user_id == actor.id:
        allowed |= {"accept", "decline", "leave", "leave_queue"}
    if programme_id in actor.programme_ids:
        allowed |= {"decline", "leave", "leave_queue"}
    if programme_id in staffed(actor):
        allowed |= {"offer_again", "queue", "move"}
    return [verb for verb in open_verbs(TRANSITIONS, place.status) if verb in allowed]


def _shown(group: NetworkGroup, actor: Actor) -> ColumnElement[bool]:
    if sees_everybody(group, actor):
        return NetworkPlace.group_id == group.id
    return people_of(staffed(actor)) if is_run_by(group, actor) else false()


def places_shown(session: Session, group: NetworkGroup, actor: Actor) -> list[NetworkPlace]:
    """Those whom this person sees, by name, and who waits after them in the order of the line."""
    query = (
        select(NetworkPlace)
        .join(Enrolment, Enrolment.id == NetworkPlace.enrolment_id)
        .join(User, User.id == Enrolment.user_id)
        .options(
            joinedload(NetworkPlace.enrolment).options(
                joinedload(Enrolment.user), joinedload(Enrolment.cohort).joinedload(Cohort.programme)
            )
        )
        .where(NetworkPlace.group_id == group.id, _shown(group, actor))
        .order_by(NetworkPlace.waiting_since, User.name, NetworkPlace.id)
    )
    return sorted(session.scalars(query), key=is_waiting)


def names_shown(session: Session, group: NetworkGroup, actor: Actor) -> list[str]:
    """Names of the members: to a member. Who has only been offered a place, or has left, is not told."""
    own = own_place(session, group, actor)
    if own is None or not is_member(own):
        return []
    query = (
        select(User.name)
        .join(Enrolment, Enrolment.user_id == User.id)
        .join(NetworkPlace, NetworkPlace.enrolment_id == Enrolment.id)
        .where(NetworkPlace.group_id == group.id, NetworkPlace.status.in_(MEMBERS))
        .order_by(User.name, NetworkPlace.id)
    )
    return list(session.scalars(query))


# Actions


def accept(place: NetworkPlace) -> None:
    place.status = target_of(TRANSITIONS, "accept", place.status, ANSWERED)


def decline(session: Session, place: NetworkPlace, *, now: datetime) -> None:
    """The seat is offered to the first in line. The group is locked before the place, as in a move."""
    lock(session, [place.group_id])
    place.status = target_of(TRANSITIONS, "decline", place.status, ANSWERED)
    move_up(session, place.group, now=now)


def leave(session: Session, place: NetworkPlace, *, now: datetime) -> None:
    """The same, for somebody who was in the group."""
    lock(session, [place.group_id])
    place.status = target_of(
        TRANSITIONS, "leave", place.status, _("Kun den, der er med i gruppen, kan forlade den.")
    )
    move_up(session, place.group, now=now)


def leave_queue(place: NetworkPlace) -> None:
    """They wait no longer; the others move up."""
    place.status = target_of(
        TRANSITIONS, "leave_queue", place.status, _("Kun den, der står på venteliste, kan forlade den.")
    )
    place.waiting_since = None


def give_up(session: Session, place: NetworkPlace, *, now: datetime) -> None:
    """Whatever it is: offered, taken or waited for."""
    if is_waiting(place):
        leave_queue(place)
    elif is_open(place):
        decline(session, place, now=now)
    else:
        leave(session, place, now=now)
