"""Network groups (H-19): who sees them, their seats, and how they are laid.

Whose they are stands in `network_scope`, places in `network_places` and `network_offers`, the line for
them in `network_queue`, meetings in `network_meetings`; what others need of them is found here.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, false, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from placements.domain import history, network_meetings
from placements.domain.actors import Actor
from placements.domain.network_meetings import add_meeting, cancel, edit_meeting, register_attendance
from placements.domain.network_moves import move
from placements.domain.network_offers import offer_place, offer_places, offer_to_all, queue_places
from placements.domain.network_places import (
    accept,
    decline,
    is_own,
    leave,
    leave_queue,
    own_place,
    own_places,
    to_be_offered,
    without_group,
)
from placements.domain.network_queue import lock, move_up, taken_seats
from placements.domain.network_scope import (
    facilitated_by,
    hidden_rows,
    is_facilitator,
    is_run_by,
    of_programmes,
    people_of,
    staffed,
)
from placements.domain.network_states import ENGAGED, IN_LINE, MEMBERS, TRANSITIONS, UNANSWERED
from placements.domain.rules import RuleBroken
from placements.i18n import _
from placements.models.enrolments import Enrolment
from placements.models.network_groups import (
    NetworkFacilitator,
    NetworkGroup,
    NetworkGroupProgramme,
    NetworkPlace,
)
from placements.models.programmes import Programme
from placements.models.users import Role, RoleGrant, User

__all__ = [
    "TRANSITIONS",
    "accept",
    "add_meeting",
    "cancel",
    "decline",
    "edit_meeting",
    "is_facilitator",
    "is_run_by",
    "leave",
    "leave_queue",
    "move",
    "offer_place",
    "offer_places",
    "offer_to_all",
    "own_place",
    "own_places",
    "queue_places",
    "register_attendance",
    "to_be_offered",
    "without_group",
]


# Visibility


def visible_to(actor: Actor) -> Select[NetworkGroup]:
    """Staff: those for their programmes. Facilitators: their own. Participants: where they have a place."""
    if actor.id is None:
        return select(NetworkGroup).where(false())
    own = select(NetworkPlace.group_id).where(is_own(actor))
    return select(NetworkGroup).where(
        or_(of_programmes(staffed(actor)), facilitated_by(actor), NetworkGroup.id.in_(own))
    )


def run_by(actor: Actor) -> Select[NetworkGroup]:
    """Those that this person offers their own people places in."""
    return select(NetworkGroup).where(of_programmes(staffed(actor)))


def edited_by(actor: Actor) -> Select[NetworkGroup]:
    """Those laid by this person's programmes: seats, facilitators and whom the group is for."""
    return select(NetworkGroup).where(NetworkGroup.programme_id.in_(staffed(actor)))


def listed_for(actor: Actor) -> Select[NetworkGroup]:
    """What staff have to do with: run or facilitated."""
    return select(NetworkGroup).where(or_(of_programmes(staffed(actor)), facilitated_by(actor)))


def met_by(actor: Actor) -> Select[NetworkGroup]:
    """Those whose meetings this person lays."""
    return listed_for(actor)


# Questions


def programmes_of(session: Session, actor: Actor) -> list[Programme]:
    """Where this person may lay a group, by name."""
    chosen = Programme.id.in_(staffed(actor))
    return list(session.scalars(select(Programme).where(chosen).order_by(Programme.name)))


def programmes_to_share_with(session: Session, group: NetworkGroup) -> list[Programme]:
    """Every other programme here that offers groups, by name."""
    query = select(Programme).where(Programme.id != group.programme_id).order_by(Programme.name)
    return [programme for programme in session.scalars(query) if programme.network_offered_to]


def possible_facilitators(session: Session, group: NetworkGroup) -> list[User]:
    """Teachers and coordinators of the group's programmes, and whoever holds it together already; by name."""
    ids = [group.programme_id, *(shared.programme_id for shared in group.shared_with)]
    staff = select(RoleGrant.user_id).where(
        RoleGrant.programme_id.in_(ids), RoleGrant.role.in_((Role.TEACHER, Role.COORDINATOR))
    )
    kept = [person.user_id for person in group.facilitators if person.user_id]
    query = select(User).where(or_(User.id.in_(staff) & User.active, User.id.in_(kept)))
    return list(session.scalars(query.order_by(User.name, User.id)))


def groups_for(session: Session, actor: Actor, people: Sequence[Enrolment], slug: str) -> list[NetworkGroup]:
    """Groups that take these people's programme, by name."""
    ids = {person.cohort.programme_id for person in people if person.cohort.programme.slug == slug}
    query = run_by(actor).where(of_programmes(ids)).order_by(NetworkGroup.name, NetworkGroup.id)
    return list(session.scalars(query.options(selectinload(NetworkGroup.shared_with))))


