"""Checking in by a code that changes (row 28)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from placements.domain import check_ins, registers
from placements.domain.actors import Actor
from placements.domain.registers import Mark
from placements.domain.rules import RuleBroken, TooOften
from placements.formatting import COPENHAGEN
from placements.models.attendance import Attendance
from placements.models.check_ins import CheckInTry
from placements.models.enrolments import EnrolmentStatus
from placements.models.follow_up_days import AttendanceStatus
from placements.models.teaching import TeachingSession
from tests.class_scene import TODAY, Class
from tests.domain.test_placement_races import at_once
from tests.factories import Factory, actor_for

SECRET = "of the server"
NINE = datetime(2025, 2, 3, 9, 0, tzinfo=COPENHAGEN)


@pytest.fixture
def room(make: Factory) -> Class:
    return Class(make)


def code(room: Class, now: datetime = NINE) -> str:
    return check_ins.code_of(SECRET, room.session, now=now)


def check_in(room: Class, typed: str, *, now: datetime = NINE, today: date = TODAY) -> TeachingSession:
    actor = actor_for(room.bo.user)
    taught = check_ins.check_in(room.make.session, actor, typed, secret=SECRET, today=today, now=now)
    room.make.session.flush()
    return taught


def late(room: Class) -> list[int]:
    return list(room.make.session.scalars(select(Attendance.late_minutes).order_by(Attendance.id)))


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**9), st.integers(1, 10**6))
def test_code_is_six_digits_and_stays_for_half_a_minute(step: int, number: int) -> None:
    taught, begins = TeachingSession(id=number), datetime.fromtimestamp(step * 30, tz=COPENHAGEN)
    made = {check_ins.code_of(SECRET, taught, now=begins + timedelta(seconds=s)) for s in (0, 1, 29)}
    assert len(made) == 1
    (one,) = made
    assert len(one) == 6
    assert one.isdecimal()
    before = check_ins.code_of(SECRET, taught, now=begins - timedelta(seconds=1))
    assert check_ins.code_of(SECRET, taught, now=begins, before=1) == before


@pytest.mark.parametrize(("minutes", "expected"), [(-30, 0), (-1, 0), (0, 0), (1, 1), (15, 15), (179, 179)])
def test_clock_says_how_late(room: Class, minutes: int, expected: int) -> None:
    now = NINE + timedelta(minutes=minutes, seconds=20)
    check_in(room, code(room, now), now=now)
    assert late(room) == [expected]


def test_code_before_still_counts_and_the_one_before_that_does_not(room: Class) -> None:
    for age, counts in ((30, True), (60, False)):
        typed = code(room, NINE - timedelta(seconds=age))
        if counts:
            check_in(room, typed)
            continue
        with pytest.raises(RuleBroken, match="Koden passer ikke"):
            check_in(room, typed)


@pytest.mark.parametrize("typed", ["", "12345", "abcdef", "１２３４５６"])
def test_wrong_code_is_refused(room: Class, typed: str) -> None:
    with pytest.raises(RuleBroken, match="Koden passer ikke"):
        check_in(room, typed)


def test_code_counts_for_those_in_the_session_on_its_day_alone(room: Class) -> None:
    room.session.audiences = ["colleague"]
    with pytest.raises(RuleBroken, match="Koden passer ikke"):
        check_in(room, code(room))
    room.session.audiences = []
    with pytest.raises(RuleBroken, match="Koden passer ikke"):
        check_in(room, code(room), today=date(2025, 2, 4))
    other = room.make.teaching_session(room.run, held_on=date(2025, 2, 4))
    with pytest.raises(RuleBroken, match="Koden passer ikke"):
        check_in(room, check_ins.code_of(SECRET, other, now=NINE))
    for status in (EnrolmentStatus.WITHDRAWN, EnrolmentStatus.DEADLINE_PASSED):
        room.bo.status = status
        with pytest.raises(RuleBroken, match="Koden passer ikke"):
            check_in(room, code(room))


def test_after_the_end_or_when_the_register_is_kept_it_is_too_late(room: Class) -> None:
    noon = NINE + timedelta(hours=3)
    with pytest.raises(RuleBroken, match="slut"):
        check_in(room, code(room, noon), now=noon)
    room.keep({room.amalie: Mark()})
    with pytest.raises(RuleBroken, match="Protokollen er ført"):
        check_in(room, code(room))


def test_twice_is_once_and_whoever_has_not_is_proposed_as_absent(room: Class) -> None:
    """A change of the register: an open form of the teacher's is not the newest any more."""
    first = room.session.version
    check_in(room, code(room))
    check_in(room, code(room, NINE + timedelta(seconds=30)), now=NINE + timedelta(seconds=30))
    assert late(room) == [0]
    assert room.session.version == first + 1
    assert room.proposed() == {"Amalie": Mark(AttendanceStatus.ABSENT), "Bo": Mark()}
    assert check_ins.checked_in(room.make.session, room.session) == 1
    room.keep({room.amalie: Mark(), room.bo: Mark(late=5)})
    assert registers.of(room.make.session, room.session).checks_in is False
    assert room.proposed() == {"Amalie": Mark(), "Bo": Mark(late=5)}


def test_guessing_is_slowed_down_for_a_while(room: Class) -> None:
    actor, session = actor_for(room.bo.user), room.make.session
    for number in range(check_ins.MOST_TRIES + 1):
        check_ins.note_try(session, actor, now=NINE + timedelta(seconds=number))
    with pytest.raises(TooOften):
        check_in(room, code(room))
    later = NINE + timedelta(minutes=11)
    check_ins.note_try(session, actor, now=later)
    assert session.scalar(select(func.count(CheckInTry.id))) == 1
    check_in(room, code(room, later), now=later)


def test_many_check_in_at_the_same_moment(app: Flask, room: Class) -> None:
    """Each is a change of the session, and none is turned away for it."""
    people = [room.bo, room.amalie, *(room.student(f"Nummer {number}") for number in range(2))]
    typed, actors = code(room), [actor_for(person.user) for person in people]

    def entering(actor: Actor) -> Callable[[Session], object]:
        return lambda session: check_ins.check_in(session, actor, typed, secret=SECRET, today=TODAY, now=NINE)

    assert at_once(app, *map(entering, actors)) == ["done"] * 4
    assert check_ins.checked_in(room.make.session, room.session) == 4
