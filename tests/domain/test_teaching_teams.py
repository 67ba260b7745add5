"""V-07: one professional and one peer, as equals. H-20: a peer who leads; external teachers may join."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from placements.domain import teaching_teams
from placements.domain.rules import RuleBroken
from placements.models.programmes import Programme
from placements.models.teaching import SessionTeacher, TeacherKind, TeachingSession
from tests.factories import Factory

PEER, PROFESSIONAL, EXTERNAL = TeacherKind
V, H = ["professional", "peer"], ["peer"]


@pytest.mark.parametrize(
    ("required", "team", "missing"),
    [
        (V, [], ["professional", "peer"]),
        (V, [(PEER, False)], ["professional"]),
        (V, [(PROFESSIONAL, False), (PROFESSIONAL, False)], ["peer"]),
        (V, [(PROFESSIONAL, False), (EXTERNAL, False)], ["peer"]),
        (V, [(PEER, False), (PROFESSIONAL, False)], []),
        (V, [(PEER, True), (PROFESSIONAL, False)], []),
        (H, [], ["peer"]),
        (H, [(PEER, False)], ["peer"]),
        (H, [(EXTERNAL, True), (PEER, False)], ["peer"]),
        (H, [(PEER, True)], []),
        (H, [(EXTERNAL, False), (PEER, True)], []),
        ([], [], []),
    ],
)
def test_missing_names_each_kind_that_a_session_lacks(
    required: list[str], team: list[tuple[TeacherKind, bool]], missing: list[str]
) -> None:
    programme = Programme(teachers_required=required)
    teachers = [SessionTeacher(name="Ulla", kind=kind, leads=leads) for kind, leads in team]
    found = teaching_teams.missing(TeachingSession(teachers=teachers), programme)
    assert [one.key for one in found] == missing


def test_put_on_takes_all_sessions_at_once_and_only_once(make: Factory, session: Session) -> None:
    cohort = make.cohort(make.programme(teachers_required=H))
    run = make.run(cohort, make.module(cohort.programme))
    sessions = [make.teaching_session(run) for _number in range(2)]
    teacher = make.teacher(cohort.programme)
    put = {"user_id": teacher.id, "name": None, "kind": PEER}
    assert teaching_teams.put_on(session, sessions, cohort.programme, **put) == 2
    session.flush()
    assert teaching_teams.put_on(session, sessions, cohort.programme, **put, leads=True) == 0
    guest = {"user_id": None, "name": "Bente Skov", "kind": EXTERNAL}
    assert teaching_teams.put_on(session, sessions[:1], cohort.programme, **guest) == 1
    session.flush()
    assert [[(t.name, t.kind, t.leads) for t in one.teachers] for one in sessions] == [
        [("Uffe Underviser", PEER, True), ("Bente Skov", EXTERNAL, False)],
        [("Uffe Underviser", PEER, True)],
    ]
    teaching_teams.take_off(sessions[0], sessions[0].teachers[0].id)
    assert [t.name for t in sessions[0].teachers] == ["Bente Skov"]


def test_put_on_refuses_whoever_is_no_teacher_there(make: Factory, session: Session) -> None:
    cohort = make.cohort()
    taught = make.teaching_session(make.run(cohort, make.module(cohort.programme)))
    stranger = make.teacher(make.programme("hovedstaden"))
    for user_id, field in ((stranger.id, "user_id"), (None, "name")):
        with pytest.raises(RuleBroken) as refused:
            teaching_teams.put_on(session, [taught], cohort.programme, user_id=user_id, name=" ", kind=PEER)
        assert refused.value.field == field
