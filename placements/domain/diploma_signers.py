"""Whose names stand at the foot of a diploma: both teachers, as equals (V-07), and who leads it (H-20)."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from placements.domain import users
from placements.i18n import Text, _
from placements.models.cohorts import Cohort
from placements.models.diploma_designs import DiplomaDesign
from placements.models.teaching import ModuleRun, SessionTeacher, TeacherKind, TeachingSession

TITLES: dict[TeacherKind, Text] = {
    TeacherKind.PROFESSIONAL: _("Underviser, faguddannet"),
    TeacherKind.PEER: _("Underviser, peer-uddannet"),
}
LEADER = _("Leder af uddannelsen")


def of(session: Session, cohort: Cohort, design: DiplomaDesign) -> list[tuple[str, str]]:
    """Name and title of two teachers and the leader."""
    return [*teachers(session, cohort), *leader(session, cohort.programme_id, design)]


def teachers(session: Session, cohort: Cohort) -> list[tuple[str, str]]:
    """Of each kind the one who has taught most; where no session says, those of the programme."""
    most: dict[TeacherKind, str] = {}
    for kind, name in session.execute(
        select(SessionTeacher.kind, SessionTeacher.name)
        .join(SessionTeacher.session)
        .join(TeachingSession.run)
        .where(ModuleRun.cohort_id == cohort.id, SessionTeacher.kind.in_(TITLES))
        .group_by(SessionTeacher.kind, SessionTeacher.name)
        .order_by(func.count().desc(), SessionTeacher.name)
    ):
        most.setdefault(kind, name)
    if most:
        return [(most[kind], title) for kind, title in TITLES.items() if kind in most]
    return [(user.name, _("Underviser")) for user in users.teachers_of(session, cohort.programme_id)[:2]]


def leader(session: Session, programme_id: int, design: DiplomaDesign) -> list[tuple[str, str]]:
    title = design.leader_title or LEADER
    if design.leader_name:
        return [(design.leader_name, title)]
    return [(user.name, title) for user in users.coordinators_of(session, programme_id)[:1]]
