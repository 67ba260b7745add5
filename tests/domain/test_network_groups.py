"""H-19: every peer is offered a place in a network group. D-04: a meeting has a theme, a form and a place."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from threading import Barrier
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from placements.db import db, writing
from placements.domain import history, network_groups, network_meetings, network_places
from placements.domain.actors import ANONYMOUS, Actor
from placements.domain.network_states import HOLDING
from placements.domain.rules import RuleBroken
from placements.models.enrolments import Enrolment
from placements.models.mails import OutgoingMail
from placements.models.network_groups import (
    MeetingForm,
    NetworkAttendance,
    NetworkGroup,
    NetworkMeeting,
    NetworkPlace,
    NetworkPlaceStatus,
)
from placements.models.programmes import Programme
from tests.factories import Factory, actor_for

TODAY = date(2025, 2, 3)
NOW = datetime(2025, 2, 3, 9, tzinfo=UTC)
S = NetworkPlaceStatus
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


def offer(session: Session, group: NetworkGroup, enrolment: Enrolment) -> NetworkPlace:
    place = save(session, lambda: network_groups.offer_place(session, group, enrolment, now=NOW))
    assert isinstance(place, NetworkPlace)
    return place


def member(
    make: Factory, group: NetworkGroup, enrolment: Enrolment, status: str = "accepted"
) -> NetworkPlace:
    return make.keep(
        NetworkPlace(group_id=group.id, enrolment_id=enrolment.id, status=status, offered_at=NOW)
    )


# Visibility


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
    save(session, lambda: (network_groups.decline(places[0]), network_groups.accept(places[1])))
    save(session, lambda: network_groups.leave(places[1]))
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
    assert network_places.taken_seats(session, group) == 1
    mails = session.execute(select(OutgoingMail.user_id, OutgoingMail.message, OutgoingMail.path)).all()
    assert mails == [(people[0].user_id, "network_offer", f"/network-groups/{group.id}")]


def test_offers_and_members_never_exceed_the_seats(
    make: Factory, session: Session, group: NetworkGroup, people: list[Enrolment]
) -> None:
    member(make, group, people[0])
    offer(session, group, people[1])
    refused = refusal(session, lambda: network_groups.offer_place(session, group, people[2], now=NOW))
    assert (refused.field, "er fuld" in refused.sentence) == ("group_id", True)
    assert network_places.taken_seats(session, group) == 2


def test_offer_to_several_is_for_all_or_none(
    make: Factory, session: Session, group: NetworkGroup, people: list[Enrolment]
) -> None:
    refused = refusal(session, lambda: network_groups.offer_places(session, group, people, now=NOW))
    assert "2 ledige pladser, og du har valgt 3" in refused.sentence
    assert session.scalars(select(NetworkPlace)).all() == []
    save(session, lambda: network_groups.offer_places(session, group, people[:2], now=NOW))
    assert network_places.taken_seats(session, group) == 2


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
    save(session, lambda: network_groups.decline(again))
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
    save(session, lambda: (network_groups.leave(first), network_groups.decline(second)))
    assert network_places.taken_seats(session, group) == 0
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
        ("declined", "offer_again"): "offered",
        ("left", "offer_again"): "offered",
    }


@pytest.mark.parametrize("status", list(S))
@pytest.mark.parametrize("verb", ["accept", "decline", "leave"])
def test_verb_out_of_state_is_refused(
    make: Factory, session: Session, group: NetworkGroup, people: list[Enrolment], status: S, verb: str
) -> None:
    place = member(make, group, people[0], status.value)
    act: Callable[[NetworkPlace], None] = getattr(network_groups, verb)
    if status in network_groups.TRANSITIONS[verb].sources:
        save(session, lambda: act(place))
        assert place.status is network_groups.TRANSITIONS[verb].target
    else:
        refusal(session, lambda: act(place))
        assert place.status is status


@pytest.mark.parametrize(
    ("status", "own", "coordinator", "teacher"),
    [
        ("offered", ["accept", "decline"], [], []),
        ("accepted", ["leave"], ["leave"], []),
        ("declined", [], ["offer_again"], ["offer_again"]),
        ("left", [], ["offer_again"], ["offer_again"]),
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


# Meetings


def meet(session: Session, group: NetworkGroup, **changed: Any) -> NetworkMeeting:
    made = save(session, lambda: network_groups.add_meeting(session, group, **(MEETING | changed)))
    assert isinstance(made, NetworkMeeting)
    return made


def test_meeting_has_theme_form_place_and_no_story(session: Session, group: NetworkGroup) -> None:
    """D-04: what a meeting keeps; there is no column where a story could be written."""
    made = meet(session, group)
    assert (made.theme, made.form, made.place, made.starts_at) == (
        "At sige fra",
        MeetingForm.CASE,
        "Medborgerhuset",
        START,
    )
    kept = {column.key for column in NetworkMeeting.__table__.columns}
    assert kept == {"id", "group_id", "starts_at", "ends_at", "theme", "form", "place", "version"}
    kept = {column.key for column in NetworkAttendance.__table__.columns}
    assert kept == {"id", "meeting_id", "enrolment_id", "present"}


@pytest.mark.parametrize(("changed", "field"), [({"ends_at": START}, "ends_at"), ({"theme": " "}, "theme")])
def test_meeting_that_ends_before_it_begins_or_has_no_theme_is_refused(
    session: Session, group: NetworkGroup, changed: dict[str, Any], field: str
) -> None:
    wanted = MEETING | changed
    refused = refusal(session, lambda: network_groups.add_meeting(session, group, **wanted))
    assert refused.field == field
    made = meet(session, group)
    refused = refusal(session, lambda: network_groups.edit_meeting(session, made, **wanted))
    assert refused.field == field


def test_attendance_is_kept_and_put_right(
    make: Factory, session: Session, group: NetworkGroup, people: list[Enrolment]
) -> None:
    for person, status in zip(people, ("accepted", "accepted", "offered"), strict=True):
        member(make, group, person, status)
    made = meet(session, group)
    first, second = people[0].id, people[1].id
    assert [a.enrolment_id for a in network_meetings.attendees(session, made)] == [first, second]
    version = made.version
    for came in ({first: True, second: True}, {first: True, second: False}):
        save(
            session,
            lambda came=came: network_groups.register_attendance(session, made, came, today=TODAY),
        )
    found = network_meetings.attendees(session, made)
    assert [(a.enrolment_id, a.present) for a in found] == [(first, True), (second, False)]
    assert made.version == version + 2
    [line] = network_meetings.of_group(session, group, today=TODAY)
    assert (line.registered, line.present, line.reached) == (2, 1, True)


def test_attendance_of_somebody_who_left_later_stays(
    make: Factory, session: Session, group: NetworkGroup, people: list[Enrolment]
) -> None:
    place = member(make, group, people[0])
    made = meet(session, group)
    save(
        session,
        lambda: network_groups.register_attendance(session, made, {people[0].id: True}, today=TODAY),
    )
    save(session, lambda: network_groups.leave(place))
    assert [(a.enrolment_id, a.present) for a in network_meetings.attendees(session, made)] == [
        (people[0].id, True)
    ]


def test_attendance_before_the_day_or_of_a_stranger_is_refused(
    make: Factory, session: Session, group: NetworkGroup, people: list[Enrolment]
) -> None:
    member(make, group, people[0])
    member(make, group, people[1], "offered")
    made = meet(session, group)
    for person, today in ((people[0], TODAY - timedelta(days=1)), (people[1], TODAY)):
        came = {person.id: True}
        refusal(
            session,
            lambda c=came, t=today: network_groups.register_attendance(session, made, c, today=t),
        )
    assert session.scalars(select(NetworkAttendance)).all() == []


def test_meeting_with_attendance_keeps_its_date(
    make: Factory, session: Session, group: NetworkGroup, people: list[Enrolment]
) -> None:
    member(make, group, people[0])
    made = meet(session, group)
    save(
        session,
        lambda: network_groups.register_attendance(session, made, {people[0].id: True}, today=TODAY),
    )
    later = {"starts_at": START + timedelta(days=1), "ends_at": START + timedelta(days=1, hours=1)}
    wanted = MEETING | later
    refused = refusal(session, lambda: network_groups.edit_meeting(session, made, **wanted))
    assert refused.field == "held_on"
    same_day = MEETING | {"theme": "Grænser", "starts_at": START - timedelta(hours=1)}
    save(session, lambda: network_groups.edit_meeting(session, made, **same_day))
    assert (made.theme, made.starts_at) == ("Grænser", START - timedelta(hours=1))


@pytest.mark.parametrize(
    ("status", "told"), [("accepted", True), ("offered", True), ("declined", False), ("left", False)]
)
def test_meetings_are_shown_while_one_holds_a_place(
    make: Factory, session: Session, group: NetworkGroup, people: list[Enrolment], status: str, told: bool
) -> None:
    member(make, group, people[0], status)
    week = timedelta(days=7)
    held, today, later = (
        meet(session, group, starts_at=START + move, ends_at=START + move + timedelta(hours=1))
        for move in (-week, timedelta(), week)
    )
    actor = actor_for(people[0].user)
    shown = network_meetings.shown_to(session, group, actor, today=TODAY)
    assert shown == (([today, later], [held]) if told else ([], []))
    assert network_meetings.shown_to(session, group, actor_for(people[1].user), today=TODAY) == ([], [])
