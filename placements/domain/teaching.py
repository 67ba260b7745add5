"""The sessions of the theory: who sees them."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Select, false, select

from placements.domain import attendance_ledger
from placements.domain.actors import Actor
from placements.models.cohorts import Cohort
from placements.models.enrolments import Enrolment
from placements.models.teaching import ModuleRun, TeachingSession


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
