"""A programme unlike both of the shipped ones (D-03) runs from its file to its diplomas: nothing but data."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from placements.clock import now
from placements.domain import (
    completion,
    diploma_gates,
    diplomas,
    enrolments,
    programme_files,
    programmes,
    registers,
    session_lines,
    timetables,
)
from placements.domain.registers import Mark
from placements.domain.rules import RuleBroken
from placements.models.cohorts import Cohort
from placements.models.completion import CompletionRule, Verdict
from placements.models.enrolments import EnrolmentStatus
from placements.models.follow_up_days import AttendanceStatus
from placements.models.programmes import Audience
from tests.factories import Factory, actor_for

FILE = Path(__file__).parent.parent / "programmes" / "third.toml"
AWAY, EXCUSED = Mark(AttendanceStatus.ABSENT), Mark(AttendanceStatus.EXCUSED)


def test_eighty_hours_of_which_ninety_percent_lead_to_a_diploma(make: Factory, session: Session) -> None:
    """Exactly 72 of 80 hours are enough, excused or not; one minute less is not."""
    programmes.load(session, programme_files.read_file(FILE))
    cohort = session.scalars(select(Cohort).where(Cohort.slug == "tredje-2025")).one()
    laid_on = cohort.starts_on - timedelta(days=30)
    lines = [timetables.line_of_planned(one) for one in timetables.proposal(cohort)]
    timetables.save(session, cohort, lines, seen=session_lines.mark([]), today=laid_on, now=now())
    session.flush()
    held = timetables.standing(session, cohort)
    assert (len(held), sum(one.ends_at.hour - one.starts_at.hour for one in held)) == (20, 80)

    everything, enough, too_little = (
        enrolments.enrol(session, cohort, make.user(name), audience=Audience.PAID_PEER)
        for name in ("Alma", "Bo", "Cai")
    )
    session.flush()
    teacher = actor_for(make.teacher(cohort.programme))
    for number, taught in enumerate(held):
        away = (AWAY, EXCUSED)[number] if number < 2 else Mark()
        late = Mark(late=1) if number == 19 else away
        marks = {everything.id: Mark(), enough.id: away, too_little.id: late}
        registers.keep(session, taught, marks, actor=teacher, today=taught.held_on, now=now())
        session.flush()

    today = held[-1].held_on
    found = completion.of_cohort(session, cohort, today=today)
    assert [one.of(CompletionRule.ATTENDANCE)[0].verdict for one in found] == [
        Verdict.MET,
        Verdict.MET,
        Verdict.LOST,
    ]
    for person in (everything, enough):
        diplomas.issue(session, person, today=today)
        assert person.status is EnrolmentStatus.COMPLETED
    with pytest.raises(RuleBroken):
        diplomas.issue(session, too_little, today=today)
    assert [check.key for check in diploma_gates.unmet_for_issue(session, too_little)] == ["theory"]
