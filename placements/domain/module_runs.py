"""Runs of a module: laid by the coordinator, with seats and sign-up where participants choose (H-17)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from placements.db import one_at_a_time
from placements.domain import enrolments, session_lines, teaching_people
from placements.domain.actors import Actor
from placements.domain.rules import RuleBroken
from placements.domain.session_lines import Line
from placements.i18n import _
from placements.models.cohorts import Cohort
from placements.models.enrolments import Enrolment
from placements.models.programmes import Module
from placements.models.teaching import ModuleRun, RunSignUp, TeachingSession

MOST_SEATS = 200


# Visibility


def _of_programmes(programme_ids: Iterable[int]) -> ColumnElement[bool]:
    return ModuleRun.cohort_id.in_(select(Cohort.id).where(Cohort.programme_id.in_(programme_ids)))


def visible_to(actor: Actor) -> Select[ModuleRun]:
    """Staff: those of their programmes. Participants: their cohort's, and those they may choose."""
    own = select(Enrolment.cohort_id).where(Enrolment.user_id == actor.id)
    programmes = select(Cohort.programme_id).where(Cohort.id.in_(own))
    chosen = ModuleRun.cohort_id.in_(select(Cohort.id).where(Cohort.programme_id.in_(programmes)))
    return select(ModuleRun).where(
        or_(
            _of_programmes(actor.programme_ids | actor.teaching_ids),
            ModuleRun.cohort_id.in_(own),
            and_(ModuleRun.sign_up, chosen),
        )
    )


def coordinated_by(actor: Actor) -> Select[ModuleRun]:
    return select(ModuleRun).where(_of_programmes(actor.programme_ids))


# Questions


def begins_on(run: ModuleRun) -> date | None:
    return run.sessions[0].held_on if run.sessions else None


def ends_on(run: ModuleRun) -> date | None:
    return run.sessions[-1].held_on if run.sessions else None


def has_begun(run: ModuleRun, *, today: date) -> bool:
    """Its first session has been held; on the day itself only once its register is kept."""
    first = begins_on(run)
    return first is not None and (first < today or session_lines.is_kept(run.sessions[0]))


def taken_seats(session: Session, run_ids: Collection[int]) -> dict[int, int]:
    """Who has left the course holds none."""
    counted = (
        select(RunSignUp.run_id, func.count())
        .join(Enrolment, Enrolment.id == RunSignUp.enrolment_id)
        .where(RunSignUp.run_id.in_(run_ids), enrolments.staying())
    )
    taken = dict(session.execute(counted.group_by(RunSignUp.run_id)).all())
    return {run_id: taken.get(run_id, 0) for run_id in run_ids}


def of_cohort(session: Session, cohort: Cohort) -> list[ModuleRun]:
    """With their sessions and teachers, in the order they begin; without a session first."""
    runs = session.scalars(
        select(ModuleRun)
        .where(ModuleRun.cohort_id == cohort.id)
        .options(
            joinedload(ModuleRun.module),
            selectinload(ModuleRun.sessions).selectinload(TeachingSession.teachers),
        )
        .order_by(ModuleRun.id)
    ).all()
    return sorted(runs, key=lambda run: (begins_on(run) or date.min, run.module.number, run.number))


def sign_ups(session: Session, run: ModuleRun) -> list[RunSignUp]:
    """With the people, in the order they signed up."""
    query = (
        select(RunSignUp)
        .where(RunSignUp.run_id == run.id)
        .options(joinedload(RunSignUp.enrolment).joinedload(Enrolment.user))
        .order_by(RunSignUp.signed_up_at, RunSignUp.id)
    )
    return list(session.scalars(query))


def with_sign_up(session: Session, cohort: Cohort) -> set[int]:
    """Modules that the cohort's participants sign up for."""
    query = select(ModuleRun.module_id).where(ModuleRun.cohort_id == cohort.id, ModuleRun.sign_up)
    return set(session.scalars(query))


def next_number(session: Session, cohort: Cohort, module_id: int) -> int:
    query = select(func.max(ModuleRun.number)).where(
        ModuleRun.cohort_id == cohort.id, ModuleRun.module_id == module_id
    )
    return (session.scalar(query) or 0) + 1


# Actions


def create(
    session: Session,
    cohort: Cohort,
    module: Module,
    lines: Sequence[Line],
    *,
    seats: int | None,
    reason: str | None = None,
    today: date,
    now: datetime,
) -> ModuleRun:
    """A run that one signs up for, with its sessions. Without `seats` there is room for everybody."""
    one_at_a_time(session, f"timetable {cohort.id}")
    if module.programme_id != cohort.programme_id:
        raise RuleBroken(_("Vælg et modul fra uddannelsen."), field="module_id")
    if not lines:
        raise RuleBroken(_("Læg mindst én undervisningsgang."))
    number = next_number(session, cohort, module.id)
    run = ModuleRun(cohort=cohort, module=module, number=number, sign_up=True, seats=seats)
    session.add(run)
    session_lines.write(
        session,
        cohort,
        [],
        lines,
        lambda _module_id: run,
        seen=session_lines.mark([]),
        reason=reason,
        today=today,
        now=now,
    )
    return run


def save(
    session: Session,
    run: ModuleRun,
    lines: Sequence[Line],
    *,
    seats: int | None,
    seen: int,
    reason: str | None = None,
    today: date,
    now: datetime,
) -> None:
    """Its seats and sessions. Nobody who has signed up loses the seat."""
    one_at_a_time(session, f"run {run.id}")
    if run.sign_up:
        taken = taken_seats(session, [run.id])[run.id]
        if seats is not None and seats < taken:
            raise RuleBroken(
                _("%(number)s har allerede meldt sig til. Skriv mindst så mange pladser.", number=taken),
                field="seats",
            )
        run.seats = seats
    known = teaching_people.loaded(session, [run.id])
    session_lines.write(
        session,
        run.cohort,
        known,
        lines,
        lambda _module_id: run,
        seen=seen,
        reason=reason,
        today=today,
        now=now,
    )


def call_off(session: Session, run: ModuleRun, *, today: date, now: datetime) -> None:
    """The whole run, while nothing of it has been held. Those who had signed up are told."""
    one_at_a_time(session, f"run {run.id}")
    if has_begun(run, today=today):
        raise RuleBroken(_("Der har været undervisning, så modulforløbet kan ikke aflyses."))
    known = teaching_people.loaded(session, [run.id])
    coming = [one for one in known if one.held_on >= today]
    teaching_people.tell(session, teaching_people.concerned(session, coming), now=now)
    session_lines.remove(session, known)
    for sign_up in sign_ups(session, run):
        session.delete(sign_up)
    session.flush()
    session.expire(run, ["sessions"])
    session.delete(run)
