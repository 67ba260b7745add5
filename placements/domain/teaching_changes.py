"""One session is moved or called off, and those concerned are told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from placements.db import one_at_a_time
from placements.domain import (
    attendance_ledger,
    completion_watch,
    enrolments,
    session_lines,
    teaching_clashes,
    teaching_people,
    timetables,
)
from placements.domain.rules import RuleBroken
from placements.domain.session_lines import Line
from placements.domain.teaching_clashes import Clash
from placements.i18n import _
from placements.models.enrolments import Enrolment
from placements.models.teaching import ModuleRun, RunSignUp, TeachingSession


def beside(session: Session, taught: TeachingSession) -> list[TeachingSession]:
    """The other sessions that the same people are to be at: the cohort's timetable, or those of the run."""
    run = taught.run
    if run.sign_up:
        all_of = teaching_people.loaded(session, [run.id])
    else:
        all_of = timetables.standing(session, run.cohort)
    return [one for one in all_of if one.id != taught.id]


def clashes(session: Session, taught: TeachingSession, line: Line) -> list[Clash]:
    """What is to be known about the session if it is held as the line says."""
    others = [*beside(session, taught), *_chosen_besides(session, taught, line)]
    return teaching_clashes.of([*others, line], taught.run.cohort)[-1]


def _chosen_besides(session: Session, taught: TeachingSession, line: Line) -> list[TeachingSession]:
    """What those who signed up, and whom the line is for, are to be at that day in other runs."""
    if not taught.run.sign_up:
        return []
    chosen = select(RunSignUp.enrolment_id).where(RunSignUp.run_id == taught.run_id)
    query = (
        select(TeachingSession, Enrolment.audience)
        .join(ModuleRun, ModuleRun.id == TeachingSession.run_id)
        .join(Enrolment, attendance_ledger.takes_part())
        .where(
            TeachingSession.held_on == line.held_on,
            TeachingSession.run_id != taught.run_id,
            Enrolment.id.in_(chosen),
            enrolments.staying(),
        )
    )
    found = {
        one.id: one
        for one, audience in session.execute(query)
        if attendance_ledger.is_for(one, audience) and (not line.audiences or audience in line.audiences)
    }
    return list(found.values())


def move(
    session: Session,
    taught: TeachingSession,
    line: Line,
    *,
    reason: str | None = None,
    today: date,
    now: datetime,
) -> None:
    """When, where and for whom. Told are those who were to come and those who are now; never of the past.

    Once its register is kept a session stays when it was; place and link may be put right.
    """
    one_at_a_time(session, f"timetable {taught.run.cohort_id}")
    line = replace(line, session_id=taught.id, module_id=taught.run.module_id)
    session_lines.check_times(line)
    _refuse_moving_what_is_kept(taught, line)
    others = [*beside(session, taught), *_chosen_besides(session, taught, line)]
    session_lines.refuse_clashes(taught.run.cohort, others, [line], {taught.id: taught}, reason)
    news = session_lines.is_news(taught, line, today=today)
    told = teaching_people.concerned(session, [taught])
    if taught.held_on != line.held_on:
        session_lines.forget_notices(session, [taught.id])
    session_lines.put(session, line, {taught.id: taught}, lambda _module_id: taught.run, reason)
    session.flush()
    completion_watch.after_change(session, [taught.run], now=now)
    if news:
        teaching_people.tell(session, told | teaching_people.concerned(session, [taught]), now=now)


def _refuse_moving_what_is_kept(taught: TeachingSession, line: Line) -> None:
    old = session_lines.line_of(taught)
    moved = next(
        (
            name
            for name in ("held_on", "starts_at", "ends_at", "audiences")
            if getattr(old, name) != getattr(line, name)
        ),
        None,
    )
    if session_lines.is_kept(taught) and moved:
        raise RuleBroken(
            _("Protokollen er ført, så tiden ligger fast. Sted og link kan stadig rettes."), field=moved
        )


def call_off(session: Session, taught: TeachingSession, *, today: date, now: datetime) -> None:
    if session_lines.is_kept(taught):
        raise RuleBroken(_("Protokollen er ført, så undervisningen kan ikke aflyses."))
    if taught.held_on >= today:
        teaching_people.tell(session, teaching_people.concerned(session, [taught]), now=now)
    run = taught.run
    session_lines.remove(session, [taught])
    session.flush()
    completion_watch.after_change(session, [run], now=now)


def taught_with(session: Session, taught: TeachingSession, scope: str) -> list[TeachingSession]:
    """This one ("session"), with it all of the module ("run"), or all of the timetable; not what is over."""
    together = [] if scope == "session" else beside(session, taught)
    if scope == "run":
        together = [one for one in together if one.run_id == taught.run_id]
    return [taught, *(one for one in together if not session_lines.is_kept(one))]
