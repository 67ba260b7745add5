"""The sessions of the theory: who sees them, and the list of what is coming and what has been."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Select, false, select, tuple_
from sqlalchemy.orm import Session, joinedload, selectinload

from placements.domain import attendance_ledger, teaching_teams
from placements.domain.actors import Actor
from placements.domain.rules import Unmet
from placements.domain.tasks import Task, TaskGroup, group
from placements.i18n import _
from placements.models.cohorts import Cohort
from placements.models.enrolments import Enrolment
from placements.models.teaching import ModuleRun, TeachingSession

PAGE = 50
FOUR_WEEKS = timedelta(days=28)


def _of_programmes(programme_ids: frozenset[int]) -> ColumnElement[bool]:
    runs = (
        select(ModuleRun.id)
        .join(Cohort, Cohort.id == ModuleRun.cohort_id)
        .where(Cohort.programme_id.in_(programme_ids))
    )
    return TeachingSession.run_id.in_(runs)


def visible_to(actor: Actor) -> Select[TeachingSession]:
    """Staff: those of their programmes, whose registers they may keep."""
    return select(TeachingSession).where(_of_programmes(actor.programme_ids | actor.teaching_ids))


def coordinated_by(actor: Actor) -> Select[TeachingSession]:
    """Those that the coordinator may plan anew."""
    return select(TeachingSession).where(_of_programmes(actor.programme_ids))


def attended_by(actor: Actor) -> Select[TeachingSession]:
    """Those of the runs that a participant is in; which are for them, `attendance_ledger.is_for` says."""
    if actor.id is None:
        return select(TeachingSession).where(false())
    mine = (
        select(ModuleRun.id)
        .select_from(Enrolment)
        .join(ModuleRun, attendance_ledger.takes_part())
        .where(Enrolment.user_id == actor.id)
    )
    return select(TeachingSession).where(TeachingSession.run_id.in_(mine))


# Questions


@dataclass(frozen=True, slots=True)
class SessionLine:
    """A session in a list, with the teachers it lacks."""

    session: TeachingSession
    missing: list[Unmet]


@dataclass(frozen=True, slots=True)
class Page:
    """`after` is the last session shown; None on the last page."""

    lines: list[SessionLine]
    after: int | None


def with_all(chosen: Select[TeachingSession]) -> Select[TeachingSession]:
    """With run, module, cohort, programme and teachers: as many statements for one as for many."""
    run = joinedload(TeachingSession.run)
    return chosen.options(
        run.joinedload(ModuleRun.module),
        run.joinedload(ModuleRun.cohort).joinedload(Cohort.programme),
        selectinload(TeachingSession.teachers),
    )


def line_of(taught: TeachingSession) -> SessionLine:
    return SessionLine(taught, teaching_teams.missing(taught, taught.run.cohort.programme))


def page(
    session: Session,
    actor: Actor,
    *,
    cohort: str = "",
    past: bool = False,
    after: int | None = None,
    today: date,
) -> Page:
    """Coming sessions, the next first; or those that have been, the latest first."""
    key = (TeachingSession.held_on, TeachingSession.starts_at, TeachingSession.id)
    day = TeachingSession.held_on
    chosen = visible_to(actor).where(day < today if past else day >= today)
    if cohort:
        runs = (
            select(ModuleRun.id).join(Cohort, Cohort.id == ModuleRun.cohort_id).where(Cohort.slug == cohort)
        )
        chosen = chosen.where(TeachingSession.run_id.in_(runs))
    seen = session.execute(
        visible_to(actor).with_only_columns(*key).where(TeachingSession.id == after)
    ).first()
    if seen:
        chosen = chosen.where(tuple_(*key) < tuple_(*seen) if past else tuple_(*key) > tuple_(*seen))
    order = [column.desc() if past else column for column in key]
    found = session.scalars(with_all(chosen).order_by(*order).limit(PAGE + 1)).all()
    lines = [line_of(taught) for taught in found[:PAGE]]
    return Page(lines, found[PAGE - 1].id if len(found) > PAGE else None)


def cohorts_taught(session: Session, actor: Actor) -> list[Cohort]:
    """Cohorts with sessions that this person sees, the newest first."""
    runs = visible_to(actor).with_only_columns(TeachingSession.run_id)
    taught = select(ModuleRun.cohort_id).where(ModuleRun.id.in_(runs))
    return list(
        session.scalars(
            select(Cohort).where(Cohort.id.in_(taught)).order_by(Cohort.starts_on.desc(), Cohort.id)
        )
    )


def lacking_teachers(session: Session, actor: Actor, *, today: date) -> TaskGroup:
    """Sessions of the next four weeks without the teachers their programme asks for (V-07, H-20)."""
    chosen = (
        coordinated_by(actor)
        .where(TeachingSession.held_on >= today, TeachingSession.held_on < today + FOUR_WEEKS)
        .order_by(TeachingSession.held_on, TeachingSession.starts_at, TeachingSession.id)
    )
    tasks = [
        Task(
            _(
                "%(module)s, %(cohort)s, %(day)s",
                module=line.session.run.module.title,
                cohort=line.session.run.cohort.name,
                day=line.session.held_on,
            ),
            f"/teaching/{line.session.id}",
            line.missing[0].text,
            action=_("Sæt en underviser på"),
            action_href=f"/teaching/{line.session.id}/edit#teachers",
        )
        for line in map(line_of, session.scalars(with_all(chosen)))
        if line.missing
    ]
    return group(
        "teachers",
        _("Undervisning, der mangler en underviser"),
        _("Al undervisning de næste fire uger har sine undervisere."),
        tasks,
        "/teaching",
    )
