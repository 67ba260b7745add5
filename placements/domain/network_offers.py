"""Offering places in network groups (H-19): to some, or to all who have not been offered one, in one step."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from placements.domain import enrolments
from placements.domain.network_queue import ANSWERED, free_seats, lock, tell
from placements.domain.network_scope import programme_ids
from placements.domain.network_states import ENGAGED, IN_LINE, TRANSITIONS
from placements.domain.rules import RuleBroken, target_of
from placements.i18n import _
from placements.models.enrolments import Enrolment
from placements.models.network_groups import NetworkGroup, NetworkPlace, NetworkPlaceStatus
from placements.models.programmes import Programme

# Who would get what


def by_programme(people: Sequence[Enrolment]) -> list[tuple[Programme, list[Enrolment]]]:
    """In the order of the programmes' names."""
    found: dict[Programme, list[Enrolment]] = {}
    for person in people:
        found.setdefault(person.cohort.programme, []).append(person)
    return sorted(found.items(), key=lambda pair: (pair[0].name, pair[0].id))


@dataclass(frozen=True, slots=True)
class Share:
    """What one group would give: seats to some, and a place in line to others, in this order."""

    group: NetworkGroup
    seated: tuple[Enrolment, ...]
    waiting: tuple[Enrolment, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """An offer to everybody, before it is made."""

    shares: tuple[Share, ...]

    @property
    def seated(self) -> int:
        return sum(len(share.seated) for share in self.shares)

    @property
    def waiting(self) -> int:
        return sum(len(share.waiting) for share in self.shares)

    @property
    def fingerprint(self) -> str:
        """Of what was shown: a plan that has changed since is shown again rather than carried out."""
        shown = [
            (share.group.id, [e.id for e in share.seated], [e.id for e in share.waiting])
            for share in self.shares
        ]
        return hashlib.sha256(repr(shown).encode()).hexdigest()[:16]


def spread(people: int, free: Sequence[int], waiting: Sequence[int]) -> list[tuple[int, bool]]:
    """For each person in turn the number of a group, and whether there is a seat in it.

    A seat where most are free, so that no group stands nearly empty; without any, the shortest line.
    """
    left, line = [max(seats, 0) for seats in free], list(waiting)
    given: list[tuple[int, bool]] = []
    for _person in range(people):
        seated = any(left)
        number = left.index(max(left)) if seated else line.index(min(line))
        if seated:
            left[number] -= 1
        else:
            line[number] += 1
        given.append((number, seated))
    return given


def plan(session: Session, groups: Sequence[NetworkGroup], people: Sequence[Enrolment]) -> Plan:
    """Those who began first come first."""
    if not groups:
        return Plan(())
    ids = [group.id for group in groups]
    free = free_seats(session, ids)
    counted = select(NetworkPlace.group_id, func.count()).where(
        NetworkPlace.group_id.in_(ids), NetworkPlace.status.in_(IN_LINE)
    )
    line: dict[int, int] = dict(session.execute(counted.group_by(NetworkPlace.group_id)).all())
    ordered = sorted(people, key=lambda enrolment: (enrolment.starts_on, enrolment.id))
    given = spread(len(ordered), [free[i] for i in ids], [line.get(i, 0) for i in ids])

    def of(number: int, *, seated: bool) -> tuple[Enrolment, ...]:
        return tuple(person for person, got in zip(ordered, given, strict=True) if got == (number, seated))

    return Plan(
        tuple(
            Share(group, of(number, seated=True), of(number, seated=False))
            for number, group in enumerate(groups)
        )
    )


# Actions


def offer_to_all(
    session: Session,
    groups: Sequence[NetworkGroup],
    people: Sequence[Enrolment],
    *,
    fingerprint: str,
    now: datetime,
) -> Plan:
    """Carry out the plan that was shown: seats to as many as there are, the rest in line."""
    lock(session, [group.id for group in groups])
    _one_offer_at_a_time(session, people)
    made = plan(session, groups, people)
    if not people or not groups:
        raise RuleBroken(_("Vælg mindst én gruppe."), field="group_ids")
    if made.fingerprint != fingerprint:
        raise RuleBroken(
            _("Der er sket noget siden forslaget blev lavet. Se det nye, og send så tilbuddene.")
        )
    for share in made.shares:
        _refuse_unfit(session, share.group, [*share.seated, *share.waiting])
        for enrolment in share.seated:
            _offer(session, share.group, enrolment, now=now)
        for enrolment in share.waiting:
            _queue(session, share.group, enrolment, now=now)
    return made


def offer_place(
    session: Session, group: NetworkGroup, enrolment: Enrolment, *, now: datetime
) -> NetworkPlace:
    """One peer; see `offer_places`."""
    return offer_places(session, group, [enrolment], now=now)[0]


def offer_places(
    session: Session, group: NetworkGroup, people: Sequence[Enrolment], *, now: datetime
) -> list[NetworkPlace]:
    """All of them or none: each gets a mail with a link to answer by."""
    free = lock(session, [group.id])[group.id]
    if len(people) > free:
        raise RuleBroken(_full(group, free, len(people)), field="group_id")
    return _each(session, group, people, _offer, now=now)


def queue_places(
    session: Session, group: NetworkGroup, people: Sequence[Enrolment], *, now: datetime
) -> list[NetworkPlace]:
    """In line for a group that is full."""
    if lock(session, [group.id])[group.id] > 0:
        raise RuleBroken(_("%(group)s har ledige pladser. Tilbyd en af dem.", group=group.name))
    return _each(session, group, people, _queue, now=now)


def _each(
    session: Session,
    group: NetworkGroup,
    people: Sequence[Enrolment],
    give: Callable[..., NetworkPlace],
    *,
    now: datetime,
) -> list[NetworkPlace]:
    ordered = sorted(people, key=lambda enrolment: enrolment.id)
    _refuse_unfit(session, group, ordered)
    return [give(session, group, enrolment, now=now) for enrolment in ordered]


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


def _one_offer_at_a_time(session: Session, people: Sequence[Enrolment]) -> None:
    """Two offers to the same person wait for each other."""
    chosen = select(Enrolment.id).where(Enrolment.id.in_([enrolment.id for enrolment in people]))
    session.execute(chosen.order_by(Enrolment.id).with_for_update())


def _refuse_unfit(session: Session, group: NetworkGroup, people: Sequence[Enrolment]) -> None:
    """Peers of the group's programmes, who are in no group and in line for none."""
    _one_offer_at_a_time(session, people)
    ids = [enrolment.id for enrolment in people]
    held = select(NetworkPlace.enrolment_id).where(
        NetworkPlace.enrolment_id.in_(ids), NetworkPlace.status.in_(ENGAGED)
    )
    engaged, programmes = set(session.scalars(held)), programme_ids(group)
    for enrolment in people:
        name, programme = enrolment.user.name, enrolment.cohort.programme
        if programme.id not in programmes:
            raise RuleBroken(
                _("%(name)s går på en anden uddannelse end gruppens.", name=name), field="group_id"
            )
        if not (enrolments.stays(enrolment) and enrolments.is_peer(enrolment, programme)):
            raise RuleBroken(_("%(name)s hører ikke til dem, der tilbydes en netværksgruppe.", name=name))
        if enrolment.id in engaged:
            raise RuleBroken(_("%(name)s har allerede en plads eller et tilbud.", name=name))


def _known(session: Session, group: NetworkGroup, enrolment: Enrolment) -> NetworkPlace | None:
    query = select(NetworkPlace).where(
        NetworkPlace.group_id == group.id, NetworkPlace.enrolment_id == enrolment.id
    )
    return session.scalar(query)


def place_in(
    session: Session, group: NetworkGroup, enrolment: Enrolment, verb: str, status: NetworkPlaceStatus
) -> NetworkPlace:
    """Their place of before, taken up again by the verb; or a new one."""
    place = _known(session, group, enrolment)
    if place is None:
        place = NetworkPlace(group=group, enrolment=enrolment, status=status)
        session.add(place)
        return place
    target_of(TRANSITIONS, verb, place.status, ANSWERED)
    place.status = status
    return place


def _offer(session: Session, group: NetworkGroup, enrolment: Enrolment, *, now: datetime) -> NetworkPlace:
    place = place_in(session, group, enrolment, "offer_again", TRANSITIONS["offer_again"].target)
    tell(session, place, now=now)
    return place


def _queue(session: Session, group: NetworkGroup, enrolment: Enrolment, *, now: datetime) -> NetworkPlace:
    place = place_in(session, group, enrolment, "queue", TRANSITIONS["queue"].target)
    place.offered_at, place.waiting_since = None, now
    session.flush()
    return place