def told_to(session: Session, group: NetworkGroup, actor: Actor) -> list[history.Entry]:
    """The group's history without what is about people this person does not see."""
    hidden = hidden_rows(session, group, actor)
    return [
        entry
        for entry in history.of(session, group)
        if (entry.event.table_name, entry.event.row_id) not in hidden
    ]


@dataclass(frozen=True, slots=True)
class GroupLine:
    """A group in the list: seats held by members and by offers that wait for an answer."""

    group: NetworkGroup
    members: int
    unanswered: int
    waiting: int
    next_meeting: datetime | None

    @property
    def free(self) -> int:
        return self.group.seats - self.members - self.unanswered


def lines(session: Session, groups: Select[NetworkGroup], *, today: date) -> list[GroupLine]:
    """By programme and name; as many statements for one group as for many."""
    query = groups.join(Programme, Programme.id == NetworkGroup.programme_id)
    found = list(
        session.scalars(
            query.options(
                joinedload(NetworkGroup.programme),
                selectinload(NetworkGroup.shared_with).joinedload(NetworkGroupProgramme.programme),
            ).order_by(Programme.name, NetworkGroup.name, NetworkGroup.id)
        )
    )
    ids = [group.id for group in found]
    counted = _counts(session, ids)
    coming = network_meetings.next_of(session, ids, today=today)
    return [GroupLine(group, *counted.get(group.id, (0, 0, 0)), coming.get(group.id)) for group in found]


def _counts(session: Session, group_ids: Collection[int]) -> dict[int, tuple[int, int, int]]:
    """Members, offers without an answer, and who waits, of each group."""
    counted = (
        select(
            NetworkPlace.group_id,
            func.count().filter(NetworkPlace.status.in_(MEMBERS)),
            func.count().filter(NetworkPlace.status.in_(UNANSWERED)),
            func.count().filter(NetworkPlace.status.in_(IN_LINE)),
        )
        .where(NetworkPlace.group_id.in_(group_ids))
        .group_by(NetworkPlace.group_id)
    )
    return {row[0]: (row[1], row[2], row[3]) for row in session.execute(counted)}


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
    session: Session,
    group: NetworkGroup,
    *,
    name: str,
    partner: str | None,
    place: str | None,
    seats: int,
    now: datetime,
) -> None:
    """Never fewer seats than those that members and offers hold. New seats go to those who wait."""
    _check(name, seats)
    lock(session, [group.id])
    taken = taken_seats(session, group)
    if seats < taken:
        raise RuleBroken(
            _("%(taken)s pladser er optaget eller tilbudt, så antallet kan ikke være lavere.", taken=taken),
            field="seats",
        )
    group.name, group.partner, group.place, group.seats = name, partner, place, seats
    move_up(session, group, now=now)


def hold(
    session: Session,
    group: NetworkGroup,
    *,
    user_ids: Collection[int],
    names: Sequence[str],
    programme_ids: Collection[int],
) -> None:
    """Who facilitates it, and which other programmes it is for."""
    before = _held(group)
    _share(session, group, set(programme_ids))
    wanted: list[tuple[int | None, str | None]] = [(user_id, None) for user_id in sorted(user_ids)]
    wanted += [(None, name) for name in dict.fromkeys(names)]
    for person in list(group.facilitators):
        if (person.user_id, person.name) not in wanted:
            group.facilitators.remove(person)
    kept = {(person.user_id, person.name) for person in group.facilitators}
    for user_id, name in wanted:
        if (user_id, name) not in kept:
            group.facilitators.append(NetworkFacilitator(user_id=user_id, name=name))
    if group.id and _held(group) != before:
        group.version += 1


def _held(group: NetworkGroup) -> tuple[set[int], set[tuple[int | None, str | None]]]:
    shared = {shared.programme_id for shared in group.shared_with}
    return shared, {(person.user_id, person.name) for person in group.facilitators}


def _share(session: Session, group: NetworkGroup, wanted: set[int]) -> None:
    """A programme with people in the group, or in line for it, stays."""
    for shared in list(group.shared_with):
        if shared.programme_id in wanted:
            continue
        engaged = select(NetworkPlace.id).where(
            NetworkPlace.group_id == group.id,
            NetworkPlace.status.in_(ENGAGED),
            people_of([shared.programme_id]),
        )
        if session.scalar(engaged.limit(1)) is not None:
            raise RuleBroken(
                _(
                    "%(programme)s har deltagere i gruppen. Flyt dem til en anden gruppe først.",
                    programme=shared.programme.name,
                ),
                field="shared_ids",
            )
        group.shared_with.remove(shared)
    known = {shared.programme_id for shared in group.shared_with}
    for programme_id in sorted(wanted - known - {group.programme_id}):
        group.shared_with.append(NetworkGroupProgramme(programme_id=programme_id))


def _check(name: str, seats: int) -> None:
    if not name.strip():
        raise RuleBroken(_("Skriv, hvad gruppen hedder."), field="name")
    if seats < 1:
        raise RuleBroken(_("Der skal være mindst én plads i gruppen."), field="seats")
