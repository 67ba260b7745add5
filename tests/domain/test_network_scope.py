"""A group that spans programmes, and those who hold it together: who sees it, and whom in it (H-19)."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from placements.domain import network_groups, network_meetings, network_places, network_rosters
from placements.domain.actors import Actor
from placements.models.enrolments import Enrolment
from placements.models.network_groups import (
    NetworkAttendance,
    NetworkFacilitator,
    NetworkGroup,
    NetworkGroupProgramme,
    NetworkMeeting,
)
from placements.models.programmes import Programme
from tests.domain.network_scene import MEETING, NOW, in_line, member
from tests.domain.saving import refusal, save
from tests.factories import Factory, actor_for


@pytest.fixture
def guest(make: Factory, group: NetworkGroup) -> Programme:
    """Another programme that the group is open to."""
    guest = make.programme("hovedstaden")
    make.keep(NetworkGroupProgramme(group_id=group.id, programme_id=guest.id))
    return guest


@pytest.fixture
def visitor(make: Factory, guest: Programme) -> Enrolment:
    return make.enrolment(make.cohort(guest), make.grant(make.user("Vera Visti"), "student"))


@pytest.fixture
def facilitator(make: Factory, group: NetworkGroup) -> Actor:
    """Teaches a programme that has nothing to do with the group."""
    user = make.teacher(make.programme("elsewhere"))
    make.keep(NetworkFacilitator(group_id=group.id, user_id=user.id))
    return actor_for(user)


def names(session: Session, group: NetworkGroup, actor: Actor) -> list[str]:
    return [place.enrolment.user.name for place in network_places.places_shown(session, group, actor)]


def test_staff_see_their_own_people_and_how_many_the_others_are(
    make: Factory,
    session: Session,
    group: NetworkGroup,
    people: list[Enrolment],
    visitor: Enrolment,
    guest: Programme,
    coordinator: Actor,
) -> None:
    own = member(make, group, people[0])
    theirs = member(make, group, visitor)
    held = make.keep(NetworkMeeting(group_id=group.id, **MEETING))
    came = make.keep(NetworkAttendance(meeting=held, enrolment_id=visitor.id, present=True))
    host = actor_for(make.coordinator(guest))
    for actor, seen, hidden in ((coordinator, people[0], theirs), (host, visitor, own)):
        assert session.scalars(network_groups.visible_to(actor)).all() == [group]
        roster = network_rosters.roster(session, group, actor)
        assert [row.place.enrolment_id for row in roster.rows] == [seen.id]
        assert (roster.others, roster.taken) == (1, 2)
        shown = network_meetings.attendees_shown(session, held, actor)
        assert [one.enrolment_id for one in shown] == [seen.id]
        told = {(e.event.table_name, e.event.row_id) for e in network_groups.told_to(session, group, actor)}
        assert ("network_place", hidden.id) not in told
        assert (("network_attendance", came.id) in told) is (actor is host)
        assert hidden.id not in {p.id for p in session.scalars(network_places.offered_by(actor))}
    assert session.scalars(network_groups.edited_by(host)).all() == []


def test_facilitator_sees_the_whole_group_and_nothing_else(
    make: Factory,
    session: Session,
    group: NetworkGroup,
    people: list[Enrolment],
    visitor: Enrolment,
    facilitator: Actor,
) -> None:
    other = make.network_group(group.programme, "Gruppe Syd")
    for person in (people[0], visitor):
        member(make, group, person)
    member(make, other, people[1])
    make.keep(NetworkFacilitator(group_id=other.id, name="Fri Frivillig"))
    assert session.scalars(network_groups.visible_to(facilitator)).all() == [group]
    roster = network_rosters.roster(session, group, facilitator)
    assert {row.place.enrolment_id for row in roster.rows} == {people[0].id, visitor.id}
    assert ([row.verbs for row in roster.rows], roster.others) == ([[], []], 0)
    assert network_places.to_be_offered(session, facilitator) == []
    assert session.scalars(network_groups.run_by(facilitator)).all() == []
    assert names(session, other, facilitator) == []
    meetings = [make.keep(NetworkMeeting(group_id=one.id, **MEETING)) for one in (group, other)]
    assert session.scalars(network_meetings.visible_to(facilitator)).all() == meetings[:1]


def test_peers_of_a_programme_it_is_shared_with_get_a_place_by_their_own_rule(
    make: Factory, session: Session, group: NetworkGroup, visitor: Enrolment, guest: Programme
) -> None:
    """H-19: who is a peer, the person's own programme says."""
    place = save(session, lambda: network_groups.offer_place(session, group, visitor, now=NOW))
    assert place.enrolment_id == visitor.id
    colleague = make.enrolment(make.cohort(guest), audience="colleague")
    refusal(session, lambda: network_groups.offer_place(session, group, colleague, now=NOW))


def test_position_in_line_counts_everybody(
    make: Factory,
    session: Session,
    people: list[Enrolment],
    coordinator: Actor,
    guest: Programme,
    visitor: Enrolment,
    group: NetworkGroup,
) -> None:
    in_line(make, group, visitor, 60)
    mine = in_line(make, group, people[0], 5)
    [row] = network_rosters.roster(session, group, coordinator).rows
    assert (row.place.id, row.position) == (mine.id, 2)


def test_hold_keeps_facilitators_and_programmes(
    make: Factory, session: Session, group: NetworkGroup, guest: Programme, visitor: Enrolment
) -> None:
    teacher, version = make.teacher(group.programme), group.version
    keep = {"user_ids": {teacher.id}, "names": ["Fri Frivillig"], "programme_ids": {guest.id}}
    save(session, lambda: network_groups.hold(session, group, **keep))
    assert {(one.user_id, one.name) for one in group.facilitators} == {
        (teacher.id, None),
        (None, "Fri Frivillig"),
    }
    assert (group.version, network_groups.is_facilitator(group, actor_for(teacher))) == (version + 1, True)
    member(make, group, visitor)
    refused = refusal(session, lambda: network_groups.hold(session, group, **(keep | {"programme_ids": ()})))
    assert refused.field == "shared_ids"
    save(session, lambda: network_groups.hold(session, group, **(keep | {"user_ids": ()})))
    assert [one.name for one in group.facilitators] == ["Fri Frivillig"]
