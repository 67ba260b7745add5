"""Sessions written line by line: what goes with one that is called off, and what keeps it."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from placements.domain import session_lines
from placements.domain.rules import RuleBroken, Stale
from placements.models.attendance import AbsenceNotice, AbsenceReason
from placements.models.teaching import TeachingSession
from tests.factories import MOMENT, Factory


@pytest.fixture
def taught(make: Factory) -> TeachingSession:
    cohort = make.cohort()
    return make.teaching_session(make.run(cohort, make.module(cohort.programme)))


def test_notice_of_absence_goes_with_the_session(
    make: Factory, session: Session, taught: TeachingSession
) -> None:
    person = make.enrolment(taught.run.cohort)
    notice = {"reason": next(iter(AbsenceReason)), "given_at": MOMENT}
    make.keep(AbsenceNotice(session_id=taught.id, enrolment_id=person.id, **notice))
    make.session_teacher(taught)
    session_lines.remove(session, [taught])
    session.flush()
    assert session.scalars(select(TeachingSession)).all() == []
    assert session.scalars(select(AbsenceNotice)).all() == []


def test_session_with_something_in_its_register_stays(
    make: Factory, session: Session, taught: TeachingSession
) -> None:
    make.guest(taught)
    with pytest.raises(RuleBroken):
        session_lines.remove(session, [taught])


def test_line_of_a_session_that_is_not_there_is_stale(
    make: Factory, session: Session, taught: TeachingSession
) -> None:
    other = make.teaching_session(taught.run)
    lines = [session_lines.line_of(other)]
    with pytest.raises(Stale):
        session_lines.write(
            session,
            taught.run.cohort,
            [taught],
            lines,
            lambda _module_id: taught.run,
            seen=session_lines.mark([taught]),
            reason=None,
            today=taught.held_on,
            now=MOMENT,
        )
