"""One session is moved: what it runs into, whom it is told, and what no longer counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from placements.domain import session_lines, teaching_changes, teaching_clashes, teaching_people, timetables
from placements.domain.session_lines import Line
from placements.models.attendance import AbsenceNotice
from placements.models.cohorts import Cohort
from placements.models.programmes import Audience
from placements.models.teaching import ModuleRun, TeachingSession
from tests.factories import MOMENT, Factory

MONDAY, TUESDAY = date(2025, 2, 10), date(2025, 2, 11)
TODAY = date(2025, 2, 3)
PEER = {"paid_peer": 60}
Count = Callable[[Callable[[], object]], int]


def line(starts: int, ends: int, *audiences: str, extra: dict[str, int] | None = None) -> Line:
    return Line(1, MONDAY, time(starts), time(ends), audiences=audiences, extra_minutes=extra or {})


@pytest.mark.parametrize(
    ("one", "other", "clash"),
    [
        (line(9, 13), line(13, 16), False),
        (line(9, 13, extra=PEER), line(13, 16), True),
        (line(9, 13, extra=PEER), line(14, 16), False),
        (line(9, 13, extra=PEER), line(13, 16, "colleague"), False),
        (line(9, 13, extra=PEER), line(13, 16, "colleague", "paid_peer"), True),
        (line(9, 13, "colleague", extra=PEER), line(13, 16), False),
        (line(20, 23, extra={"paid_peer": 90}), line(23, 23), True),
    ],
)
def test_extra_minutes_of_those_who_are_at_both_count(one: Line, other: Line, clash: bool) -> None:
    """H-14."""
    assert teaching_clashes.overlap(one, other) is clash
    assert teaching_clashes.overlap(other, one) is clash


@pytest.fixture
def cohort(make: Factory) -> Cohort:
    return make.cohort(make.programme(), starts_on=date(2025, 1, 6), practicum_starts_on=None)


def chosen(make: Factory, cohort: Cohort, number: int) -> ModuleRun:
    rules = {"paid_peer": "compulsory", "colleague": "compulsory"}
    return make.run(cohort, make.module(cohort.programme, number, rules=rules), sign_up=True)


def test_moving_a_chosen_run_warns_of_what_its_people_have_besides(
    make: Factory, session: Session, cohort: Cohort, query_count: Count
) -> None:
    """H-17. Not of what only others have, and never in a cost that grows with the people."""
    taught = make.teaching_session(chosen(make, cohort, 2), held_on=MONDAY)
    theirs, others = (chosen(make, cohort, number) for number in (3, 4))
    make.teaching_session(theirs, held_on=TUESDAY, starts_at=time(10), ends_at=time(11))
    make.teaching_session(others, held_on=TUESDAY)

    def choose(name: str) -> None:
        person = make.enrolment(cohort, make.user(name), audience=Audience.PAID_PEER)
        make.sign_up(taught.run, person)
        make.sign_up(theirs, person)

    choose("Ane")
    make.sign_up(others, make.enrolment(cohort, make.user("Bo"), audience=Audience.PAID_PEER))
    moved = replace(session_lines.line_of(taught), held_on=TUESDAY)

    def said() -> list[str]:
        return [clash.text for clash in teaching_changes.clashes(session, taught, moved)]

    assert said() == ["Der er også undervisning kl. 10.00-11.00 samme dag."]
    one = query_count(said)
    choose("Cai")
    choose("Dot")
    said()
    assert query_count(said) == one
    moved = replace(moved, audiences=("colleague",))
    assert said() == []


@pytest.mark.parametrize(("day", "left"), [(MONDAY, 1), (TUESDAY, 0)])
@pytest.mark.parametrize("whole", [True, False])
def test_notice_of_absence_is_about_the_day(
    make: Factory, session: Session, cohort: Cohort, day: date, left: int, whole: bool
) -> None:
    """Whether the session is moved alone or in the timetable."""
    taught: TeachingSession = make.teaching_session(
        make.run(cohort, make.module(cohort.programme)), held_on=MONDAY
    )
    make.absence_notice(taught, make.enrolment(cohort))
    moved = replace(session_lines.line_of(taught), held_on=day, place="Lokale 9")
    if whole:
        seen = session_lines.mark([taught])
        timetables.save(session, cohort, [moved], seen=seen, today=TODAY, now=MOMENT)
    else:
        teaching_changes.move(session, taught, moved, today=TODAY, now=MOMENT)
    session.flush()
    assert taught.place == "Lokale 9"
    assert len(session.scalars(select(AbsenceNotice)).all()) == left


def test_closed_accounts_are_not_told(make: Factory, session: Session, cohort: Cohort) -> None:
    taught = make.teaching_session(make.run(cohort, make.module(cohort.programme)), held_on=MONDAY)
    people = [make.user("Ane"), make.user("Bo")]
    for person in people:
        make.enrolment(cohort, person)
        make.session_teacher(taught, user_id=person.id)
    people[1].active = False
    session.flush()
    assert teaching_people.participants(session, [taught]) == people[:1]
    assert teaching_people.teachers(session, [taught]) == people[:1]
