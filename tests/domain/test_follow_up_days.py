"""V-06: exactly two follow-up days inside the practicum, with topics tied to modules."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from placements.domain import follow_up_days
from placements.domain.actors import ANONYMOUS, Actor
from placements.models.cohorts import Cohort
from placements.models.follow_up_days import FollowUpDay, FollowUpTopic
from placements.models.programmes import Programme
from tests.domain.follow_up_scene import EXCUSED, GOOD, PRESENT, TODAY, plan, register
from tests.domain.saving import refusal, save
from tests.factories import Factory, actor_for

# Visibility


def test_visible_to_staff_of_the_programme_alone(
    make: Factory, session: Session, day: FollowUpDay, programme: Programme
) -> None:
    other = make.follow_up_day(make.cohort(make.programme("hovedstaden")))
    placement = make.placement(cohort=day.cohort, status="active")

    def seen(actor: Actor) -> list[int]:
        return [found.id for found in session.scalars(follow_up_days.visible_to(actor))]

    assert seen(actor_for(make.coordinator(programme))) == [day.id]
    assert seen(actor_for(make.teacher(programme))) == [day.id]
    assert seen(actor_for(make.teacher(other.cohort.programme))) == [other.id]
    assert seen(actor_for(make.admin())) == []
    assert seen(actor_for(make.host(placement.unit))) == []
    assert seen(actor_for(placement.enrolment.user)) == []
    assert seen(ANONYMOUS) == []


# Making them


def test_ensure_makes_exactly_two_days_and_only_once(session: Session, cohort: Cohort) -> None:
    """V-06."""
    save(session, lambda: follow_up_days.ensure(session, cohort))
    again = follow_up_days.ensure(session, cohort)
    assert [(day.number, day.held_on) for day in again] == [(1, None), (2, None)]
    session.commit()
    assert len(session.scalars(select(FollowUpDay)).all()) == 2


def test_ensure_makes_what_is_missing_and_keeps_the_rest(
    make: Factory, session: Session, cohort: Cohort
) -> None:
    make.follow_up_day(cohort, 2, held_on=date(2025, 3, 5))
    save(session, lambda: follow_up_days.ensure(session, cohort))
    numbered = select(FollowUpDay.number, FollowUpDay.held_on).order_by(FollowUpDay.number)
    assert session.execute(numbered).all() == [(1, None), (2, date(2025, 3, 5))]


@pytest.mark.parametrize("rule", [{"practicum_weeks": None}, {"follow_up_days": 0}])
def test_ensure_without_days_in_the_programme_is_refused(
    make: Factory, session: Session, rule: dict[str, Any]
) -> None:
    cohort = make.cohort(make.programme("hovedstaden", **rule))
    refusal(session, lambda: follow_up_days.ensure(session, cohort))
    assert session.scalars(select(FollowUpDay)).all() == []


# Planning


def test_plan_keeps_date_time_and_place(session: Session, day: FollowUpDay) -> None:
    plan(session, day)
    assert (day.held_on, day.starts_at, day.ends_at, day.place) == (
        date(2025, 2, 12),
        time(9),
        time(12),
        "Lokale 2",
    )


@pytest.mark.parametrize("held_on", [date(2025, 1, 6), date(2025, 4, 6)])
def test_plan_on_the_first_and_last_day_of_the_practicum(
    session: Session, day: FollowUpDay, held_on: date
) -> None:
    plan(session, day, held_on=held_on)
    assert day.held_on == held_on


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"ends_at": time(8)}, "ends_at"),
        ({"ends_at": time(9)}, "ends_at"),
        ({"ends_at": None}, "ends_at"),
        ({"starts_at": None}, "starts_at"),
        ({"held_on": date(2025, 1, 5)}, "held_on"),
        ({"held_on": date(2025, 4, 7)}, "held_on"),
    ],
)
def test_plan_with_bad_times_or_outside_the_practicum_is_refused(
    session: Session, day: FollowUpDay, changed: dict[str, Any], field: str
) -> None:
    refused = refusal(session, lambda: follow_up_days.plan(session, day, **(GOOD | changed)))
    assert refused.field == field
    assert (day.held_on, day.place) == (None, None)


def test_plan_without_a_practicum_period_is_refused(make: Factory, session: Session) -> None:
    day = make.follow_up_day(make.cohort(practicum_starts_on=None, practicum_ends_on=None))
    assert refusal(session, lambda: follow_up_days.plan(session, day, **GOOD)).field == "held_on"


def test_plan_outside_every_placement_is_refused(make: Factory, session: Session, day: FollowUpDay) -> None:
    """V-06: a day on which nobody is in practicum relates experience to nothing."""
    period = {"starts_on": date(2025, 1, 13), "ends_on": date(2025, 2, 11)}
    make.placement(cohort=day.cohort, status="active", **period)
    make.placement(cohort=day.cohort, status="cancelled")
    make.placement(status="active")
    refused = refusal(session, lambda: follow_up_days.plan(session, day, **GOOD))
    assert refused.field == "held_on"
    assert "mellem 13. januar 2025 og 11. februar 2025" in refused.sentence
    plan(session, day, held_on=date(2025, 2, 11))
    assert day.held_on == date(2025, 2, 11)


def test_plan_on_the_date_of_the_other_day_is_refused(
    make: Factory, session: Session, day: FollowUpDay
) -> None:
    """V-06: two days are two dates; another cohort's day does not count."""
    make.follow_up_day(day.cohort, 2, held_on=date(2025, 2, 12))
    make.follow_up_day(make.cohort(), 1, held_on=date(2025, 2, 13))
    refused = refusal(session, lambda: follow_up_days.plan(session, day, **GOOD))
    assert (refused.field, day.held_on) == ("held_on", None)
    plan(session, day, held_on=date(2025, 2, 13))
    assert day.held_on == date(2025, 2, 13)


