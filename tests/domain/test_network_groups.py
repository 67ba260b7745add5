"""H-19: network groups, who sees them, and their seats."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from placements.db import writing
from placements.domain import network_groups
from placements.domain.actors import ANONYMOUS, Actor
from placements.domain.rules import RuleBroken
from placements.models.enrolments import Enrolment
from placements.models.network_groups import (
    MeetingForm,
    NetworkGroup,
    NetworkMeeting,
    NetworkPlace,
)
from placements.models.programmes import Programme
from tests.factories import Factory, actor_for

TODAY = date(2025, 2, 3)
NOW = datetime(2025, 2, 3, 9, tzinfo=UTC)
START = datetime(2025, 2, 3, 15, tzinfo=UTC)
MEETING: dict[str, Any] = {
    "starts_at": START,
    "ends_at": START + timedelta(hours=2),
    "theme": "At sige fra",
    "form": MeetingForm.CASE,
    "place": "Medborgerhuset",
}


@pytest.fixture
def programme(make: Factory) -> Programme:
    return make.programme()


@pytest.fixture
def group(make: Factory, programme: Programme) -> NetworkGroup:
    return make.network_group(programme, seats=2)


@pytest.fixture
def coordinator(make: Factory, programme: Programme) -> Actor:
    return actor_for(make.coordinator(programme))


@pytest.fixture
def people(make: Factory, programme: Programme) -> list[Enrolment]:
    cohort = make.cohort(programme)
    return [make.enrolment(cohort) for _number in range(3)]


def save(session: Session, action: Callable[[], Any]) -> Any:
    session.rollback()
    with writing():
        done = action()
        session.commit()
    return done


def refusal(session: Session, action: Callable[[], object]) -> RuleBroken:
    session.rollback()
    with writing(), pytest.raises(RuleBroken) as refused:
        action()
    session.rollback()
    return refused.value


def member(
    make: Factory, group: NetworkGroup, enrolment: Enrolment, status: str = "accepted"
) -> NetworkPlace:
    return make.keep(
        NetworkPlace(group_id=group.id, enrolment_id=enrolment.id, status=status, offered_at=NOW)
    )


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
    assert refusal(session, lambda: network_groups.edit(session, group, **values)).field == field
    assert refusal(session, lambda: network_groups.create(session, group.programme, **values)).field == field


def test_edit_below_the_seats_that_are_held_is_refused(
    make: Factory, session: Session, group: NetworkGroup, people: list[Enrolment]
) -> None:
    for person, status in zip(people, ("accepted", "offered", "left"), strict=True):
        member(make, group, person, status)
    values = {"name": "Syd", "partner": None, "place": None}
    refused = refusal(session, lambda: network_groups.edit(session, group, seats=1, **values))
    assert (refused.field, group.seats) == ("seats", 2)
    save(session, lambda: network_groups.edit(session, group, seats=2, **values))
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
