"""D-04: a meeting has a theme, a form and a place; attendance is kept, stories are not."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from placements.domain import network_groups, network_meetings
from placements.models.enrolments import Enrolment
from placements.models.network_groups import MeetingForm, NetworkAttendance, NetworkGroup, NetworkMeeting
from tests.domain.network_scene import MEETING, NOW, START, TODAY, member
from tests.domain.saving import refusal, save
from tests.factories import Factory, actor_for

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
    assert kept == {
        "id",
        "group_id",
        "starts_at",
        "ends_at",
        "theme",
        "form",
        "place",
        "cancelled_at",
        "version",
    }
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
    refused = refusal(
        session, lambda: network_groups.edit_meeting(session, made, **wanted, today=TODAY, now=NOW)
    )
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
    save(session, lambda: network_groups.leave(session, place, now=NOW))
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
    refused = refusal(
        session, lambda: network_groups.edit_meeting(session, made, **wanted, today=TODAY, now=NOW)
    )
    assert refused.field == "held_on"
    same_day = MEETING | {"theme": "Grænser", "starts_at": START - timedelta(hours=1)}
    save(session, lambda: network_groups.edit_meeting(session, made, **same_day, today=TODAY, now=NOW))
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