def test_plan_again_after_the_practicum_has_moved_keeps_the_date(
    make: Factory, session: Session, cohort: Cohort
) -> None:
    """What is not changed is not refused: time and place of an old date can still be put right."""
    day = make.follow_up_day(cohort, held_on=date(2024, 12, 4))
    plan(session, day, held_on=date(2024, 12, 4), place="Salen")
    assert day.place == "Salen"


def test_plan_another_date_after_attendance_is_refused(
    make: Factory, session: Session, cohort: Cohort
) -> None:
    day = make.follow_up_day(cohort, held_on=date(2025, 1, 29))
    placement = make.placement(cohort=cohort, status="active")
    register(session, day, {placement.id: PRESENT})
    for held_on in (date(2025, 1, 30), None):
        refused = refusal(
            session,
            lambda held_on=held_on: follow_up_days.plan(session, day, **(GOOD | {"held_on": held_on})),
        )
        assert refused.field == "held_on"
    plan(session, day, held_on=date(2025, 1, 29))
    assert (day.held_on, day.place) == (date(2025, 1, 29), "Lokale 2")


# Topics


def test_add_topic_is_tied_to_a_module_of_the_programme(
    make: Factory, session: Session, day: FollowUpDay, programme: Programme
) -> None:
    """V-06."""
    module = programme.modules[0]
    save(session, lambda: follow_up_days.add_topic(session, day, text=" Grænser ", module_id=module.id))
    save(session, lambda: follow_up_days.add_topic(session, day, text="Håb", module_id=None))
    assert [(topic.text, topic.module_id) for topic in day.topics] == [("Grænser", module.id), ("Håb", None)]


def test_add_topic_with_a_foreign_module_or_nothing_said_is_refused(
    make: Factory, session: Session, day: FollowUpDay
) -> None:
    foreign = make.programme("hovedstaden").modules[0].id
    refused = refusal(
        session, lambda: follow_up_days.add_topic(session, day, text="Grænser", module_id=foreign)
    )
    assert refused.field == "module_id"
    refused = refusal(session, lambda: follow_up_days.add_topic(session, day, text=" ", module_id=None))
    assert refused.field == "text"
    assert session.scalars(select(FollowUpTopic)).all() == []


def test_remove_topic_twice_removes_one(make: Factory, session: Session, day: FollowUpDay) -> None:
    for text in ("Grænser", "Håb"):
        save(session, lambda text=text: follow_up_days.add_topic(session, day, text=text, module_id=None))
    first = day.topics[0].id
    save(session, lambda: follow_up_days.remove_topic(day, first))
    save(session, lambda: follow_up_days.remove_topic(day, first))
    assert [topic.text for topic in day.topics] == ["Håb"]


# Lists


def test_undated_days_are_those_of_own_programmes(
    make: Factory, session: Session, day: FollowUpDay, coordinator: Actor
) -> None:
    make.follow_up_day(day.cohort, 2, held_on=TODAY)
    make.follow_up_day(make.cohort(), 1)
    assert [found.id for found in follow_up_days.undated(session, coordinator)] == [day.id]


def test_list_counts_registered_present_and_waiting(
    make: Factory, session: Session, cohort: Cohort, coordinator: Actor
) -> None:
    held = make.follow_up_day(cohort, 1, held_on=TODAY)
    make.follow_up_day(cohort, 2)
    people = [make.placement(cohort=cohort, status="active").id for _number in range(3)]
    register(session, held, {people[0]: PRESENT, people[1]: EXCUSED})
    [group] = follow_up_days.by_cohort(session, follow_up_days.cohorts_with_days(session, coordinator))
    assert group.missing == 0
    assert [(line.day.number, line.registered, line.present, line.waiting) for line in group.lines] == [
        (1, 2, 1, 1),
        (2, 0, 0, 3),
    ]


def test_list_leaves_out_cohorts_without_a_practicum(make: Factory, session: Session) -> None:
    programme = make.programme("hovedstaden", practicum_weeks=None, follow_up_days=0)
    make.cohort(programme)
    assert follow_up_days.cohorts_with_days(session, actor_for(make.coordinator(programme))) == []
