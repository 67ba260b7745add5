"""Moving somebody to another group: the seat goes with them, both histories keep it (H-19)."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from placements.domain import history, network_groups, network_moves
from placements.domain.actors import Actor
from placements.models.enrolments import Enrolment
from placements.models.mails import OutgoingMail
from placements.models.network_groups import NetworkGroup, NetworkPlace, NetworkPlaceStatus
from tests.domain.network_scene import NOW, in_line, member
from tests.domain.saving import refusal, save
from tests.factories import Factory

S = NetworkPlaceStatus


@pytest.fixture
def other(make: Factory, group: NetworkGroup) -> NetworkGroup:
    return make.network_group(group.programme, "Gruppe Syd", seats=1)


@pytest.mark.parametrize(
    ("status", "arrives", "mail"),
    [
        ("accepted", S.ACCEPTED, "network_moved"),
        ("offered", S.OFFERED, "network_offer"),
        ("waiting", S.OFFERED, "network_offer"),
    ],
)
def test_move_takes_the_seat_along_and_frees_the_old_one(
    make: Factory,
    session: Session,
    group: NetworkGroup,
    other: NetworkGroup,
    people: list[Enrolment],
    status: str,
    arrives: S,
    mail: str,
) -> None:
    place = member(make, group, people[0], status)
    moved = save(session, lambda: network_groups.move(session, place, other, now=NOW))
    assert (place.status, moved.group_id, moved.status) == (S.MOVED, other.id, arrives)
    mails = session.execute(select(OutgoingMail.message, OutgoingMail.path)).all()
    assert mails == [(mail, f"/network-groups/{other.id}")]
    for where in (group, other):
        events = [entry.event for entry in history.of(session, where)]
        assert [event.table_name for event in events][:1] == ["network_place"]


def test_move_lets_the_first_in_line_move_up(
    make: Factory, session: Session, group: NetworkGroup, other: NetworkGroup, people: list[Enrolment]
) -> None:
    places = [member(make, group, person) for person in people[:2]]
    waiting = in_line(make, group, people[2])
    save(session, lambda: network_groups.move(session, places[0], other, now=NOW))
    assert waiting.status is S.OFFERED


def test_move_back_takes_up_the_place_of_before(
    make: Factory, session: Session, group: NetworkGroup, other: NetworkGroup, people: list[Enrolment]
) -> None:
    place = member(make, group, people[0])
    there = save(session, lambda: network_groups.move(session, place, other, now=NOW))
    back = save(session, lambda: network_groups.move(session, there, group, now=NOW))
    assert (back.id, back.status, there.status) == (place.id, S.ACCEPTED, S.MOVED)


def test_move_to_a_full_group_the_same_or_one_of_another_programme_is_refused(
    make: Factory, session: Session, group: NetworkGroup, other: NetworkGroup, people: list[Enrolment]
) -> None:
    place = member(make, group, people[0])
    member(make, other, people[1])
    foreign = make.network_group(make.programme("hovedstaden"))
    for into in (other, group, foreign):
        refused = refusal(session, lambda i=into: network_groups.move(session, place, i, now=NOW))
        assert refused.field == "group_id"
    assert (place.status, session.scalars(select(OutgoingMail)).all()) == (S.ACCEPTED, [])
    assert len(session.scalars(select(NetworkPlace)).all()) == 2


def test_move_of_somebody_who_left_is_refused(
    make: Factory, session: Session, group: NetworkGroup, other: NetworkGroup, people: list[Enrolment]
) -> None:
    place = member(make, group, people[0], "left")
    refusal(session, lambda: network_groups.move(session, place, other, now=NOW))
    assert session.scalars(select(NetworkPlace)).all() == [place]


def test_target_is_one_of_the_actors_own_groups(
    make: Factory, session: Session, group: NetworkGroup, coordinator: Actor
) -> None:
    foreign = make.network_group(make.programme("hovedstaden"))
    assert network_moves.target(session, coordinator, group.id) == group
    said = {
        refusal(session, lambda n=number: network_moves.target(session, coordinator, n)).sentence
        for number in (0, foreign.id)
    }
    assert len(said) == 1
