"""V-06: who was there on a follow-up day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from placements.domain import follow_up_days, history
from placements.models.cohorts import Cohort
from placements.models.events import Action
from placements.models.follow_up_days import FollowUpAttendance, FollowUpDay
from tests.domain.follow_up_scene import ABSENT, EXCUSED, PRESENT, TODAY, register
from tests.domain.saving import refusal
from tests.factories import Factory

# Attendance


@pytest.fixture
def held(make: Factory, cohort: Cohort) -> FollowUpDay:
    return make.follow_up_day(cohort, held_on=TODAY)


def test_participants_are_in_practicum_or_through_with_it(
    make: Factory, session: Session, held: FollowUpDay
) -> None:
    names = {
        status: make.placement(cohort=held.cohort, status=status).student_name
        for status in ("active", "completed", "agreed", "cancelled", "ended_early")
    }
    make.placement(status="active")
    found = follow_up_days.participants(session, held)
    assert [person.name for person in found] == sorted([names["active"], names["completed"]])
    assert {person.status for person in found} == {None}


def test_whoever_was_registered_before_they_stopped_stays_on_the_list(
    make: Factory, session: Session, held: FollowUpDay
) -> None:
    stopped = make.placement(cohort=held.cohort, status="ended_early")
    make.keep(FollowUpAttendance(day_id=held.id, placement_id=stopped.id, status=PRESENT))
    assert [person.status for person in follow_up_days.participants(session, held)] == [PRESENT]


def test_register_on_the_day_and_put_right_afterwards(
    make: Factory, session: Session, held: FollowUpDay
) -> None:
    one, two = (make.placement(cohort=held.cohort, status="active").id for _number in range(2))
    register(session, held, {one: PRESENT, two: ABSENT})
    register(session, held, {one: PRESENT, two: EXCUSED})
    assert follow_up_days.registered_for(session, [one, two, 999]) == {
        one: {1: PRESENT},
        two: {1: EXCUSED},
        999: {},
    }
    changed = [
        entry.event.changes
        for entry in history.of(session, held)
        if (entry.event.table_name, entry.event.action) == ("follow_up_attendance", Action.CHANGED)
    ]
    assert changed == [{"status": ["absent", "excused"]}]


def test_register_what_is_registered_already_changes_nothing(
    make: Factory, session: Session, held: FollowUpDay
) -> None:
    placement = make.placement(cohort=held.cohort, status="active")
    register(session, held, {placement.id: PRESENT})
    version, told = held.version, len(history.of(session, held))
    register(session, held, {placement.id: PRESENT})
    assert (held.version, len(history.of(session, held))) == (version, told)


@pytest.mark.parametrize("held_on", [None, TODAY + timedelta(days=1)])
def test_register_before_the_day_is_refused(
    make: Factory, session: Session, cohort: Cohort, held_on: date | None
) -> None:
    day = make.follow_up_day(cohort, held_on=held_on)
    placement = make.placement(cohort=cohort, status="active")
    refusal(session, lambda: follow_up_days.register(session, day, {placement.id: PRESENT}, today=TODAY))
    assert session.scalars(select(FollowUpAttendance)).all() == []


def test_register_somebody_who_is_not_on_the_list_is_refused(
    make: Factory, session: Session, held: FollowUpDay
) -> None:
    elsewhere = make.placement(status="active")
    not_begun = make.placement(cohort=held.cohort, status="agreed")
    for placement in (elsewhere, not_begun):
        wanted = {placement.id: PRESENT}
        refusal(session, lambda w=wanted: follow_up_days.register(session, held, w, today=TODAY))
    assert session.scalars(select(FollowUpAttendance)).all() == []


def test_register_absence_after_the_practicum_is_completed_is_refused(
    make: Factory, session: Session, held: FollowUpDay
) -> None:
    """What the completion rests on stays true."""
    placement = make.placement(cohort=held.cohort, status="completed")
    make.keep(FollowUpAttendance(day_id=held.id, placement_id=placement.id, status=PRESENT))
    refused = refusal(
        session, lambda: follow_up_days.register(session, held, {placement.id: ABSENT}, today=TODAY)
    )
    assert placement.student_name in refused.sentence
    register(session, held, {placement.id: EXCUSED})
    assert follow_up_days.registered_for(session, [placement.id]) == {placement.id: {1: EXCUSED}}


def test_register_counts_as_a_change_of_the_day(make: Factory, session: Session, held: FollowUpDay) -> None:
    """So whoever saves a register that was opened before is told."""
    placement = make.placement(cohort=held.cohort, status="active")
    version = held.version
    register(session, held, {placement.id: PRESENT})
    assert held.version == version + 1
    assert history.of(session, held)[0].event.table_name == "follow_up_attendance"
