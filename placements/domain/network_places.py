"""Places in network groups (H-19): who is to be offered one, what becomes of an offer, who is shown."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.orm import Session, joinedload

from placements.domain import enrolments, outbox
from placements.domain.actors import Actor
from placements.domain.network_states import HOLDING, MEMBERS, TRANSITIONS, holds_seat, is_member
from placements.domain.rules import RuleBroken, open_verbs, target_of
from placements.i18n import _
from placements.models.cohorts import Cohort
from placements.models.enrolments import Enrolment
from placements.models.network_groups import NetworkGroup, NetworkPlace
from placements.models.users import User

ANSWERED = _("Tilbuddet er allerede besvaret.")


# Visibility


def is_own(actor: Actor) -> ColumnElement[bool]:
    """A place of the person's own."""
    return NetworkPlace.enrolment_id.in_(select(Enrolment.id).where(Enrolment.user_id == actor.id))


def answered_by(actor: Actor) -> Select[NetworkPlace]:
    """A participant's own places."""
    return select(NetworkPlace).where(is_own(actor))


def left_by(actor: Actor) -> Select[NetworkPlace]:
    """One's own, and for a coordinator those of the programme."""
    coordinated = select(NetworkGroup.id).where(NetworkGroup.programme_id.in_(actor.programme_ids))
    return select(NetworkPlace).where(or_(is_own(actor), NetworkPlace.group_id.in_(coordinated)))


def offered_by(actor: Actor) -> Select[NetworkPlace]:
    """Places that this person may offer again."""
    run = select(NetworkGroup.id).where(
        NetworkGroup.programme_id.in_(actor.programme_ids | actor.teaching_ids)
    )
    return select(NetworkPlace).where(NetworkPlace.group_id.in_(run))


# Questions


