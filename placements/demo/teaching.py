"""The theory: Viborg's timetable of 2024, and Hovedstaden's modules, each taught more than once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from placements.domain import (
    completion,
    module_runs,
    run_sign_ups,
    session_lines,
    study_groups,
    teaching_teams,
    timetables,
)
from placements.domain.actors import Actor
from placements.domain.schedules import Rhythm, lay
from placements.domain.session_lines import Line
from placements.models.cohorts import Cohort
from placements.models.completion import CompletionRule
from placements.models.enrolments import Enrolment
from placements.models.programmes import Module, ModuleRuleKind
from placements.models.teaching import ModuleRun, TeacherKind, TeachingSession
from placements.models.users import User

PEER, PROFESSIONAL, EXTERNAL = TeacherKind
ROOM = "Recovery-skolen, lokale 2"
SCHOOL = "Skolen for Recovery, lokale 1"
# Hovedstaden's runs: the module, the first day, the weekday, and the seats.
PAST = ((2, date(2017, 10, 9), 0, 10), (3, date(2017, 11, 14), 1, 10), (4, date(2018, 1, 15), 0, 10))
COMING = ((2, date(2025, 2, 10), 0, 10), (3, date(2025, 2, 18), 1, 8), (2, date(2025, 4, 8), 1, 10))


GUESTS = 3
AWAY = ("mona.said@example.org", 2)


def teach_viborg(session: Session, cohort: Cohort, staff: dict[str, User]) -> None:
    """26 times three hours, with two teachers as equals, and two study groups (V-05, V-07)."""
    laid_on = cohort.starts_on - timedelta(days=30)
    lines = [replace(timetables.line_of_planned(one), place=ROOM) for one in timetables.proposal(cohort)]
    timetables.save(session, cohort, lines, seen=session_lines.mark([]), today=laid_on, now=_noon(laid_on))
    session.flush()
    sessions = timetables.standing(session, cohort)
    professional, peer = staff["underviser@example.org"], staff["anders.lykke@example.org"]
    _put_on(session, sessions, professional, PROFESSIONAL)
    _put_on(session, sessions, peer, PEER)
    study_groups.divide(session, cohort, size=4)


def teach_hovedstaden(session: Session, cohort: Cohort, staff: dict[str, User]) -> None:
    """The introduction for all together; then each signs up for runs of the others (H-13, H-16, H-17)."""
    modules = {module.number: module for module in cohort.programme.modules}
    _introduction(session, cohort, modules[1])
    people = session.scalars(
        select(Enrolment).where(Enrolment.cohort_id == cohort.id).order_by(Enrolment.id)
    ).all()
    for number, first, weekday, seats in PAST:
        run = _run(session, cohort, modules[number], first, weekday, seats)
        for person in people:
            rule = modules[number].rules_by_audience[person.audience].rule
            if rule is ModuleRuleKind.COMPULSORY and (person.user.email, number) != AWAY:
                before = first - timedelta(days=14)
                run_sign_ups.sign_up(session, person, run, today=before, now=_noon(before))
                session.flush()
    _allow_later(session, people, staff["koordinator.h@example.org"])
    for number, first, weekday, seats in COMING:
        _run(session, cohort, modules[number], first, weekday, seats)
    taught = [one for run in module_runs.of_cohort(session, cohort) for one in run.sessions]
    led = [one for one in taught if one.held_on != COMING[1][1]]
    _put_on(session, led, staff["anders.lykke@example.org"], PEER, leads=True)
    guests = [one for one in taught if one.run.module.number == GUESTS]
    teaching_teams.put_on(
        session, guests, cohort.programme, user_id=None, name="Bente Skovgaard", kind=EXTERNAL
    )


def _allow_later(session: Session, people: Sequence[Enrolment], coordinator: User) -> None:
    """The one who was away may take the last module after the deadline (H-18)."""
    person = next(person for person in people if person.user.email == AWAY[0])
    completion.give_exception(
        session,
        person,
        Actor(id=coordinator.id, name=coordinator.name),
        rule=CompletionRule.DEADLINE,
        module=None,
        reason="Har haft orlov og tager det sidste modul i foråret 2025.",
        today=date(2025, 1, 15),
    )
    session.flush()


def _introduction(session: Session, cohort: Cohort, module: Module) -> None:
    rhythm = Rhythm(cohort.starts_on, frozenset({0}), time(9), 240)
    laid_on = cohort.starts_on - timedelta(days=30)
    timetables.save(
        session,
        cohort,
        _lines(module, rhythm),
        seen=session_lines.mark([]),
        today=laid_on,
        now=_noon(laid_on),
    )
    session.flush()


def _run(
    session: Session, cohort: Cohort, module: Module, first: date, weekday: int, seats: int
) -> ModuleRun:
    rhythm = Rhythm(first, frozenset({weekday}), time(9), 240)
    laid_on = first - timedelta(days=60)
    run = module_runs.create(
        session, cohort, module, _lines(module, rhythm), seats=seats, today=laid_on, now=_noon(laid_on)
    )
    session.flush()
    return run


def _lines(module: Module, rhythm: Rhythm) -> list[Line]:
    planned = lay([timetables.part_of(module)], rhythm)
    return [replace(timetables.line_of_planned(one), place=SCHOOL) for one in planned]


def _put_on(
    session: Session,
    sessions: Sequence[TeachingSession],
    teacher: User,
    kind: TeacherKind,
    *,
    leads: bool = False,
) -> None:
    programme = sessions[0].run.cohort.programme
    teaching_teams.put_on(session, sessions, programme, user_id=teacher.id, name=None, kind=kind, leads=leads)
    session.flush()


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(11), UTC)
