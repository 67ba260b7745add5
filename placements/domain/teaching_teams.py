"""Who teaches a session, and who is missing (V-07, H-20)."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy.orm import Session

from placements.domain import users
from placements.domain.rules import RuleBroken, Unmet
from placements.i18n import Text, _
from placements.models.programmes import Programme
from placements.models.teaching import SessionTeacher, TeacherKind, TeachingSession
from placements.models.users import User

_MISSING = {
    TeacherKind.PEER: _("Mangler en peer-underviser"),
    TeacherKind.PROFESSIONAL: _("Mangler en faglig underviser"),
    TeacherKind.EXTERNAL: _("Mangler en underviser udefra"),
}
_NOT_LEADING = {
    TeacherKind.PEER: _("Mangler en peer-underviser, som leder"),
    TeacherKind.PROFESSIONAL: _("Mangler en faglig underviser, som leder"),
    TeacherKind.EXTERNAL: _("Mangler en underviser udefra, som leder"),
}


# Questions


def required(programme: Programme) -> list[TeacherKind]:
    return [TeacherKind(kind) for kind in programme.teachers_required]


def one_leads(programme: Programme) -> bool:
    """Several kinds teach as equals (V-07). Where one kind alone is asked for, it leads (H-20)."""
    return len(programme.teachers_required) == 1


def missing(session: TeachingSession, programme: Programme) -> list[Unmet]:
    """A line for each kind of teacher that the programme asks for and the session lacks. Others may join."""
    leads = one_leads(programme)
    there = {teacher.kind for teacher in session.teachers if teacher.leads or not leads}
    sentences: dict[TeacherKind, Text] = _NOT_LEADING if leads else _MISSING
    return [Unmet(kind.value, sentences[kind]) for kind in required(programme) if kind not in there]


# Actions


def put_on(
    session: Session,
    sessions: Collection[TeachingSession],
    programme: Programme,
    *,
    user_id: int | None,
    name: str | None,
    kind: TeacherKind,
    leads: bool = False,
) -> int:
    """On each of them that the teacher is not on yet; on how many. Whoever leads now, leads alone.

    With an account: somebody who has the role of a teacher in the programme, a graduate too (V-15).
    """
    user = _chosen(session, programme, user_id)
    said = user.name if user else (name or "").strip()
    if not said:
        raise RuleBroken(_("Vælg en underviser, eller skriv et navn."), field="name")
    added = 0
    for taught in sessions:
        own = next((t for t in taught.teachers if _is_same(t, user, said)), None)
        if own is None:
            own = SessionTeacher(user=user, name=said, kind=kind, leads=False)
            taught.teachers.append(own)
            added += 1
        own.kind = kind
        for teacher in taught.teachers if leads else ():
            teacher.leads = teacher is own
    return added


def _chosen(session: Session, programme: Programme, user_id: int | None) -> User | None:
    if user_id is None:
        return None
    user = next((user for user in users.teachers_of(session, programme.id) if user.id == user_id), None)
    if user is None:
        raise RuleBroken(_("Vælg en, der er underviser på uddannelsen."), field="user_id")
    return user


def _is_same(teacher: SessionTeacher, user: User | None, name: str) -> bool:
    return teacher.user_id == user.id if user else teacher.user_id is None and teacher.name == name


def take_off(session: TeachingSession, teacher_id: int) -> None:
    """Somebody whom a colleague has taken off already is gone all the same."""
    for teacher in [teacher for teacher in session.teachers if teacher.id == teacher_id]:
        session.teachers.remove(teacher)