def _peers(session: Session, actor: Actor, *which: ColumnElement[bool]) -> list[Enrolment]:
    """Chosen people of own programmes whose audience is offered a group, cohort by cohort."""
    query = (
        select(Enrolment)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .join(User, User.id == Enrolment.user_id)
        .options(joinedload(Enrolment.user), joinedload(Enrolment.cohort).joinedload(Cohort.programme))
        .where(Cohort.programme_id.in_(actor.programme_ids | actor.teaching_ids), *which)
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
    """Peers who have declined or left, and hold no place in any group now."""
    places = exists().where(NetworkPlace.enrolment_id == Enrolment.id)
    return _peers(session, actor, places, ~places.where(NetworkPlace.status.in_(HOLDING)))


def chosen(session: Session, actor: Actor, enrolment_ids: Collection[int]) -> list[Enrolment]:
    """Those of them whom this person may offer a place."""
    return _peers(session, actor, Enrolment.id.in_(enrolment_ids))


def taken_seats(session: Session, group: NetworkGroup) -> int:
    query = select(func.count()).where(NetworkPlace.group_id == group.id, NetworkPlace.status.in_(HOLDING))
    return session.scalar(query) or 0


def own_places(session: Session, actor: Actor) -> list[NetworkPlace]:
    """A participant's own, with the group, the newest offer first."""
    query = answered_by(actor).options(
        joinedload(NetworkPlace.group).joinedload(NetworkGroup.programme), joinedload(NetworkPlace.enrolment)
    )
    return list(session.scalars(query.order_by(NetworkPlace.offered_at.desc(), NetworkPlace.id)))


def own_place(session: Session, group: NetworkGroup, actor: Actor) -> NetworkPlace | None:
    """The person's place in this group: the one that counts, when they are in two cohorts."""
    found = session.scalars(answered_by(actor).where(NetworkPlace.group_id == group.id)).all()
    return max(found, key=lambda place: (holds_seat(place), is_member(place), place.id), default=None)


def verbs_for(place: NetworkPlace, actor: Actor) -> list[str]:
    """What this person can do with the place now: answer, offer it again, note that somebody left."""
    programme_id = place.group.programme_id
    allowed: set[str] = set()
    if place.enrolment.user_id == actor.id:
        allowed |= {"accept", "decline", "leave"}
    if programme_id in actor.programme_ids:
        allowed |= {"leave"}
    if programme_id in actor.programme_ids | actor.teaching_ids:
        allowed |= {"offer_again"}
    return [verb for verb in open_verbs(TRANSITIONS, place.status) if verb in allowed]


def places_shown(session: Session, group: NetworkGroup, actor: Actor) -> list[NetworkPlace]:
    """Every place with its person, by name: to those who run the programme. Others are shown names alone."""
    if group.programme_id not in actor.programme_ids | actor.teaching_ids:
        return []
    query = (
        select(NetworkPlace)
        .join(Enrolment, Enrolment.id == NetworkPlace.enrolment_id)
        .join(User, User.id == Enrolment.user_id)
        .options(joinedload(NetworkPlace.enrolment).joinedload(Enrolment.user))
        .where(NetworkPlace.group_id == group.id)
        .order_by(User.name, NetworkPlace.id)
    )
    return list(session.scalars(query))


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


def offer_place(
    session: Session, group: NetworkGroup, enrolment: Enrolment, *, now: datetime
) -> NetworkPlace:
    """One peer; see `offer_places`."""
    return offer_places(session, group, [enrolment], now=now)[0]


def offer_places(
    session: Session, group: NetworkGroup, people: Sequence[Enrolment], *, now: datetime
) -> list[NetworkPlace]:
    """All of them or none: each gets a mail with a link to the group."""
    seats, taken = lock(session, group)
    free = seats - taken
    if len(people) > free:
        raise RuleBroken(_full(group, free, len(people)), field="group_id")
    ordered = sorted(people, key=lambda enrolment: enrolment.id)
    _refuse_unfit(session, group, ordered)
    return [_offer(session, group, enrolment, now=now) for enrolment in ordered]


def lock(session: Session, group: NetworkGroup) -> tuple[int, int]:
    """Seats, and how many are taken. Whoever offers or edits at this very moment waits for this."""
    query = select(NetworkGroup.seats).where(NetworkGroup.id == group.id).with_for_update()
    return session.scalars(query).one(), taken_seats(session, group)


def _full(group: NetworkGroup, free: int, wanted: int) -> str:
    if free <= 0:
        return _(
            "%(group)s er fuld. Vælg en anden gruppe, eller giv gruppen flere pladser.", group=group.name
        )
    return _(
        "%(group)s har %(free)s ledige pladser, og du har valgt %(wanted)s. Vælg færre.",
        group=group.name,
        free=free,
        wanted=wanted,
    )


def _refuse_unfit(session: Session, group: NetworkGroup, people: Sequence[Enrolment]) -> None:
    """Peers of the group's programme who hold no place. Two offers to the same person wait for each other."""
    ids = [enrolment.id for enrolment in people]
    session.execute(
        select(Enrolment.id).where(Enrolment.id.in_(ids)).order_by(Enrolment.id).with_for_update()
    )
    held = select(NetworkPlace.enrolment_id).where(
        NetworkPlace.enrolment_id.in_(ids), NetworkPlace.status.in_(HOLDING)
    )
    holding = set(session.scalars(held))
    for enrolment in people:
        name = enrolment.user.name
        if enrolment.cohort.programme_id != group.programme_id:
            raise RuleBroken(
                _("%(name)s går på en anden uddannelse end gruppens.", name=name), field="group_id"
            )
        if not (enrolments.stays(enrolment) and enrolments.is_peer(enrolment, group.programme)):
            raise RuleBroken(_("%(name)s hører ikke til dem, der tilbydes en netværksgruppe.", name=name))
        if enrolment.id in holding:
            raise RuleBroken(_("%(name)s har allerede en plads eller et tilbud.", name=name))


def _offer(session: Session, group: NetworkGroup, enrolment: Enrolment, *, now: datetime) -> NetworkPlace:
    query = select(NetworkPlace).where(
        NetworkPlace.group_id == group.id, NetworkPlace.enrolment_id == enrolment.id
    )
    place = session.scalar(query)
    if place is None:
        place = NetworkPlace(group=group, enrolment=enrolment, offered_at=now)
        session.add(place)
    else:
        place.status = target_of(TRANSITIONS, "offer_again", place.status, ANSWERED)
        place.offered_at = now
    path = f"/network-groups/{group.id}"
    outbox.notify(session, enrolment.user, "network_offer", path=path, now=now)
    return place


def accept(place: NetworkPlace) -> None:
    place.status = target_of(TRANSITIONS, "accept", place.status, ANSWERED)


def decline(place: NetworkPlace) -> None:
    place.status = target_of(TRANSITIONS, "decline", place.status, ANSWERED)


def leave(place: NetworkPlace) -> None:
    """The seat is free for another."""
    place.status = target_of(
        TRANSITIONS, "leave", place.status, _("Kun den, der er med i gruppen, kan forlade den.")
    )
