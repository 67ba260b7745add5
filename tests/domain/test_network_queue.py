"""The line for a group's seats: it moves up by itself, in order, and never overbooks (H-19)."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from placements.db import db, writing
from placements.domain import network_groups, network_offers, network_queue
from placements.models.enrolments import Enrolment
from placements.models.mails import OutgoingMail
from placements.models.network_groups import NetworkGroup, NetworkPlace, NetworkPlaceStatus
from tests.domain.network_scene import NOW, in_line, member
from tests.domain.saving import refusal, save
from tests.factories import Factory

S = NetworkPlaceStatus


def grow(session: Session, group: NetworkGroup, _place: NetworkPlace) -> None:
    network_groups.edit(session, group, name="Nord", partner=None, place=None, seats=2, now=NOW)


FREEING: dict[str, tuple[str, Callable[[Session, NetworkGroup, NetworkPlace], object]]] = {
    "decline": ("offered", lambda session, _group, place: network_groups.decline(session, place, now=NOW)),
    "leave": ("accepted", lambda session, _group, place: network_groups.leave(session, place, now=NOW)),
    "more seats": ("accepted", grow),
}


@pytest.mark.parametrize("how", FREEING)
def test_first_in_line_is_offered_the_seat_that_comes_free(
    make: Factory, session: Session, people: list[Enrolment], how: str
) -> None:
    """In the same transaction, with a mail of their own; the second still waits."""
    group = make.network_group(people[0].cohort.programme, seats=1)
    status, act = FREEING[how]
    place = member(make, group, people[0], status)
    second, first = in_line(make, group, people[1], 5), in_line(make, group, people[2], 60)
    save(session, lambda: act(session, group, place))
    assert (first.status, first.offered_at, first.waiting_since) == (S.OFFERED, NOW, None)
    assert (second.status, second.offered_at) == (S.WAITING, None)
    mails = session.execute(select(OutgoingMail.user_id, OutgoingMail.message)).all()
    assert mails == [(people[2].user_id, "network_offer")]
    assert [p.id for p in network_queue.in_line(session, group)] == [second.id]


def test_who_has_left_the_programme_is_passed_over(
    make: Factory, session: Session, people: list[Enrolment]
) -> None:
    group = make.network_group(people[0].cohort.programme, seats=1)
    place = member(make, group, people[0])
    gone = make.enrolment(people[0].cohort, status="withdrawn")
    closed = make.enrolment(people[0].cohort, make.user("Lukket", active=False))
    passed = [in_line(make, group, gone, 60), in_line(make, group, closed, 30)]
    second = in_line(make, group, people[1], 5)
    save(session, lambda: network_groups.leave(session, place, now=NOW))
    assert [one.status for one in [*passed, second]] == [S.WAITING, S.WAITING, S.OFFERED]


@pytest.mark.parametrize("how", ["decline", "leave"])
def test_the_group_is_locked_before_a_place_is_written(
    make: Factory, session: Session, people: list[Enrolment], how: str
) -> None:
    """As in a move: two who did it in opposite order would wait for each other for ever."""
    group = make.network_group(people[0].cohort.programme, seats=1)
    status, act = FREEING[how]
    place, said = member(make, group, people[0], status), []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        said.append(statement)

    event.listen(session.get_bind(), "before_cursor_execute", note)
    save(session, lambda: act(session, group, place))
    event.remove(session.get_bind(), "before_cursor_execute", note)
    written = next(number for number, one in enumerate(said) if one.startswith("UPDATE network_place"))
    locked = "SELECT network_group.id \nFROM network_group"
    assert [one for one in said[:written] if one.startswith(locked)] != []


def test_line_is_for_a_full_group_and_can_be_left(
    make: Factory, session: Session, group: NetworkGroup, people: list[Enrolment]
) -> None:
    refusal(session, lambda: network_groups.queue_places(session, group, [people[0]], now=NOW))
    for person in people[:2]:
        member(make, group, person)
    save(session, lambda: network_groups.queue_places(session, group, [people[2]], now=NOW))
    [place] = network_queue.in_line(session, group)
    assert (place.enrolment_id, place.waiting_since) == (people[2].id, NOW)
    assert session.scalars(select(OutgoingMail)).all() == []
    refusal(session, lambda: network_groups.offer_place(session, group, people[2], now=NOW))
    save(session, lambda: network_groups.leave_queue(place))
    assert (place.status, network_queue.in_line(session, group)) == (S.DECLINED, [])


def test_two_who_leave_at_once_free_two_seats_for_two(
    app: Flask, make: Factory, session: Session, people: list[Enrolment], group: NetworkGroup
) -> None:
    """On both engines: as many offers as seats, to the first two in line, and never to one of them twice."""
    cohort = people[0].cohort
    leaving = [member(make, group, person).id for person in people[:2]]
    waiting = [in_line(make, group, make.enrolment(cohort), minutes).id for minutes in (30, 20, 10)]
    ready = Barrier(2, timeout=20)
    db.session.rollback()

    def leave(place_id: int) -> None:
        with app.app_context(), writing():
            ready.wait()
            place = db.session().get_one(NetworkPlace, place_id)
            network_groups.leave(db.session(), place, now=NOW)
            db.session().commit()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(leave, leaving))
    session.expire_all()
    assert [session.get_one(NetworkPlace, one).status for one in waiting] == [S.OFFERED, S.OFFERED, S.WAITING]
    assert len(session.scalars(select(OutgoingMail)).all()) == 2
    assert network_queue.taken_seats(session, group) == 2


# Offers to everybody


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 12), st.lists(st.tuples(st.integers(-1, 5), st.integers(0, 3)), min_size=1, max_size=4))
def test_spread_gives_every_seat_and_no_more(people: int, groups: list[tuple[int, int]]) -> None:
    """H-19: everybody gets something; nobody waits while a seat is free; no group gets more than it has."""
    free, line = [seats for seats, _line in groups], [waiting for _seats, waiting in groups]
    made = network_offers.spread(people, free, line)
    room = sum(max(seats, 0) for seats in free)
    assert len(made) == people
    assert sum(seated for _group, seated in made) == min(people, room)
    for number, seats in enumerate(free):
        assert made.count((number, True)) <= max(seats, 0)
    assert made == sorted(made, key=lambda got: not got[1])


def test_offer_to_all_fills_the_seats_and_lines_up_the_rest(
    make: Factory, session: Session, people: list[Enrolment]
) -> None:
    """H-19: afterwards nobody is without an answer to what becomes of them."""
    programme = people[0].cohort.programme
    groups = [make.network_group(programme, name, seats=1) for name in ("Nord", "Syd")]
    shown = network_offers.plan(session, groups, people)
    assert (shown.seated, shown.waiting) == (2, 1)
    made = save(
        session,
        lambda: network_groups.offer_to_all(session, groups, people, fingerprint=shown.fingerprint, now=NOW),
    )
    assert made == shown
    places = session.scalars(select(NetworkPlace).order_by(NetworkPlace.enrolment_id)).all()
    assert [(place.group.name, place.status) for place in places] == [
        ("Nord", S.OFFERED),
        ("Syd", S.OFFERED),
        ("Nord", S.WAITING),
    ]
    assert [mail.user_id for mail in session.scalars(select(OutgoingMail).order_by(OutgoingMail.id))] == [
        person.user_id for person in people[:2]
    ]


def test_offer_to_all_of_another_plan_than_was_shown_is_refused(
    make: Factory, session: Session, group: NetworkGroup, people: list[Enrolment]
) -> None:
    shown = network_offers.plan(session, [group], people)
    member(make, group, make.enrolment(people[0].cohort))
    refused = refusal(
        session,
        lambda: network_groups.offer_to_all(session, [group], people, fingerprint=shown.fingerprint, now=NOW),
    )
    assert "Se det nye" in refused.sentence
    assert len(session.scalars(select(NetworkPlace)).all()) == 1
