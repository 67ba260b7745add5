"""Who is in which session, and the minutes of it (H-13 to H-18)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from placements.domain import attendance_ledger as ledger
from placements.models.follow_up_days import AttendanceStatus
from placements.models.programmes import Audience
from placements.models.teaching import TeachingSession
from tests.factories import Factory


def minutes(session: Session, enrolment_id: int) -> list[tuple[int, int | None]]:
    return [(line.planned, line.attended) for line in ledger.lines(session, [enrolment_id])[enrolment_id]]


def test_everybody_in_the_cohort_is_in_a_run_without_sign_up(make: Factory, session: Session) -> None:
    cohort = make.cohort()
    module = make.module(cohort.programme)
    make.teaching_session(make.run(cohort, module))
    make.teaching_session(make.run(make.cohort(cohort.programme), module))
    student, colleague = make.enrolment(cohort), make.enrolment(cohort, audience=Audience.COLLEAGUE)
    assert minutes(session, student.id) == [(180, None)]
    assert minutes(session, colleague.id) == []  # the module is not offered to them


def test_only_those_who_signed_up_are_in_a_run_that_one_signs_up_for(make: Factory, session: Session) -> None:
    """H-17: of another cohort of the programme too."""
    cohort = make.cohort()
    run = make.run(cohort, make.module(cohort.programme), sign_up=True, seats=5)
    make.teaching_session(run)
    chosen, other = make.enrolment(make.cohort(cohort.programme)), make.enrolment(cohort)
    make.sign_up(run, chosen)
    assert (minutes(session, chosen.id), minutes(session, other.id)) == ([(180, None)], [])


def test_kept_register_stays_in_the_account_when_the_module_is_no_longer_theirs(
    make: Factory, session: Session
) -> None:
    """Whether the matrix was changed or the audience corrected; what is to come is no longer theirs."""
    cohort = make.cohort()
    module = make.module(cohort.programme, rules={"student": "compulsory", "paid_peer": "compulsory"})
    run = make.run(cohort, module)
    held = make.teaching_session(run, audiences=["student"])
    make.teaching_session(run, held_on=date(2025, 2, 10), audiences=["student"])
    person = make.enrolment(cohort)
    make.attendance(held, person, "present", late_minutes=10)
    assert minutes(session, person.id) == [(180, 170), (180, None)]
    for audience in (Audience.PAID_PEER, Audience.COLLEAGUE):  # not the sessions', not the module's
        person.audience = audience
        session.flush()
        assert minutes(session, person.id) == [(180, 170)]


def test_audiences_have_their_own_days_and_hours(make: Factory, session: Session) -> None:
    """H-13: the fourth day is not for colleagues. H-14: paid peers have an hour more."""
    cohort = make.cohort()
    run = make.run(
        cohort, make.module(cohort.programme, rules={"paid_peer": "compulsory", "colleague": "compulsory"})
    )
    make.teaching_session(run, extra_minutes={"paid_peer": 60})
    make.teaching_session(run, held_on=date(2025, 2, 4), audiences=["paid_peer"])
    peer = make.enrolment(cohort, audience=Audience.PAID_PEER)
    colleague = make.enrolment(cohort, audience=Audience.COLLEAGUE)
    assert minutes(session, peer.id) == [(240, None), (180, None)]
    assert minutes(session, colleague.id) == [(180, None)]


@pytest.mark.parametrize(
    ("status", "late", "early", "attended"),
    [("present", 0, 0, 180), ("present", 15, 20, 145), ("present", 200, 20, 0), ("absent", 0, 0, 0)],
)
def test_minutes_of_late_and_early_are_taken_off(
    make: Factory, session: Session, status: str, late: int, early: int, attended: int
) -> None:
    cohort = make.cohort()
    held = make.teaching_session(make.run(cohort, make.module(cohort.programme)))
    student = make.enrolment(cohort)
    make.attendance(held, student, status, late_minutes=late, early_minutes=early)
    (line,) = ledger.lines(session, [student.id])[student.id]
    assert (line.attended, line.missed, line.excused) == (attended, 180 - attended, False)


def test_excused_is_told_apart_and_who_is_not_in_a_kept_register_was_not_there(
    make: Factory, session: Session
) -> None:
    cohort = make.cohort()
    held = make.teaching_session(make.run(cohort, make.module(cohort.programme)))
    excused, forgotten = make.enrolment(cohort), make.enrolment(cohort)
    make.attendance(held, excused, "excused", reason="illness")
    found = ledger.lines_of_cohort(session, cohort.id)
    assert [(line.attended, line.excused) for line in found[excused.id]] == [(0, True)]
    assert [(line.attended, line.excused) for line in found[forgotten.id]] == [(0, False)]


def test_one_statement_for_one_and_for_three_people(
    make: Factory, session: Session, query_count: Callable[[Callable[[], object]], int]
) -> None:
    cohort = make.cohort()
    make.teaching_session(make.run(cohort, make.module(cohort.programme)))
    people = [make.enrolment(cohort).id for _number in range(3)]
    counts = [query_count(lambda ids=ids: ledger.lines(session, ids)) for ids in (people[:1], people)]
    assert counts == [1, 1]


@given(
    status=st.sampled_from(AttendanceStatus),
    late=st.integers(-50, 2000),
    early=st.integers(-50, 2000),
    ends=st.integers(1, 14 * 60),
)
def test_minutes_are_never_negative_nor_beyond_the_session(
    status: AttendanceStatus, late: int, early: int, ends: int
) -> None:
    end = time(8 + ends // 60, ends % 60)
    taught = TeachingSession(held_on=date(2025, 2, 3), starts_at=time(8), ends_at=end, extra_minutes={})
    planned = ledger.planned_minutes(taught, Audience.STUDENT)
    assert planned == ends
    assert 0 <= ledger.attended_minutes(planned, status, late=late, early=early) <= planned
