"""What a course led to (V-14, V-15): derived, said with consent, withdrawn, and counted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from placements.domain import outcome_reports, outcomes
from placements.domain.outcomes import Known
from placements.domain.rules import Stale
from placements.models.enrolments import Enrolment, EnrolmentStatus
from placements.models.events import Event
from placements.models.outcomes import Afterwards, Outcome, Result, SelfSupporting
from placements.models.placements import Placement
from tests.domain.saving import refusal, save
from tests.factories import Factory

TODAY = date(2025, 6, 2)
SAID = Known(None, TODAY, Afterwards.PEER_JOB, SelfSupporting.NO, SelfSupporting.YES)
FIRST, NEXT = date(2025, 1, 6), date(2025, 1, 7)


@pytest.fixture
def enrolment(make: Factory) -> Enrolment:
    return make.enrolment(make.cohort())


@pytest.mark.parametrize(
    ("course", "placed", "result"),
    [
        ("active", [], "under_way"),
        ("active", [("active", NEXT)], "under_way"),
        ("active", [("completed", NEXT)], "completed"),
        ("completed", [], "completed"),
        ("active", [("ended_early", NEXT)], "partly"),
        ("active", [("ended_early", FIRST)], "not_shown"),
        ("active", [("ended_early", FIRST), ("active", NEXT)], "under_way"),
        ("withdrawn", [("cancelled", NEXT)], "partly"),
    ],
)
def test_result_follows_from_the_placements(
    make: Factory, enrolment: Enrolment, course: str, placed: list[tuple[str, date]], result: str
) -> None:
    enrolment.status = EnrolmentStatus(course)
    found = [
        make.placement(enrolment=enrolment, status=status, starts_on=FIRST, ends_on=last)
        for status, last in placed
    ]
    assert outcomes.derived(enrolment, found) is Result(result)


def test_nothing_is_kept_without_consent(session: Session, enrolment: Enrolment) -> None:
    def write(known: Known, version: int = 0) -> Outcome:
        return outcomes.write(session, enrolment, known, version=version, today=TODAY)

    for known in (Known(afterwards=Afterwards.EDUCATION), Known(consented_on=date(2025, 6, 3))):
        assert refusal(session, lambda known=known: write(known)).field == "consented_on"  # type: ignore[misc]
    assert save(session, lambda: write(Known(Result.PARTLY))).result is Result.PARTLY
    with pytest.raises(Stale):
        write(SAID)
    session.rollback()


def test_withdrawn_consent_leaves_nothing_behind_not_even_in_the_history(
    session: Session, enrolment: Enrolment
) -> None:
    outcome = save(session, lambda: outcomes.write(session, enrolment, SAID, version=0, today=TODAY))
    save(session, lambda: outcomes.withdraw(outcome))
    assert (outcome.consented_on, outcome.afterwards, outcome.support_before, outcome.support_after) == (
        (None,) * 4
    )
    events = session.scalars(select(Event).where(Event.table_name == "outcome")).all()
    told = " ".join(str(vars(event)) for event in events)
    assert len(events) == 2
    assert "peer_job" not in told
    assert "2025-06-02" not in told
    assert refusal(session, lambda: outcomes.withdraw(outcome)).sentence == (
        "Der er ikke noget samtykke at trække tilbage."
    )


def test_report_counts_everybody_and_hides_the_few(make: Factory, session: Session) -> None:
    """V-14: before and after; twelve completed, of whom seven have said what they do now."""
    cohort = make.cohort()
    people = [make.enrolment(cohort, make.user(f"Person {number}")) for number in range(12)]
    for number, person in enumerate(people):
        make.placement(enrolment=person, status="completed")
        if number < 7:
            make.keep(Outcome(enrolment=person, consented_on=TODAY, afterwards=SAID.afterwards))
    report = outcome_reports.of_cohort(session, cohort)
    shown = {part.key: [bar.number for bar in part.bars] for part in report.distributions}
    assert report.total == 12
    assert shown["result"] == [None] * 4
    assert all(number is None or number >= 5 for numbers in shown.values() for number in numbers)
    make.keep(Outcome(enrolment=people[7], result=Result.PARTLY))
    make.keep(Outcome(enrolment=people[8], result=Result.NOT_SHOWN))
    again = outcome_reports.of_cohort(session, cohort).distributions[0]
    assert [bar.number for bar in again.bars] == [10, None, None, None]


def test_report_costs_the_same_for_one_and_for_three(
    make: Factory, session: Session, query_count: Callable[[Callable[[], object]], int]
) -> None:
    cohort = make.cohort()

    def grow() -> Placement:
        return make.placement(enrolment=make.enrolment(cohort), status="completed")

    def read() -> None:
        session.expire_all()
        outcome_reports.of_cohort(session, cohort)

    grow()
    one = query_count(read)
    grow()
    grow()
    assert query_count(read) == one
