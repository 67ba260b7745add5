"""V-06: what somebody should know about a follow-up day's date, and what the agreements say."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from placements.domain import follow_up_days, public_holidays
from placements.domain.actors import Actor
from placements.models.cohorts import Cohort
from placements.models.follow_up_days import FollowUpDay
from placements.models.programmes import Programme
from tests.domain.follow_up_scene import GOOD, plan
from tests.domain.saving import refusal
from tests.factories import Factory, actor_for

# Warnings


@pytest.mark.parametrize(
    ("held_on", "name"),
    [
        (date(2024, 3, 28), "Skærtorsdag"),
        (date(2025, 1, 1), "Nytårsdag"),
        (date(2025, 4, 21), "Anden påskedag"),
        (date(2024, 4, 26), None),
        (date(2025, 6, 5), None),
    ],
)
def test_public_holidays_are_the_danish_ones(held_on: date, name: str | None) -> None:
    """The great day of prayer is none since 2024, and constitution day is not one for all."""
    assert public_holidays.name_of(held_on) == name


def test_public_holiday_and_weekend_are_warned_about(make: Factory, session: Session) -> None:
    """V-06, ux 18."""
    programme = make.programme()
    day = make.follow_up_day(make.cohort(programme, practicum_ends_on=date(2025, 5, 4)))
    teacher = actor_for(make.teacher(programme))

    def warned(held_on: date | None) -> list[str]:
        return [*follow_up_days.warnings(session, day, teacher, held_on=held_on)]

    assert warned(date(2025, 4, 17)) == ["17. april 2025 er en helligdag: skærtorsdag."]
    assert warned(date(2025, 4, 26)) == ["26. april 2025 ligger i en weekend."]
    assert warned(date(2025, 4, 23)) == []
    assert warned(None) == []
    plan(session, day, held_on=date(2025, 4, 17))
    assert day.held_on == date(2025, 4, 17)


def test_students_whose_period_lacks_the_day_are_named_to_coordinators_alone(
    make: Factory, session: Session, day: FollowUpDay, coordinator: Actor, programme: Programme
) -> None:
    make.placement(cohort=day.cohort, status="active")
    late = make.placement(cohort=day.cohort, status="agreed", starts_on=date(2025, 2, 17))
    make.placement(cohort=day.cohort, status="declined", starts_on=date(2025, 2, 17))
    held_on = date(2025, 2, 12)
    assert follow_up_days.warnings(session, day, coordinator, held_on=held_on) == [
        f"Dagen ligger uden for praktikperioden for {late.student_name}."
    ]
    teacher = actor_for(make.teacher(programme))
    assert follow_up_days.warnings(session, day, teacher, held_on=held_on) == []


def test_foreseen_says_what_saving_would_say(
    make: Factory, session: Session, day: FollowUpDay, coordinator: Actor
) -> None:
    outside = date(2025, 4, 7)
    refused = refusal(session, lambda: follow_up_days.plan(session, day, **(GOOD | {"held_on": outside})))
    assert follow_up_days.foreseen(session, day, coordinator, held_on=outside) == [refused.sentence]
    sunday = follow_up_days.foreseen(session, day, coordinator, held_on=date(2025, 2, 16))
    assert sunday == ["16. februar 2025 ligger i en weekend."]
    assert follow_up_days.foreseen(session, day, coordinator, held_on=date(2025, 2, 12)) == []


# What the agreements say


def test_agreements_sent_with_another_date_are_counted_by_that_date(
    make: Factory, session: Session, cohort: Cohort
) -> None:
    """The follow-up dates stand in the agreement; nothing is voided, but it is said."""
    day = make.follow_up_day(cohort, held_on=date(2025, 2, 12))
    before = datetime.now(UTC)
    placements = [make.placement(cohort=cohort, status="agreed") for _number in range(4)]
    for placement in placements[:2]:
        make.agreement(placement, status="signed", sent_at=before)
    make.agreement(placements[3], status="draft", sent_at=None)
    assert follow_up_days.sent_with_other_dates(session, day) == {}
    plan(session, day, held_on=date(2025, 2, 19))
    make.agreement(placements[2], status="awaiting_signatures", sent_at=datetime.now(UTC))
    cancelled = make.placement(cohort=cohort, status="cancelled")
    make.agreement(cancelled, status="signed", sent_at=before)
    assert follow_up_days.sent_with_other_dates(session, day) == {date(2025, 2, 12): 2}
    plan(session, day, held_on=None)
    assert follow_up_days.sent_with_other_dates(session, day) == {
        date(2025, 2, 12): 2,
        date(2025, 2, 19): 1,
    }
    plan(session, day, held_on=date(2025, 2, 12))
    assert follow_up_days.sent_with_other_dates(session, day) == {date(2025, 2, 19): 1}


def test_agreements_sent_before_the_day_had_a_date_say_no_other(
    make: Factory, session: Session, day: FollowUpDay
) -> None:
    make.agreement(make.placement(cohort=day.cohort), status="signed", sent_at=datetime.now(UTC))
    plan(session, day)
    assert follow_up_days.sent_with_other_dates(session, day) == {}


def test_agreements_sent_long_before_the_day_was_written_here_say_its_first_date(
    make: Factory, session: Session, cohort: Cohort
) -> None:
    """As after loading a cohort from elsewhere."""
    day = make.follow_up_day(cohort, held_on=date(2025, 2, 12))
    sent_at = datetime.now(UTC) - timedelta(days=100)
    make.agreement(make.placement(cohort=cohort), status="signed", sent_at=sent_at)
    plan(session, day, held_on=date(2025, 2, 19))
    assert follow_up_days.sent_with_other_dates(session, day) == {date(2025, 2, 12): 1}
