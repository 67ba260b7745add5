"""H-19: every peer is offered a place in a network group; what becomes of the offer, and who is shown."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from placements.db import db, writing
from placements.domain import history, network_groups, network_places, network_queue
from placements.domain.actors import ANONYMOUS, Actor
from placements.domain.network_states import HOLDING
from placements.domain.rules import RuleBroken
from placements.models.enrolments import Enrolment
from placements.models.mails import OutgoingMail
from placements.models.network_groups import NetworkGroup, NetworkPlace, NetworkPlaceStatus
from placements.models.programmes import Programme
from tests.domain.network_scene import NOW, member
from tests.domain.saving import refusal, save
from tests.factories import Factory, actor_for

S = NetworkPlaceStatus


def offer(session: Session, group: NetworkGroup, enrolment: Enrolment) -> NetworkPlace:
    place = save(session, lambda: network_groups.offer_place(session, group, enrolment, now=NOW))
    assert isinstance(place, NetworkPlace)
    return place


def test_a_place_is_answered_by_its_own_peer_and_left_by_the_coordinator_too(
    make: Factory, session: Session, group: NetworkGroup, people: list[Enrolment], programme: Programme
) -> None:
    place = member(make, group, people[0])
    elsewhere = make.programme("hovedstaden")

    def may(actor: Actor) -> tuple[bool, bool, bool]:
        found = [
            session.scalars(visible(actor)).all() == [place]
            for visible in (
                network_places.answered_by,
                network_places.left_by,
                network_places.offered_by,
            )
        ]
        return found[0], found[1], found[2]

    assert may(actor_for(people[0].user)) == (True, True, False)
    assert may(actor_for(people[1].user)) == (False, False, False)
    assert may(actor_for(make.coordinator(programme))) == (False, True, True)
    assert may(actor_for(make.teacher(programme))) == (False, False, True)
    assert may(actor_for(make.coordinator(elsewhere))) == (False, False, False)
    assert may(ANONYMOUS) == (False, False, False)


# Who is to be offered a place


def test_to_be_offered_can_reach_zero(
    make: Factory, session: Session, group: NetworkGroup, people: list[Enrolment], coordinator: Actor
) -> None:
    """H-19: a peer leaves the list with the first offer, whatever the answer."""
    large = make.network_group(group.programme, seats=8)
    assert [peer.id for peer in network_groups.to_be_offered(session, coordinator)] == [p.id for p in people]
    places = [offer(session, large, peer) for peer in people]
    save(
        session,
        lambda: (network_groups.decline(session, places[0], now=NOW), network_groups.accept(places[1])),
    )
    save(session, lambda: network_groups.leave(session, places[1], now=NOW))
    assert network_groups.to_be_offered(session, coordinator) == []
    assert network_groups.without_group(session, coordinator) == people[:2]


@pytest.mark.parametrize(
    ("audience", "status", "offered"),
    [
        ("student", "active", True),
        ("paid_peer", "active", True),
        ("volunteer_peer", "completed", True),
        ("colleague", "active", False),
        ("student", "withdrawn", False),
        ("student", "deadline_passed", False),
    ],
)
def test_to_be_offered_are_peers_who_stay(
    make: Factory,
    session: Session,
    group: NetworkGroup,
    coordinator: Actor,
    audience: str,
    status: str,
    offered: bool,
) -> None:
    """H-19: the audiences that the programme names; a colleague has the peer at work."""
    person = make.enrolment(make.cohort(group.programme), audience=audience, status=status)
    found = network_groups.to_be_offered(session, coordinator)
    assert found == ([person] if offered else [])
    if not offered:
        refusal(session, lambda: network_groups.offer_place(session, group, person, now=NOW))


def test_to_be_offered_of_another_programme_is_not_listed(
    make: Factory, session: Session, people: list[Enrolment]
) -> None:
    other = make.programme("hovedstaden")
    assert network_groups.to_be_offered(session, actor_for(make.coordinator(other))) == []
    assert network_groups.to_be_offered(session, actor_for(people[0].user)) == []


# Offering


def test_offer_takes_a_seat_and_tells_the_peer(
    make: Factory, session: Session, group: NetworkGroup, people: list[Enrolment]
) -> None:
    place = offer(session, group, people[0])
    assert (place.status, place.offered_at) == (S.OFFERED, NOW)
    assert network_queue.taken_seats(session, group) == 1
    mails = session.execute(select(OutgoingMail.user_id, OutgoingMail.message, OutgoingMail.path)).all()
    assert mails == [(people[0].user_id, "network_offer", f"/network-groups/{group.id}")]


def test_offers_and_members_never_exceed_the_seats(
    make: Factory, session: Session, group: NetworkGroup, people: list[Enrolment]
) -> None:
    member(make, group, people[0])
    offer(session, group, people[1])
    refused = refusal(session, lambda: network_groups.offer_place(session, group, people[2], now=NOW))
    assert (refused.field, "er fuld" in refused.sentence) == ("group_id", True)
    assert network_queue.taken_seats(session, group) == 2


def test_offer_to_several_is_for_all_or_none(
    make: Factory, session: Session, group: NetworkGroup, people: list[Enrolment]
) -> None:
    refused = refusal(session, lambda: network_groups.offer_places(session, group, people, now=NOW))
    assert "2 ledige pladser, og du har valgt 3" in refused.sentence
    assert session.scalars(select(NetworkPlace)).all() == []
    save(session, lambda: network_groups.offer_places(session, group, people[:2], now=NOW))
    assert network_queue.taken_seats(session, group) == 2


@pytest.mark.parametrize("status", ["offered", "accepted"])
def test_offer_to_somebody_who_holds_a_place_is_refused(
    make: Factory, session: Session, group: NetworkGroup, people: list[Enrolment], status: str
) -> None:
    other = make.network_group(group.programme, "Gruppe Syd")
    member(make, other, people[0], status)
    for wanted in (group, other):
        refused = refusal(
            session, lambda w=wanted: network_groups.offer_place(session, w, people[0], now=NOW)
        )
        assert "har allerede en plads" in refused.sentence


def test_offer_to_somebody_of_another_programme_is_refused(
    make: Factory, session: Session, group: NetworkGroup
) -> None:
    stranger = make.enrolment(make.cohort(make.programme("hovedstaden")))
    refused = refusal(session, lambda: network_groups.offer_place(session, group, stranger, now=NOW))
    assert refused.field == "group_id"


@pytest.mark.parametrize("status", ["declined", "left"])
def test_who_declined_or_left_can_be_offered_again(
    make: Factory, session: Session, group: NetworkGroup, people: list[Enrolment], status: str
) -> None:
    """The same place in the same group, with its history; another place in another group."""
    place = member(make, group, people[0], status)
    again = offer(session, group, people[0])
    assert (again.id, again.status) == (place.id, S.OFFERED)
    save(session, lambda: network_groups.decline(session, again, now=NOW))
    other = make.network_group(group.programme, "Gruppe Syd")
    elsewhere = offer(session, other, people[0])
    assert elsewhere.id != place.id
    events = [entry.event for entry in history.of(session, place) if entry.event.row_id == place.id]
    told = [event.changes["status"] for event in events if event.table_name == "network_place"]
    assert told[:2] == [["offered", "declined"], [status, "offered"]]


def test_a_seat_given_up_is_free_for_another(
    make: Factory, session: Session, group: NetworkGroup, people: list[Enrolment]
) -> None:
    first, second = member(make, group, people[0]), member(make, group, people[1], "offered")
    save(
        session,
        lambda: (
            network_groups.leave(session, first, now=NOW),
            network_groups.decline(session, second, now=NOW),
        ),
    )
    assert network_queue.taken_seats(session, group) == 0
    assert offer(session, group, people[2]).status is S.OFFERED


def test_the_last_seat_is_offered_once(
    app: Flask, make: Factory, session: Session, group: NetworkGroup, people: list[Enrolment]
) -> None:
    """Three at the same moment, two seats."""
    ids, ready = [person.id for person in people], Barrier(3, timeout=20)
    group_id = group.id
    db.session.rollback()

    def attempt(enrolment_id: int) -> str:
        with app.app_context(), writing():
            ready.wait()
            session = db.session()
            found = session.get_one(NetworkGroup, group_id), session.get_one(Enrolment, enrolment_id)
            try:
                network_groups.offer_place(session, *found, now=NOW)
                session.commit()
            except RuleBroken:
                session.rollback()
                return "refused"
            return "offered"

    with ThreadPoolExecutor(3) as pool:
        assert sorted(pool.map(attempt, ids)) == ["offered", "offered", "refused"]
    held = select(func.count()).select_from(NetworkPlace).where(NetworkPlace.status.in_(HOLDING))
    assert session.scalar(held) == 2


# State


def test_every_verb_in_every_state() -> None:
    """The state table of domain.md; a place that is to be offered is none yet."""
    table = {
        (state.value, verb): move.target.value
        for verb, move in network_groups.TRANSITIONS.items()
        for state in move.sources
    }
    assert table == {
        ("offered", "accept"): "accepted",
        ("offered", "decline"): "declined",
        ("accepted", "leave"): "left",
        ("waiting", "move_up"): "offered",
        ("waiting", "leave_queue"): "declined",
        **{(before, "offer_again"): "offered" for before in ("declined", "left", "moved")},
        **{(before, "queue"): "waiting" for before in ("declined", "left", "moved")},
        **{(before, "move"): "moved" for before in ("offered", "accepted", "waiting")},
    }


@pytest.mark.parametrize("status", list(S))
@pytest.mark.parametrize("verb", ["accept", "decline", "leave", "leave_queue"])
def test_verb_out_of_state_is_refused(
    make: Factory, session: Session, group: NetworkGroup, people: list[Enrolment], status: S, verb: str
) -> None:
    place = member(make, group, people[0], status.value)

    def act(place: NetworkPlace) -> None:
        do = getattr(network_groups, verb)
        do(session, place, now=NOW) if verb in {"decline", "leave"} else do(place)

    if status in network_groups.TRANSITIONS[verb].sources:
        save(session, lambda: act(place))
        assert place.status is network_groups.TRANSITIONS[verb].target
    else:
        refusal(session, lambda: act(place))
        assert place.status is status


@pytest.mark.parametrize(
    ("status", "own", "coordinator", "teacher"),
    [
        ("waiting", ["leave_queue"], ["leave_queue", "move"], ["move"]),
        ("offered", ["accept", "decline"], ["decline", "move"], ["move"]),
        ("accepted", ["leave"], ["leave", "move"], ["move"]),
        ("declined", [], ["offer_again", "queue"], ["offer_again", "queue"]),
        ("left", [], ["offer_again", "queue"], ["offer_again", "queue"]),
        ("moved", [], ["offer_again", "queue"], ["offer_again", "queue"]),
    ],
)
def test_verbs_by_state_and_person(
    make: Factory,
    group: NetworkGroup,
    people: list[Enrolment],
    status: str,
    own: list[str],
    coordinator: list[str],
    teacher: list[str],
) -> None:
    place = member(make, group, people[0], status)
    programme = group.programme
    asked = (people[0].user, make.coordinator(programme), make.teacher(programme), people[1].user)
    assert [network_places.verbs_for(place, actor_for(person)) for person in asked] == [
        own,
        coordinator,
        teacher,
        [],
    ]


# Whose names are shown


def test_names_are_shown_to_members_alone_and_never_the_answers_of_others(
    make: Factory, session: Session, group: NetworkGroup
) -> None:
    cohort = make.cohort(group.programme)
    statuses = ("accepted", "accepted", "offered", "declined", "left")
    names = ("Anna", "Bo", "Carl", "Dea", "Eva")
    everybody = [make.enrolment(cohort, make.grant(make.user(name), "student")) for name in names]
    for person, status in zip(everybody, statuses, strict=True):
        member(make, group, person, status)
    shown = [network_places.names_shown(session, group, actor_for(person.user)) for person in everybody]
    assert shown == [["Anna", "Bo"], ["Anna", "Bo"], [], [], []]
    assert network_places.places_shown(session, group, actor_for(everybody[0].user)) == []
    teacher = actor_for(make.teacher(group.programme))
    places = network_places.places_shown(session, group, teacher)
    assert [place.enrolment.user.name for place in places] == list(names)


def test_own_place_in_two_cohorts_is_the_one_that_counts(
    make: Factory, session: Session, group: NetworkGroup, people: list[Enrolment]
) -> None:
    user = people[0].user
    left = member(make, group, people[0], "left")
    assert network_groups.own_place(session, group, actor_for(user)) == left
    again = member(make, group, make.enrolment(make.cohort(group.programme), user), "accepted")
    assert network_groups.own_place(session, group, actor_for(user)) == again
