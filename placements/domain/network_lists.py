"""A network group on one sheet: who is in it and when it meets, as far as the reader sees it on screen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from placements.domain import network_meetings, network_places
from placements.domain.actors import Actor
from placements.domain.network_groups import listed_for
from placements.domain.network_scope import is_met_by
from placements.domain.network_states import MEMBERS, is_member
from placements.models.cohorts import Cohort
from placements.models.network_groups import NetworkGroup, NetworkMeeting, NetworkPlace


@dataclass(frozen=True, slots=True)
class Member:
    """`cohort` is for staff and facilitators: members know each other by name."""

    name: str
    cohort: Cohort | None


@dataclass(frozen=True, slots=True)
class GroupList:
    """`others`: members whom the reader does not see. Meetings in the order they are held."""

    group: NetworkGroup
    members: list[Member]
    others: int
    meetings: list[NetworkMeeting]


# Visibility


def with_list(actor: Actor) -> Select[NetworkGroup]:
    """Staff of the group's programmes, its facilitators, and its members."""
    own = network_places.answered_by(actor).where(NetworkPlace.status.in_(MEMBERS))
    listed = listed_for(actor).with_only_columns(NetworkGroup.id)
    return select(NetworkGroup).where(
        or_(NetworkGroup.id.in_(listed), NetworkGroup.id.in_(own.with_only_columns(NetworkPlace.group_id)))
    )


# Questions


def of(session: Session, group: NetworkGroup, actor: Actor, *, today: date) -> GroupList:
    if not is_met_by(group, actor):
        names = network_places.names_shown(session, group, actor)
        coming, held = network_meetings.shown_to(session, group, actor, today=today)
        return GroupList(group, [Member(name, None) for name in names], 0, [*reversed(held), *coming])
    shown = filter(is_member, network_places.places_shown(session, group, actor))
    members = [Member(place.enrolment.user.name, place.enrolment.cohort) for place in shown]
    meetings = [line.meeting for line in network_meetings.of_group(session, group, today=today)]
    return GroupList(group, members, _members(session, group) - len(members), meetings[::-1])


def _members(session: Session, group: NetworkGroup) -> int:
    counted = select(func.count()).where(NetworkPlace.group_id == group.id, NetworkPlace.status.in_(MEMBERS))
    return session.scalar(counted) or 0
