"""Next year's cohort copied from last year's, and a cohort made and changed by the rules of the file."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from placements.db import writing
from placements.domain import cohort_copies, cohort_plans, programme_edits
from placements.domain import programme_parts as parts
from placements.domain.programme_exports import as_file, plan_of
from placements.domain.rules import RuleBroken
from placements.models.cohorts import Cohort, KeyDate, KeyDateKind
from placements.models.enrolments import Enrolment
from placements.models.follow_up_days import FollowUpDay, FollowUpTopic
from placements.models.programmes import Programme
from tests.domain.test_programme_edits import TODAY, edit, export_changes, loaded
from tests.factories import Factory


def cohort_of(session: Session, slug: str) -> Cohort:
    return session.scalars(select(Cohort).where(Cohort.slug == slug)).one()


def copied(session: Session, cohort: Cohort, starts_on: date, slug: str) -> Cohort:
    with writing():
        session.rollback()
        new = cohort_copies.copy(
            session, cohort, starts_on=starts_on, slug=slug, name="Kopi", seats=cohort.seats
        )
        session.commit()
    return new


def test_copy_gives_the_dates_that_the_programme_chose_itself(session: Session) -> None:
    """V-03, V-13: its cohort of 2025 is that of 2024, moved to the same weekdays in the same weeks."""
    loaded(session, "viborg")
    last, theirs = cohort_of(session, "viborg-2024"), cohort_of(session, "viborg-2025")
    assert cohort_copies.usual_start(last) == theirs.starts_on
    new = copied(session, last, theirs.starts_on, "viborg-2025-2")
    assert replace(plan_of(new), slug=theirs.slug, name=theirs.name) == plan_of(theirs)
    assert new.practicum_ends_on == theirs.practicum_ends_on
    assert export_changes(session, new.programme) == []


def test_copy_brings_windows_and_days_and_nobody(session: Session, make: Factory) -> None:
    """Nine o'clock stays nine o'clock, though summer time has begun in between."""
    programme = loaded(session, "viborg")
    last = cohort_of(session, "viborg-2024")
    last.preferences_open_at = datetime(2025, 3, 24, 8, tzinfo=UTC)
    last.preferences_close_at = datetime(2025, 4, 1, 7, tzinfo=UTC)
    make.keep(last)
    make.enrolment(last)
    day = make.follow_up_day(
        last, held_on=date(2025, 2, 5), starts_at=time(9), ends_at=time(12), place="Lokale 2"
    )
    make.keep(FollowUpTopic(day_id=day.id, module_id=programme.modules[0].id, text="Rollen"))
    new = copied(session, last, date(2025, 9, 8), "viborg-2026")
    assert new.preferences_open_at == datetime(2026, 3, 23, 8, tzinfo=UTC)
    assert new.preferences_close_at == datetime(2026, 3, 31, 7, tzinfo=UTC)
    [mine] = session.scalars(select(FollowUpDay).where(FollowUpDay.cohort_id == new.id))
    assert (mine.held_on, mine.starts_at, mine.place) == (date(2026, 2, 4), time(9), "Lokale 2")
    assert [topic.text for topic in mine.topics] == ["Rollen"]
    enrolled = select(func.count()).select_from(Enrolment).where(Enrolment.cohort_id == new.id)
    assert session.scalar(enrolled) == 0


def test_holiday_moves_nothing_and_is_shown(session: Session, make: Factory) -> None:
    loaded(session, "viborg")
    last = cohort_of(session, "viborg-2024")
    make.follow_up_day(last, held_on=date(2025, 4, 4))
    found = cohort_copies.moved_dates(session, last, date(2025, 9, 8))
    assert [(each.what, each.new, each.holiday) for each in found if each.holiday] == [
        ("Praktikkens sidste dag", date(2026, 4, 5), "Påskedag"),
        ("Opfølgningsdag 1", date(2026, 4, 3), "Langfredag"),
    ]


def test_copy_leaves_out_what_the_programme_no_longer_has(session: Session) -> None:
    programme = loaded(session, "tredje")
    theory = as_file(programme, ()).theory
    assert theory is not None
    old = cohort_of(session, "tredje-2025")
    with writing():
        session.refresh(old)
        old.starts_on = date(2024, 1, 9)
        session.commit()
    edit(session, programme, theory=replace(theory, weeks=10, sessions_per_week=2))
    new = copied(session, old, date(2025, 1, 7), "tredje-2026")
    assert (new.theory_weekdays, new.theory_time, new.seats) == ([], None, 20)


@settings(max_examples=60, deadline=None)
@given(st.dates(date(2020, 1, 1), date(2030, 12, 31)), st.integers(-400, 800))
def test_every_date_but_the_start_keeps_its_weekday(starts_on: date, days: int) -> None:
    noon = datetime.combine(starts_on - timedelta(days=40), time(12, 30), tzinfo=UTC)
    cohort = Cohort(
        slug="a",
        name="A",
        starts_on=starts_on,
        theory_weekdays=[],
        theory_skip_weeks=[],
        practicum_starts_on=starts_on + timedelta(days=100),
        programme=Programme(slug="p", name="P", theory_weeks=13, practicum_weeks=13),
        key_dates=[KeyDate(kind=KeyDateKind.APPLICATION_DEADLINE, starts_at=noon, registration=False)],
    )
    new_start = starts_on + timedelta(days=days)
    plan, old = cohort_copies.moved_plan(cohort, new_start), cohort.key_dates[0]
    assert plan.starts_on == new_start
    assert plan.key_dates[0].starts_at.weekday() == old.starts_at.weekday()
    assert plan.practicum_starts_on is not None
    assert cohort.practicum_starts_on is not None
    assert plan.practicum_starts_on.weekday() == cohort.practicum_starts_on.weekday()
    moved = plan.practicum_starts_on - cohort.practicum_starts_on
    assert abs(moved.days - days) <= 3


# Made and changed


def plan(**values: object) -> parts.Cohort:
    return replace(parts.Cohort(slug="viborg-2026", name="Viborg 2026", starts_on=date(2026, 9, 7)), **values)  # type: ignore[arg-type]


def test_cohort_is_made_by_the_rules_of_the_file(session: Session) -> None:
    programme = loaded(session, "viborg")
    with pytest.raises(RuleBroken, match="hedder allerede viborg-2025 i adressen"):
        cohort_plans.create(session, programme, plan(slug="viborg-2025"))
    with pytest.raises(RuleBroken, match="hedder allerede new"):
        cohort_plans.create(session, programme, plan(slug="new"))
    with pytest.raises(programme_edits.BadEdit, match="Der skal være 2 ugedage"):
        cohort_plans.create(
            session, programme, plan(theory_weekdays=(parts.Weekday.MONDAY,), theory_time=time(9))
        )
    made = cohort_plans.create(session, programme, plan(practicum_starts_on=date(2027, 1, 4)))
    assert made.practicum_ends_on == date(2027, 4, 4)
    assert cohort_plans.free_slug(session, "viborg-2026") == "viborg-2026-2"
    assert made.starts_on > TODAY
    assert export_changes(session, programme) == []


def test_what_was_wrong_before_is_not_held_against_a_change(session: Session) -> None:
    loaded(session, "viborg")
    cohort = cohort_of(session, "viborg-2024")
    with writing():
        session.refresh(cohort)
        cohort.practicum_starts_on = date(2024, 11, 4)
        session.commit()
    with writing():
        session.rollback()
        cohort_plans.change(session, cohort, replace(plan_of(cohort), name="Efteråret"))
        session.commit()
    assert (cohort.name, cohort.practicum_starts_on) == ("Efteråret", date(2024, 11, 4))
