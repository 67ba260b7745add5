"""What waits for staff at the registers: sessions that are over without one."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from placements.domain import attendance_ledger, teaching
from placements.domain.actors import Actor
from placements.domain.tasks import Task, TaskGroup, group
from placements.i18n import _
from placements.models.enrolments import Enrolment
from placements.models.teaching import ModuleRun, TeachingSession


def unkept(session: Session, actor: Actor, *, today: date) -> TaskGroup:
    """Held before today, by somebody for somebody; the oldest first."""
    attended = select(Enrolment.id).where(attendance_ledger.takes_part()).exists()
    chosen = (
        teaching.visible_to(actor)
        .join(ModuleRun, ModuleRun.id == TeachingSession.run_id)
        .options(joinedload(TeachingSession.run).joinedload(ModuleRun.module))
        .options(joinedload(TeachingSession.run).joinedload(ModuleRun.cohort))
        .where(TeachingSession.held_on < today, TeachingSession.register_kept_at.is_(None), attended)
        .order_by(TeachingSession.held_on, TeachingSession.starts_at, TeachingSession.id)
    )
    tasks = [
        Task(
            _("%(module)s den %(day)s", module=taught.run.module.title, day=taught.held_on),
            f"/teaching/{taught.id}",
            taught.run.cohort.name,
            action=_("Før protokollen"),
            action_href=f"/teaching/{taught.id}#register",
        )
        for taught in session.scalars(chosen)
    ]
    return group("registers", _("Protokoller, der ikke er ført"), _("Alle protokoller er ført."), tasks)
