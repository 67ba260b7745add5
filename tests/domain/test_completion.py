"""Completion from the records: who has done what, exceptions, the end of the deadline (H-18, V-06)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from placements.domain import completion, diploma_gates, enrolments, placement_gates
from placements.domain.completion import Completion
from placements.domain.rules import RuleBroken
from placements.models.completion import CompletionRule, Verdict
from placements.models.enrolments import Enrolment, EnrolmentStatus
from placements.models.hours import HoursStatus, HoursWeek
from placements.models.network_groups import NetworkPlaceStatus
from placements.models.programmes import AttendanceScope, Audience
from tests.domain.completion_scene import attended, planned, sessions_of, without_practicum
from tests.domain.network_scene import NOW, in_line, member
from tests.factories import MOMENT, Factory, actor_for

TODAY = date(2025, 2, 3)
R, MET, NOT_YET, LOST = CompletionRule, Verdict.MET, Verdict.NOT_YET, Verdict.LOST


def verdicts(session: Session, person: Enrolment, today: date = TODAY) -> dict[CompletionRule, Verdict]:
    found = completion.of_enrolment(session, person, today=today)
    return {rule: completion.rules.worst(standings) for rule, standings in found.rules}


@pytest.mark.parametrize(
    ("marks", "excused_left_out", "verdict"),
    [("ppppa", True, MET), ("pppae", True, LOST), ("ppppe", False, MET), ("pppee", False, LOST)],
)
def test_share_comes_from_the_registers(
    make: Factory, session: Session, marks: str, excused_left_out: bool, verdict: Verdict
) -> None:
    """H-18 and row 21."""
    cohort = make.cohort(without_practicum(make, excused_left_out=excused_left_out))
    run, person = planned(make, cohort), make.enrolment(cohort)
    attended(make, run, person, marks)
    assert verdicts(session, person)[R.ATTENDANCE] is verdict


def test_audiences_have_their_own_compulsory_sets(make: Factory, session: Session) -> None:
    """H-12, H-13, H-15, H-16: one module, four days for peers and three for colleagues."""
    programme = without_practicum(make, deadline_months=12)
    cohort = make.cohort(programme)
    both = make.module(programme, 2, rules={"paid_peer": "compulsory", "colleague": "compulsory"})
    peers = make.module(programme, 3, rules={"paid_peer": "compulsory", "colleague": "elective"})
    run = make.run(cohort, both)
    days = [make.teaching_session(run, held_on=date(2024, 9, day)) for day in (9, 10, 11)]
    days.append(make.teaching_session(run, held_on=date(2024, 9, 12), audiences=["paid_peer"]))
    peer = make.enrolment(cohort, audience=Audience.PAID_PEER)
    colleague = make.enrolment(cohort, audience=Audience.COLLEAGUE)
    for day in days:
        make.attendance(day, peer, "present")
        if not day.audiences:
            make.attendance(day, colleague, "present")
    found = completion.of_people(session, [peer, colleague], today=TODAY)
    assert [(one.of(R.ATTENDANCE)[0].account.attended, one.verdict) for one in found] == [
        (4 * 180, NOT_YET),
        (3 * 180, MET),
    ]
    assert [one.module_id for one in found[0].of(R.COMPULSORY) if not one.met] == [peers.id]


def test_run_of_another_cohort_counts_and_one_without_sessions_is_open(
    make: Factory, session: Session
) -> None:
    """H-17."""
    programme = without_practicum(make)
    cohort, other = make.cohort(programme), make.cohort(programme)
    run, person = planned(make, other, sign_up=True), make.enrolment(cohort)
    make.sign_up(run, person)
    attended(make, run, person, "ppppp")
    assert verdicts(session, person) == {R.ATTENDANCE: MET, R.COMPULSORY: MET}
    make.sign_up(planned(make, other, 3, sessions=0, sign_up=True), person)
    assert verdicts(session, person) == {R.ATTENDANCE: NOT_YET, R.COMPULSORY: NOT_YET}


def test_where_time_counts_as_a_whole_a_module_may_be_missed(make: Factory, session: Session) -> None:
    """D-03."""
    programme = without_practicum(
        make, attendance_scope=AttendanceScope.OVERALL, attendance_percent=90, session_minutes=300
    )
    cohort = make.cohort(programme)
    long, short = planned(make, cohort, sessions=9), planned(make, cohort, 3, sessions=1)
    person = make.enrolment(cohort)
    attended(make, long, person, "ppppppppp")
    attended(make, short, person, "a")
    assert verdicts(session, person) == {R.ATTENDANCE: MET}


# The practicum


def test_practicum_has_weeks_hours_and_follow_up_days(make: Factory, session: Session) -> None:
    """V-06; hours are confirmed weeks and the follow-up days that are reached."""
    cohort = make.cohort()
    person = make.enrolment(cohort, theory_met_on=date(2024, 12, 13))
    placement = make.placement(enrolment=person, status="active")
    make.follow_up_day(cohort, 1, held_on=TODAY)
    for week, status in enumerate((HoursStatus.CONFIRMED, HoursStatus.SUBMITTED)):
        monday = date(2025, 1, 6) + timedelta(weeks=week)
        make.keep(HoursWeek(placement_id=placement.id, starts_on=monday, status=status, minutes=360))
    (hours,) = completion.of_enrolment(session, person, today=TODAY).of(R.PRACTICUM_HOURS)
    assert (hours.done, hours.needed) == (360 + 180, 13 * 360)
    assert verdicts(session, person) == {
        R.ATTENDANCE: MET,
        R.PRACTICUM_WEEKS: NOT_YET,
        R.PRACTICUM_HOURS: NOT_YET,
        R.FOLLOW_UP_DAYS: NOT_YET,
    }
    placement.status = "completed"  # type: ignore[assignment]
    make.keep(placement)
    assert verdicts(session, person) == {
        R.ATTENDANCE: MET,
        R.PRACTICUM_WEEKS: MET,
        R.PRACTICUM_HOURS: NOT_YET,
        R.FOLLOW_UP_DAYS: MET,
    }
    assert diploma_gates.unmet_for_issue(session, person) == []


# Registers kept elsewhere


def test_attendance_is_confirmed_by_hand_only_where_no_sessions_are_planned(
    make: Factory, session: Session
) -> None:
    cohort = make.cohort(without_practicum(make))
    person = make.enrolment(cohort)
    enrolments.confirm_theory(session, person, today=TODAY)
    assert verdicts(session, person) == {R.ATTENDANCE: MET}
    planned(make, cohort)
    assert verdicts(session, person)[R.ATTENDANCE] is NOT_YET
    with pytest.raises(RuleBroken, match="regnet ud af registreringerne"):
        enrolments.confirm_theory(session, person, today=TODAY)
    assert [check.key for check in diploma_gates.unmet_for_issue(session, person)] == [
        "theory",
        "compulsory",
    ]


def test_theory_confirmed_after_the_deadline_gives_no_diploma(make: Factory, session: Session) -> None:
    """H-18."""
    cohort = make.cohort(without_practicum(make, deadline_months=12))
    late = make.enrolment(cohort, starts_on=date(2024, 2, 2), theory_met_on=TODAY)
    assert verdicts(session, late) == {R.ATTENDANCE: MET, R.DEADLINE: LOST}
    assert [check.key for check in diploma_gates.unmet_for_issue(session, late)] == ["deadline"]


def test_nothing_is_by_hand_where_one_signs_up_for_what_is_planned(make: Factory, session: Session) -> None:
    """H-17: nor for those who have not signed up yet."""
    programme = without_practicum(make)
    person = make.enrolment(make.cohort(programme), theory_met_on=TODAY)
    planned(make, make.cohort(programme))
    assert completion.of_enrolment(session, person, today=TODAY).by_hand
    planned(make, make.cohort(programme), 3, sign_up=True)
    assert not completion.of_enrolment(session, person, today=TODAY).by_hand
    assert verdicts(session, person)[R.ATTENDANCE] is NOT_YET
    with pytest.raises(RuleBroken, match="regnet ud af registreringerne"):
        enrolments.confirm_theory(session, person, today=TODAY)


# Exceptions


def except_from(
    session: Session, make: Factory, person: Enrolment, rule: CompletionRule, module: object = None
) -> None:
    actor = actor_for(make.coordinator(person.cohort.programme))
    completion.give_exception(
        session,
        person,
        actor,
        rule=rule,
        module=module,  # type: ignore[arg-type]
        reason="Aftalt med lederen.",
        today=TODAY,
    )
    session.flush()


def test_exception_counts_until_it_is_taken_back(make: Factory, session: Session) -> None:
    cohort = make.cohort(without_practicum(make))
    run, person = planned(make, cohort), make.enrolment(cohort)
    attended(make, run, person, "paaaa")
    except_from(session, make, person, R.ATTENDANCE, run.module)
    found = completion.of_enrolment(session, person, today=TODAY)
    (standing,) = found.of(R.ATTENDANCE)
    assert (standing.met, standing.by_exception) == (True, True)
    (exception,) = found.exceptions
    assert (exception.given_by.name, exception.given_on) == ("Karen Koordinator", TODAY)
    assert diploma_gates.unmet_for_issue(session, person) == []
    completion.withdraw_exception(session, exception, today=TODAY, now=MOMENT)
    session.flush()
    assert verdicts(session, person)[R.ATTENDANCE] is LOST
    with pytest.raises(RuleBroken, match="allerede trukket tilbage"):
        completion.withdraw_exception(session, exception, today=TODAY, now=MOMENT)


def test_exception_needs_a_reason_and_is_given_once(make: Factory, session: Session) -> None:
    person = make.enrolment(make.cohort())
    actor = actor_for(make.coordinator(person.cohort.programme))
    with pytest.raises(RuleBroken, match="hvorfor"):
        completion.give_exception(
            session, person, actor, rule=R.DEADLINE, module=None, reason="  ", today=TODAY
        )
    except_from(session, make, person, R.DEADLINE)
    with pytest.raises(RuleBroken, match="i forvejen"):
        except_from(session, make, person, R.DEADLINE)


def test_exception_from_the_follow_up_days_lets_the_practicum_be_completed(
    make: Factory, session: Session
) -> None:
    placement = make.placement(status="active")
    day = placement.ends_on

    def missing() -> int:
        checks = placement_gates.checks_for_complete(session, placement, today=day)
        return len(placement_gates.unmet(checks))

    assert missing() == 2
    except_from(session, make, placement.enrolment, R.FOLLOW_UP_DAYS)
    assert missing() == 0


# The end of the deadline


@pytest.mark.parametrize(("status", "becomes"), [("accepted", "left"), ("offered", "declined")])
def test_participation_is_closed_on_its_deadline_by_the_coordinator(
    make: Factory, session: Session, status: str, becomes: str
) -> None:
    """H-18: the day itself still counts. H-19: the seat in a network group goes to the first in line."""
    cohort = make.cohort(without_practicum(make, deadline_months=12))
    run = planned(make, cohort)
    person = make.enrolment(cohort, starts_on=date(2024, 2, 5))
    attended(make, planned(make, cohort, 3), person, "ppppp")
    with pytest.raises(RuleBroken, match="ikke overskredet"):
        completion.pass_deadline(session, person, today=date(2025, 2, 5), now=NOW)
    # Registers that are missing may still show that it was done in time.
    with pytest.raises(RuleBroken, match="ikke overskredet"):
        completion.pass_deadline(session, person, today=date(2025, 2, 6), now=NOW)
    for held in sessions_of(make, run):
        make.attendance(held, person, "absent")
    group = make.network_group(cohort.programme, seats=1)
    seat, waiting = member(make, group, person, status), in_line(make, group, make.enrolment(cohort))
    completion.pass_deadline(session, person, today=date(2025, 2, 6), now=NOW)
    assert (seat.status, waiting.status) == (becomes, NetworkPlaceStatus.OFFERED)
    assert person.status is EnrolmentStatus.DEADLINE_PASSED
    with pytest.raises(RuleBroken, match="allerede afsluttet"):
        completion.pass_deadline(session, person, today=date(2025, 2, 6), now=NOW)


# Many at once


def test_one_and_three_people_cost_the_same(
    make: Factory, session: Session, query_count: Callable[[Callable[[], object]], int]
) -> None:
    cohort = make.cohort()
    run = planned(make, cohort)
    people = [make.enrolment(cohort) for _number in range(3)]
    for person in people:
        attended(make, run, person, "p")
        make.placement(enrolment=person, status="active")
        except_from(session, make, person, R.DEADLINE)
    make.keep(cohort)

    def ask(count: int) -> Callable[[], list[Completion]]:
        return lambda: completion.of_people(session, people[:count], today=TODAY)

    ask(3)()
    assert query_count(ask(1)) == query_count(ask(3)) <= 9


def test_exceptions_are_seen_by_the_coordinator_and_the_participant(make: Factory, session: Session) -> None:
    person = make.enrolment(make.cohort())
    except_from(session, make, person, R.DEADLINE)
    session.commit()
    programme = person.cohort.programme
    seen = {
        name: len(session.scalars(completion.visible_to(actor_for(user))).all())
        for name, user in {
            "own": person.user,
            "fellow": make.enrolment(person.cohort).user,
            "teacher": make.teacher(programme),
            "elsewhere": make.coordinator(make.programme("another")),
        }.items()
    }
    assert seen == {"own": 1, "fellow": 0, "teacher": 0, "elsewhere": 0}
