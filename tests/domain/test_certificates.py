"""The certificate of participation: who may have one, and what it counts."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from placements.domain import certificates, diploma_lists, diplomas
from placements.domain.attendance_ledger import Line
from placements.domain.certificates import Attended
from placements.domain.rules import RuleBroken
from placements.models.diplomas import Diploma, DiplomaKind, DiplomaStatus
from placements.models.enrolments import Enrolment, EnrolmentStatus
from placements.models.teaching import TeachingSession
from tests.factories import Factory

TODAY = date(2025, 4, 11)
NOTHING, SOMETHING = Attended({}, None), Attended({1: 1}, date(2025, 2, 3))


def line(day: int, planned: int, attended: int | None, module_id: int = 1, *, run_id: int = 1) -> Line:
    return Line(
        session_id=day,
        run_id=run_id,
        module_id=module_id,
        held_on=date(2025, 2, day),
        planned=planned,
        attended=attended,
    )


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([], NOTHING),
        ([line(3, 180, None)], NOTHING),
        ([line(3, 180, 0)], NOTHING),
        ([line(3, 180, 180), line(5, 180, 100), line(7, 180, 0)], Attended({1: 280}, date(2025, 2, 5), 540)),
        ([line(5, 180, 170), line(3, 180, 180, 2)], Attended({1: 170, 2: 180}, date(2025, 2, 5), 360)),
        ([line(3, 180, 0), line(5, 120, 120, run_id=2)], Attended({1: 120}, date(2025, 2, 5), 180)),
        ([line(3, 180, 180), line(5, 180, 0, 2)], Attended({1: 180}, date(2025, 2, 3), 180)),
    ],
)
def test_minutes_are_summed_by_module_up_to_the_last_day_attended(
    lines: list[Line], expected: Attended
) -> None:
    assert certificates.summed(lines) == expected


def given(kind: DiplomaKind, status: DiplomaStatus = DiplomaStatus.ISSUED) -> Diploma:
    return Diploma(kind=kind, status=status)


@pytest.mark.parametrize(
    ("proofs", "taken", "ready", "missing"),
    [
        ([], SOMETHING, False, []),
        ([], NOTHING, False, ["attended"]),
        ([], SOMETHING, True, ["not_ready"]),
        ([given(DiplomaKind.DIPLOMA)], SOMETHING, False, ["diploma"]),
        ([given(DiplomaKind.DIPLOMA, DiplomaStatus.REVOKED)], SOMETHING, False, []),
        ([given(DiplomaKind.CERTIFICATE)], SOMETHING, False, ["certificate"]),
        ([given(DiplomaKind.CERTIFICATE, DiplomaStatus.REISSUED)], SOMETHING, False, []),
    ],
)
def test_certificate_is_for_whoever_attended_and_has_no_diploma_due(
    proofs: list[Diploma], taken: Attended, ready: bool, missing: list[str]
) -> None:
    checks = certificates.checks(proofs, taken, ready_for_diploma=ready)
    assert [check.key for check in checks if not check.met] == missing


@pytest.fixture
def leaver(make: Factory) -> Enrolment:
    """Stopped after one session, half an hour before it ended."""
    cohort = make.cohort(make.programme("viborg"))
    taught = make.teaching_session(make.run(cohort, make.module(cohort.programme)), ends_at=time(12))
    person = make.enrolment(cohort, status="withdrawn")
    make.attendance(taught, person, early_minutes=30)
    return person


def test_who_stopped_early_gets_one_and_stays_stopped(session: Session, leaver: Enrolment) -> None:
    certificate = diplomas.issue_certificate(session, leaver, today=TODAY)
    session.flush()
    assert (certificate.kind, certificate.number) == (DiplomaKind.CERTIFICATE, "DB-2025-0001")
    assert leaver.status is EnrolmentStatus.WITHDRAWN
    assert certificates.attended(session, leaver).total == 150
    with pytest.raises(RuleBroken, match="kan ikke udstedes"):
        diplomas.issue_certificate(session, leaver, today=TODAY)


def test_a_certificate_is_no_hindrance_to_a_diploma(
    session: Session, make: Factory, leaver: Enrolment
) -> None:
    diplomas.issue_certificate(session, leaver, today=TODAY)
    leaver.status, leaver.theory_met_on = EnrolmentStatus.ACTIVE, TODAY
    make.placement(enrolment=leaver, status="completed")
    assert diplomas.issue(session, leaver, today=TODAY).number == "UB-2025-0001"


def sorted_names(session: Session, cohort: Any) -> dict[str, list[str]]:
    lists = diploma_lists.sorted_out(diploma_lists.lines(session, cohort))
    parts = {
        "ready": lists.ready,
        "given": lists.given,
        "lacking": lists.lacking,
        "certificates": lists.ready_for_certificate,
    }
    return {part: [line.enrolment.user.name for line in lines] for part, lines in parts.items()}


def test_each_of_a_cohort_stands_in_one_list(session: Session, make: Factory, leaver: Enrolment) -> None:
    cohort = leaver.cohort
    leaver.user.name = "Lis"
    taught = session.scalars(select(TeachingSession)).one()
    for name, status in (("Klara", "present"), ("Mads", "absent"), ("Ulla", "present")):
        person = make.enrolment(cohort, make.user(name))
        make.placement(enrolment=person, status="completed")
        make.attendance(taught, person, status)
        if name == "Ulla":
            diplomas.issue(session, person, today=TODAY)
            session.flush()
    assert sorted_names(session, cohort) == {
        "ready": ["Klara"],
        "given": ["Ulla"],
        "lacking": ["Lis", "Mads"],
        "certificates": ["Lis"],
    }
    lines = diploma_lists.lines(session, cohort)
    ids = {line.enrolment.user.name: line.enrolment.id for line in lines}
    chosen = diploma_lists.chosen(lines, DiplomaKind.DIPLOMA, {ids["Klara"], -1})
    assert [line.enrolment.user.name for line in chosen] == ["Klara"]
    with pytest.raises(RuleBroken, match="Mads"):
        diploma_lists.chosen(lines, DiplomaKind.DIPLOMA, {ids["Klara"], ids["Mads"]})
    with pytest.raises(RuleBroken, match="mindst én"):
        diploma_lists.chosen(lines, DiplomaKind.CERTIFICATE, set())
