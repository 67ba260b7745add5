"""H-19: network groups, who sees them, and their seats."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from placements.domain import network_groups
from placements.domain.actors import ANONYMOUS, Actor
from placements.models.enrolments import Enrolment
from placements.models.network_groups import NetworkGroup, NetworkMeeting
from placements.models.programmes import Programme
from tests.domain.network_scene import MEETING, NOW, START, TODAY, member
from tests.domain.saving import refusal, save
from tests.factories import Factory, actor_for


def test_visible_to_by_role(
    make: Factory, session: Session, group: NetworkGroup, people: list[Enrolment], programme: Programme
) -> None:
    other = make.network_group(make.programme("hovedstaden"))
    member(make, group, people[0], "declined")

    def seen(actor: Actor) -> list[int]:
        return [found.id for found in session.scalars(network_groups.visible_to(actor))]

    assert seen(actor_for(make.coordinator(programme))) == [group.id]
    assert seen(actor_for(make.teacher(programme))) == [group.id]
    assert seen(actor_for(make.teacher(other.programme))) == [other.id]
    assert seen(actor_for(people[0].user)) == [group.id]
    assert seen(actor_for(people[1].user)) == []
    assert seen(actor_for(make.admin())) == []
    assert seen(ANONYMOUS) == []


# Groups


def test_create_takes_the_partner_of_the_programme(session: Session, programme: Programme) -> None:
    """H-19: run together with the partner."""
    made = save(
        session, lambda: network_groups.create(session, programme, name="Nord", seats=8, place="Salen")
    )
    assert (made.partner, made.place, made.seats) == ("Peernetværket Danmark", "Salen", 8)


@pytest.mark.parametrize(("changed", "field"), [({"name": " "}, "name"), ({"seats": 0}, "seats")])
def test_group_without_a_name_or_a_seat_is_refused(
    session: Session, group: NetworkGroup, changed: dict[str, Any], field: str
) -> None:
    values = {"name": "Nord", "seats": 8, "partner": None, "place": None} | changed
    assert refusal(session, lambda: network_groups.edit(session, group, **values, now=NOW)).field == field
    assert refusal(session, lambda: network_groups.create(session, group.programme, **values)).field == field


def test_edit_below_the_seats_that_are_held_is_refused(
    make: Factory, session: Session, group: NetworkGroup, people: list[Enrolment]
) -> None:
    for person, status in zip(people, ("accepted", "offered", "left"), strict=True):
        member(make, group, person, status)
    values = {"name": "Syd", "partner": None, "place": None}
    refused = refusal(session, lambda: network_groups.edit(session, group, seats=1, **values, now=NOW))
    assert (refused.field, group.seats) == ("seats", 2)
    save(session, lambda: network_groups.edit(session, group, seats=2, **values, now=NOW))
    assert (group.name, group.seats, group.partner) == ("Syd", 2, None)


def test_list_counts_members_offers_and_free_seats(
    make: Factory, session: Session, programme: Programme, people: list[Enrolment], coordinator: Actor
) -> None:
    north = make.network_group(programme, "Nord", seats=8)
    make.network_group(programme, "Syd", seats=4)
    make.network_group(make.programme("hovedstaden"), "Amager")
    for person, status in zip(people, ("accepted", "offered", "left"), strict=True):
        member(make, north, person, status)
    for days in (-7, 0, 14):
        moment = START + timedelta(days=days)
        make.keep(
            NetworkMeeting(
                group_id=north.id, **(MEETING | {"starts_at": moment, "ends_at": moment + timedelta(hours=1)})
            )
        )
    lines = network_groups.lines(session, network_groups.run_by(coordinator), today=TODAY)
    assert [
        (line.group.name, line.members, line.unanswered, line.free, line.next_meeting) for line in lines
    ] == [("Nord", 1, 1, 6, START), ("Syd", 0, 0, 4, None)]
