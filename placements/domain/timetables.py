"""A cohort's timetable: what is proposed, what stands, and saving it all in one step (V-05)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from placements.db import one_at_a_time
from placements.domain import module_runs, session_lines, teaching_people
from placements.domain.attendance_ledger import length
from placements.domain.rules import RuleBroken
from placements.domain.schedules import Part, Planned, Rhythm, lay
from placements.domain.session_lines import Line, is_kept
from placements.i18n import Text, _
from placements.models.cohorts import Cohort
from placements.models.programmes import Module, ModuleRuleKind, Programme
from placements.models.teaching import ModuleRun, TeachingSession

NINE = time(9)
THREE_HOURS = 180


# What is proposed


def part_of(module: Module) -> Part:
    """Introduction days and extra hours of the audiences it is offered to (H-13, H-14).

    Where some have a number of days, an audience without one has as many as those with the most.
    """
    offered = [rule for rule in module.rules if rule.rule is not ModuleRuleKind.NOT_OFFERED]
    most = max((rule.introduction_days or 0 for rule in offered), default=0)
    days = {rule.audience.value: rule.introduction_days or most for rule in offered} if most else {}
    extra = {rule.audience.value: rule.extra_minutes for rule in offered if rule.extra_minutes}
    return Part(module.id, module.minutes, days, extra)


def rhythm_of(cohort: Cohort) -> Rhythm:
    """As the cohort says; what it leaves out is asked for, and begins at nine and lasts three hours."""
    return Rhythm(
        starts_on=cohort.starts_on,
        weekdays=frozenset(cohort.theory_weekdays),
        starts_at=cohort.theory_time or NINE,
        minutes=cohort.programme.session_minutes or THREE_HOURS,
        skip_weeks=frozenset(cohort.theory_skip_weeks),
    )


def proposal(cohort: Cohort, rhythm: Rhythm | None = None) -> list[Planned]:
    """All modules of the programme, in order."""
    return lay([part_of(module) for module in cohort.programme.modules], rhythm or rhythm_of(cohort))


@dataclass(frozen=True, slots=True)
class Proposal:
    """Lines to begin with; `refusal` says why they are not those that were asked for."""

    lines: list[Line]
    refusal: Text | str = ""


def begin_with(
    session: Session, cohort: Cohort, known: Sequence[TeachingSession], rhythm: Rhythm, *, anew: bool
) -> Proposal:
    """The timetable that stands; a proposal where there is none yet, or when one is asked for."""
    standing_lines = [session_lines.line_of(one) for one in known if not is_kept(one)]
    if known and not anew:
        return Proposal(standing_lines)
    apart = module_runs.with_sign_up(session, cohort)
    modules = [module for module in cohort.programme.modules if module.id not in apart]
    try:
        return Proposal(proposed_anew(modules, known, rhythm))
    except RuleBroken as broken:
        return Proposal(standing_lines, broken.sentence)


def rhythm_from(cohort: Cohort, today: date) -> Rhythm:
    """For a module that is still to come."""
    return replace(rhythm_of(cohort), starts_on=max(cohort.starts_on, today))


def proposed_run(module: Module, rhythm: Rhythm) -> Proposal:
    """One run of one module."""
    try:
        return Proposal([line_of_planned(one) for one in lay([part_of(module)], rhythm)])
    except RuleBroken as broken:
        return Proposal([], broken.sentence)


def proposed_anew(modules: Sequence[Module], known: Sequence[TeachingSession], rhythm: Rhythm) -> list[Line]:
    """What is not held yet, laid again from a day on; a session that stands is moved rather than replaced.

    An introduction or a module with extra hours that has begun stays as it is: its days belong together.
    """
    kept = [one for one in known if is_kept(one)]
    begun = {one.run.module_id for one in kept}
    staying, parts = set[int](), []
    for part in map(part_of, modules):
        if part.module_id in begun and (part.days or part.extra):
            staying.add(part.module_id)
        else:
            parts.append(Part(part.module_id, _left(part, kept), part.days, part.extra))
    standing = [one for one in known if is_kept(one) or one.run.module_id in staying]
    taken = frozenset(one.held_on for one in standing)
    first = max([rhythm.starts_on, *(one.held_on + timedelta(days=1) for one in kept)])
    days = replace(rhythm, starts_on=first, taken=taken)
    planned = lay([part for part in parts if part.minutes], days)
    stay = [session_lines.line_of(one) for one in standing if not is_kept(one)]
    lines = [*stay, *_onto(planned, [one for one in known if one not in standing])]
    return sorted(lines, key=lambda line: (line.held_on, line.starts_at))


def _left(part: Part, kept: Sequence[TeachingSession]) -> int:
    held = sum(length(one.starts_at, one.ends_at) for one in kept if one.run.module_id == part.module_id)
    return max(part.minutes - held, 0)


def _onto(planned: Sequence[Planned], free: Sequence[TeachingSession]) -> list[Line]:
    """The planned ones as lines, each on a session of its module while there are any."""
    waiting: dict[int, list[TeachingSession]] = {}
    for standing_one in free:
        waiting.setdefault(standing_one.run.module_id, []).append(standing_one)
    lines = []
    for one in planned:
        old = waiting[one.module_id].pop(0) if waiting.get(one.module_id) else None
        lines.append(line_of_planned(one, old))
    return lines


def line_of_planned(planned: Planned, old: TeachingSession | None = None) -> Line:
    return Line(
        module_id=planned.module_id,
        held_on=planned.held_on,
        starts_at=planned.starts_at,
        ends_at=planned.ends_at,
        place=old.place if old else None,
        link=old.link if old else None,
        audiences=planned.audiences,
        extra_minutes=planned.extra_minutes,
        session_id=old.id if old else None,
    )


# What stands


def common_runs(session: Session, cohort: Cohort) -> dict[int, ModuleRun]:
    """Module → the run that everybody in the cohort is in."""
    query = select(ModuleRun).where(ModuleRun.cohort_id == cohort.id, ModuleRun.sign_up.is_(False))
    runs: dict[int, ModuleRun] = {}
    for run in session.scalars(query.order_by(ModuleRun.number)):
        runs.setdefault(run.module_id, run)
    return runs


def standing(session: Session, cohort: Cohort) -> list[TeachingSession]:
    """Of all modules that one does not sign up for, in the order they are held."""
    return teaching_people.loaded(session, [run.id for run in common_runs(session, cohort).values()])


def unlike(programme: Programme, slots: Collection[tuple[int, int]]) -> list[tuple[Module, int]]:
    """Modules that are taught for longer or shorter than the programme says, with their minutes here.

    `slots` are the module and the minutes of each session; a module without any is taught elsewhere.
    """
    planned: dict[int, int] = {}
    for module_id, minutes in slots:
        planned[module_id] = planned.get(module_id, 0) + minutes
    return [(m, planned[m.id]) for m in programme.modules if planned.get(m.id, m.minutes) != m.minutes]


# Saving


def save(
    session: Session,
    cohort: Cohort,
    lines: Sequence[Line],
    *,
    seen: int,
    reason: str | None = None,
    today: date,
    now: datetime,
) -> None:
    """The whole timetable in one step; a module that comes or goes gets or loses its run."""
    one_at_a_time(session, f"timetable {cohort.id}")
    known = standing(session, cohort)
    runs = common_runs(session, cohort)
    modules = {module.id: module for module in cohort.programme.modules}

    def run_for(module_id: int) -> ModuleRun:
        if module_id not in modules:
            raise RuleBroken(_("Vælg et modul fra uddannelsen."))
        if module_id not in runs:
            number = module_runs.next_number(session, cohort, module_id)
            runs[module_id] = ModuleRun(cohort=cohort, module=modules[module_id], number=number)
            session.add(runs[module_id])
        return runs[module_id]

    session_lines.write(
        session, cohort, known, lines, run_for, seen=seen, reason=reason, today=today, now=now
    )
    session.flush()
    for run in runs.values():
        session.expire(run, ["sessions"])
        if not run.sessions:
            session.delete(run)
