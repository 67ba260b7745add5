"""Notice of absence beforehand (row 22): for one's own sessions, until they begin."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from sqlalchemy import select

from placements.domain import absence_notices, completion_watch
from placements.domain.rules import RuleBroken
from placements.formatting import COPENHAGEN
from placements.models.attendance import AbsenceNotice, AbsenceReason
from placements.models.enrolments import EnrolmentStatus
from tests.class_scene import TODAY, Class
from tests.factories import Factory

WORK, FAMILY = AbsenceReason.WORK, AbsenceReason.FAMILY
BEFORE, BEGUN = (
    datetime(2025, 2, 3, 8, 59, tzinfo=COPENHAGEN),
    datetime(2025, 2, 3, 9, 0, tzinfo=COPENHAGEN),
)


@pytest.fixture
def room(make: Factory) -> Class:
    return Class(make)


def give(room: Class, reason: AbsenceReason = WORK, *, now: datetime = BEFORE) -> None:
    absence_notices.give(room.make.session, room.bo, room.session, reason=reason, now=now)
    room.make.session.flush()


def reasons(room: Class) -> list[AbsenceReason]:
    return list(room.make.session.scalars(select(AbsenceNotice.reason).order_by(AbsenceNotice.id)))


def test_give_changes_and_take_back(room: Class) -> None:
    give(room)
    give(room, FAMILY)
    assert reasons(room) == [FAMILY]
    absence_notices.take_back(room.make.session, room.bo, room.session, now=BEFORE)
    absence_notices.take_back(room.make.session, room.bo, room.session, now=BEFORE)
    assert reasons(room) == []


def test_known_beforehand_when_the_day_alone_is_more_than_may_be_missed(room: Class) -> None:
    """One of four days is more than a fifth; of five it is not."""
    for number in range(5):
        decides = completion_watch.alone_decides(room.make.session, room.bo, room.session)
        assert decides is (number < 4)
        room.make.teaching_session(room.run, held_on=date(2025, 3, 3 + number))


def test_nothing_changes_once_it_has_begun(room: Class) -> None:
    with pytest.raises(RuleBroken, match="begyndt"):
        give(room, now=BEGUN)
    give(room)
    with pytest.raises(RuleBroken, match="begyndt"):
        absence_notices.take_back(room.make.session, room.bo, room.session, now=BEGUN)
    assert reasons(room) == [WORK]


def test_only_for_sessions_that_are_theirs_and_while_they_take_part(room: Class) -> None:
    """H-16: a session may be for others in the run."""
    room.session.audiences = ["colleague"]
    with pytest.raises(RuleBroken, match="ikke med i"):
        give(room)
    room.session.audiences = []
    room.bo.status = EnrolmentStatus.WITHDRAWN
    with pytest.raises(RuleBroken, match="ikke længere på holdet"):
        give(room)


def test_coming_sessions_end_when_they_end_for_this_person(room: Class) -> None:
    """H-14: what comes on top for an audience."""
    make = room.make
    make.teaching_session(room.run, held_on=date(2025, 2, 2))
    later = make.teaching_session(room.run, held_on=date(2025, 2, 10), extra_minutes={"student": 45})
    make.teaching_session(room.run, held_on=date(2025, 2, 11), audiences=["colleague"])
    make.absence_notice(later, room.bo)
    coming = absence_notices.coming(make.session, room.bo, today=TODAY, now=BEGUN)
    assert [(one.session, one.ends_at, one.open, bool(one.notice)) for one in coming] == [
        (room.session, time(12), False, False),
        (later, time(12, 45), True, True),
    ]
