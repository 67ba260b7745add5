"""Rows 25 and 26: who is told that little more may be missed, when, and how often."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from placements.clock import now
from placements.domain import (
    completion,
    completion_warnings,
    completion_watch,
    registers,
    session_lines,
    teaching_changes,
    warning_contacts,
)
from placements.domain.attendance_ledger import Line
from placements.domain.completion_accounts import Terms
from placements.domain.completion_rules import attendance
from placements.domain.registers import Mark
from placements.domain.rules import RuleBroken
from placements.models.cohorts import Cohort
from placements.models.completion import CompletionRule, ThresholdWarning
from placements.models.enrolments import Enrolment
from placements.models.follow_up_days import AttendanceStatus
from placements.models.mails import OutgoingMail
from placements.models.programmes import AttendanceScope
from placements.models.teaching import ModuleRun
from placements.models.warning_contacts import WarningContact
from tests.domain.completion_scene import planned, sessions_of, without_practicum
from tests.domain.ledger_lines import taught
from tests.factories import Factory, actor_for

TODAY = date(2025, 2, 3)
MARKS = {"p": Mark(), "a": Mark(AttendanceStatus.ABSENT), "e": Mark(AttendanceStatus.EXCUSED)}
WHOLE = Terms(80, AttendanceScope.OVERALL)


@pytest.mark.parametrize(
    ("marks", "close"),
    [
        ("p" * 10 + "-" * 10, False),  # nothing was missed
        ("a" + "-" * 19, False),  # three sessions left to lose
        ("aa" + "-" * 18, True),  # two
        ("aaaa" + "-" * 16, True),  # none
        ("aaaaa" + "-" * 15, True),  # lost
        ("p" * 16 + "aaa-", False),  # enough already
        ("e" + "-" * 19, False),
        ("p--", True),  # nothing was missed, but one session is more than may be
        ("---", False),  # before the first register
        ("p----", False),  # one whole session may be missed
    ],
)
def test_close_is_two_sessions_or_less_after_something_was_missed(marks: str, close: bool) -> None:
    (standing,) = attendance(taught(marks), WHOLE)
    assert completion_watch.is_close(standing) is close


def test_warning_always_comes_before_there_is_nothing_left_to_miss() -> None:
    """Whatever is missed, session by session: at the warning a whole session can still be missed."""
    for gone in range(1, 61):
        lines: list[Line] = taught("-" * 20)
        for number in range(20):
            lines[number] = taught("p")[0] if number % 2 else _missing(gone)
            (standing,) = attendance(lines, WHOLE)
            if completion_watch.is_close(standing):
                assert standing.may_miss >= 60
                break


def _missing(minutes: int) -> Line:
    (line,) = taught("p")
    return Line(**{name: getattr(line, name) for name in Line.__slots__} | {"attended": 60 - minutes})


# From the register


@pytest.fixture
def run(make: Factory) -> ModuleRun:
    """A module in ten sessions of three hours: two of them may be missed."""
    return planned(make, make.cohort(without_practicum(make)), sessions=10)


@pytest.fixture
def person(make: Factory, run: ModuleRun) -> Enrolment:
    return make.enrolment(run.cohort)


class Keeper:
    """A teacher who keeps the registers of a run, one after the other."""

    def __init__(self, make: Factory, run: ModuleRun) -> None:
        self.make, self.run = make, run
        self.actor = actor_for(make.teacher(run.cohort.programme))

    def keep(self, person: Enrolment, number: int, mark: str) -> list[tuple[str, str]]:
        """What was mailed because of it: the message and the address of whoever it is about."""
        session, held = self.make.session, sessions_of(self.make, self.run)[number]
        known = set(session.scalars(select(OutgoingMail.id)))
        registers.keep(session, held, {person.id: MARKS[mark]}, actor=self.actor, today=TODAY, now=now())
        session.flush()
        mails = session.scalars(select(OutgoingMail).order_by(OutgoingMail.message, OutgoingMail.id))
        return [(mail.message, mail.user.name) for mail in mails if mail.id not in known]


@pytest.fixture
def keeper(make: Factory, run: ModuleRun) -> Keeper:
    return Keeper(make, run)


def test_participant_and_coordinator_are_told_once(make: Factory, keeper: Keeper, person: Enrolment) -> None:
    make.coordinator(person.cohort.programme)
    assert keeper.keep(person, 0, "p") == []
    assert keeper.keep(person, 1, "a") == [
        ("attendance_close", person.user.name),
        ("attendance_watch", "Karen Koordinator"),
    ]
    assert keeper.keep(person, 2, "a") == []
    assert keeper.keep(person, 3, "a") == []


def test_closed_account_gets_no_mail_and_the_coordinator_does(
    make: Factory, keeper: Keeper, person: Enrolment
) -> None:
    make.coordinator(person.cohort.programme)
    person.user.active = False
    assert keeper.keep(person, 0, "a") == [("attendance_watch", "Karen Koordinator")]


def test_whoever_recovered_is_told_again_when_it_falls_anew(
    session: Session, keeper: Keeper, person: Enrolment
) -> None:
    assert len(keeper.keep(person, 0, "a")) == 1
    assert keeper.keep(person, 0, "e") == []
    assert session.scalars(select(ThresholdWarning)).all() == []
    assert len(keeper.keep(person, 1, "a")) == 1


def test_each_module_has_its_own_warning_and_time_as_a_whole_has_one(make: Factory) -> None:
    for scope, mails in ((AttendanceScope.MODULE, 2), (AttendanceScope.OVERALL, 1)):
        cohort = make.cohort(without_practicum(make, attendance_scope=scope))
        first, second = planned(make, cohort, 2, sessions=5), planned(make, cohort, 3, sessions=5)
        person = make.enrolment(cohort)
        told = Keeper(make, first).keep(person, 0, "a") + Keeper(make, second).keep(person, 0, "a")
        assert len(told) == mails


def test_nobody_is_told_of_who_left_or_has_an_exception(
    make: Factory, keeper: Keeper, run: ModuleRun, person: Enrolment
) -> None:
    giver = make.coordinator(make.programme("elsewhere"))
    values = {"rule": CompletionRule.ATTENDANCE, "module_id": run.module_id}
    make.completion_exception(person.id, giver, **values)
    assert keeper.keep(person, 0, "a") == []
    completed = make.enrolment(run.cohort, status="completed")
    assert keeper.keep(completed, 0, "a") == []


def test_day_of_the_coordinator_lists_the_lost_before_the_close(
    make: Factory, session: Session, run: ModuleRun, query_count: Callable[[Callable[[], object]], int]
) -> None:
    cohort: Cohort = run.cohort
    coordinator, elsewhere = (
        actor_for(make.coordinator(cohort.programme)),
        actor_for(make.coordinator(make.programme("elsewhere"))),
    )
    people = {name: make.enrolment(cohort, make.user(name)) for name in ("Ane", "Bo", "Cai", "Dot")}
    keeper = Keeper(make, run)
    for number, marks in enumerate(("papa", "paaa", "papp")):
        for person, mark in zip(people.values(), marks, strict=True):
            keeper.keep(person, number, mark)
    make.keep(run)
    found = completion_warnings.close_ones(session, coordinator)
    assert [(task.text, task.note) for task in found.tasks] == [
        ("Bo", "Hold 2024. Kan ikke længere nå 80 % med det, der er planlagt."),
        ("Dot", "Hold 2024. Skal være med hele tiden i de sidste 21 timer."),
        ("Cai", "Hold 2024. Kan højst være væk i 3 timer mere."),
    ]
    assert completion_warnings.close_ones(session, elsewhere).tasks == []
    assert query_count(lambda: completion_warnings.close_ones(session, coordinator)) == 3


def test_module_that_is_untouched_hides_nobody(make: Factory, session: Session) -> None:
    """H-18: little may be missed of a short module that has not begun; the long one is what is in danger."""
    cohort = make.cohort(without_practicum(make, attendance_scope=AttendanceScope.MODULE))
    long, _short = planned(make, cohort, 2, sessions=10), planned(make, cohort, 3, sessions=1)
    person = make.enrolment(cohort)
    Keeper(make, long).keep(person, 0, "a")
    found = completion_warnings.close_ones(session, actor_for(make.coordinator(cohort.programme)))
    assert [task.note for task in found.tasks] == ["Hold 2024. Kan højst være væk i 3 timer mere."]
    assert len(completion_warnings.of_student(session, actor_for(person.user), TODAY)) == 1


def test_short_module_warns_at_its_first_register_and_once(make: Factory) -> None:
    """Of three sessions none may be missed whole: a warning after one was would come too late."""
    run = planned(make, make.cohort(without_practicum(make)), sessions=3)
    keeper, person = Keeper(make, run), make.enrolment(run.cohort)
    assert len(keeper.keep(person, 0, "p")) == 1
    assert keeper.keep(person, 1, "a") == []


# From a change


def mailed(session: Session) -> list[str]:
    session.flush()
    query = select(OutgoingMail.message).where(OutgoingMail.message == completion_watch.TO_PARTICIPANT)
    return list(session.scalars(query))


@pytest.mark.parametrize("change", ["call_off", "shorten", "write"])
def test_warns_when_what_is_to_come_becomes_less(
    make: Factory, session: Session, keeper: Keeper, run: ModuleRun, person: Enrolment, change: str
) -> None:
    """Three of sixty hours were missed; with fewer hours to come that is close."""
    for number in range(10):
        make.teaching_session(run, held_on=date(2025, 3, 3 + number))
    keeper.keep(person, 0, "a")
    assert mailed(session) == []
    last = list(sessions_of(make, run))[-10:]
    if change == "write":
        kept = [one for one in run.sessions if one not in last]
        lines = [session_lines.line_of(one) for one in kept if not session_lines.is_kept(one)]
        session_lines.write(
            session,
            run.cohort,
            run.sessions,
            lines,
            lambda _module_id: run,
            seen=session_lines.mark(run.sessions),
            reason=None,
            today=TODAY,
            now=now(),
        )
    for one in last if change != "write" else ():
        if change == "call_off":
            teaching_changes.call_off(session, one, today=TODAY, now=now())
        else:
            line = replace(session_lines.line_of(one), ends_at=time(10))
            teaching_changes.move(session, one, line, today=TODAY, now=now())
    assert mailed(session) == [completion_watch.TO_PARTICIPANT]


def test_warns_when_an_exception_is_taken_back(
    make: Factory, session: Session, keeper: Keeper, run: ModuleRun, person: Enrolment
) -> None:
    giver = make.coordinator(make.programme("elsewhere"))
    values = {"rule": CompletionRule.ATTENDANCE, "module_id": run.module_id}
    exception = make.completion_exception(person.id, giver, **values)
    keeper.keep(person, 0, "a")
    assert mailed(session) == []
    completion.withdraw_exception(session, exception, today=TODAY, now=now())
    assert mailed(session) == [completion_watch.TO_PARTICIPANT]


# Somebody outside


def name_one(session: Session, person: Enrolment, **values: object) -> WarningContact:
    given = {"name": "Ida Kjær", "email": "ida@example.org", "agreed": True, "today": TODAY} | values
    contact = warning_contacts.name_one(session, person, actor_for(person.user), **given)  # type: ignore[arg-type]
    session.flush()
    return contact


def outside(session: Session) -> list[tuple[object, int]]:
    query = select(OutgoingMail).where(OutgoingMail.message == "get_in_touch")
    return [(mail.secrets.get("to"), mail.tries) for mail in session.scalars(query)]


def test_whom_the_participant_named_is_told_too(session: Session, keeper: Keeper, person: Enrolment) -> None:
    """Row 25."""
    contact = name_one(session, person)
    assert contact.consented_on == TODAY
    keeper.keep(person, 0, "a")
    assert outside(session) == [("ida@example.org", 0)]


def test_nobody_outside_is_told_before_something_was_missed(make: Factory, session: Session) -> None:
    """The participant of a short module is warned at its first register, and needs nobody's call for that."""
    run = planned(make, make.cohort(without_practicum(make)), sessions=3)
    keeper, person = Keeper(make, run), make.enrolment(run.cohort)
    name_one(session, person)
    assert len(keeper.keep(person, 0, "p")) == 1
    assert outside(session) == []
    keeper.keep(person, 1, "a")
    keeper.keep(person, 2, "a")
    assert outside(session) == [("ida@example.org", 0)]


@pytest.mark.parametrize("change", ["forget", "another"])
def test_mail_that_waits_is_not_sent_to_whoever_was_deleted(
    session: Session, keeper: Keeper, person: Enrolment, change: str
) -> None:
    name_one(session, person)
    keeper.keep(person, 0, "a")
    if change == "forget":
        warning_contacts.forget(session, person, actor_for(person.user))
        session.flush()
        assert session.scalars(select(WarningContact)).all() == []
    else:
        name_one(session, person, email="bo@example.org")
    assert outside(session) == [(None, 10)]


@pytest.mark.parametrize(("values", "field"), [({"agreed": False}, "agreed"), ({"email": "own"}, "email")])
def test_naming_needs_a_yes_and_somebody_else(
    session: Session, person: Enrolment, values: dict[str, object], field: str
) -> None:
    values = {name: person.user.email if value == "own" else value for name, value in values.items()}
    with pytest.raises(RuleBroken) as refused:
        name_one(session, person, **values)
    assert refused.value.field == field
    assert session.scalars(select(WarningContact)).all() == []
