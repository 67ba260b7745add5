"""Attendance at a follow-up day: whom its register names, who was there, and registering it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from placements.domain.placement_states import FINISHED, RUNNING
from placements.domain.rules import RuleBroken
from placements.i18n import _
from placements.models.follow_up_days import AttendanceStatus, FollowUpAttendance, FollowUpDay
from placements.models.placements import Placement

ATTENDED = frozenset({AttendanceStatus.PRESENT, AttendanceStatus.EXCUSED})
"""Counts towards completing the practicum."""


# Questions


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody who takes part in the day; `status` is empty until it is registered."""

    placement_id: int
    name: str
    status: AttendanceStatus | None


def is_reached(day: FollowUpDay, *, today: date) -> bool:
    return day.held_on is not None and day.held_on <= today


def at_day() -> ColumnElement[bool]:
    """Joins the attendance of a placement at a day, if there is one."""
    return and_(FollowUpAttendance.placement_id == Placement.id, FollowUpAttendance.day_id == FollowUpDay.id)


def takes_part() -> ColumnElement[bool]:
    """In practicum or through with it; and whoever was registered before they stopped."""
    return or_(Placement.status.in_(RUNNING | FINISHED), FollowUpAttendance.id.is_not(None))


def participants(session: Session, day: FollowUpDay) -> list[Participant]:
    """Whom the day's register names, by name: nothing else about their placements."""
    query = (
        select(Placement.id, Placement.student_name, FollowUpAttendance.status)
        .join(FollowUpDay, FollowUpDay.cohort_id == Placement.cohort_id)
        .outerjoin(FollowUpAttendance, at_day())
        .where(FollowUpDay.id == day.id, takes_part())
        .order_by(Placement.student_name, Placement.id)
    )
    return [Participant(*row) for row in session.execute(query)]


def registered_for(
    session: Session, placement_ids: Collection[int]
) -> dict[int, dict[int, AttendanceStatus]]:
    """Placement → number of the day → attendance; a placement that has none yet has an empty dict."""
    found: dict[int, dict[int, AttendanceStatus]] = {placement_id: {} for placement_id in placement_ids}
    query = (
        select(FollowUpAttendance.placement_id, FollowUpDay.number, FollowUpAttendance.status)
        .join(FollowUpDay, FollowUpDay.id == FollowUpAttendance.day_id)
        .where(FollowUpAttendance.placement_id.in_(found))
    )
    for placement_id, number, status in session.execute(query):
        found[placement_id][number] = status
    return found


def attended_days(
    session: Session, days: Sequence[FollowUpDay], placement: Placement | None
) -> list[FollowUpDay]:
    """Those of the days that the student was present at."""
    if placement is None:
        return []
    kept = registered_for(session, [placement.id])[placement.id]
    return [day for day in days if kept.get(day.number) is AttendanceStatus.PRESENT]


# Actions


def register(
    session: Session, day: FollowUpDay, attendance: Mapping[int, AttendanceStatus], *, today: date
) -> None:
    """Who was there, by placement. A change of it is a change of the day: two people cannot both be first."""
    _refuse_too_early(day, today=today)
    listed = {participant.placement_id for participant in participants(session, day)}
    if not listed.issuperset(attendance):
        raise RuleBroken(_("Listen har ændret sig. Hent siden igen, og se, hvem der er med nu."))
    query = select(FollowUpAttendance).where(FollowUpAttendance.day_id == day.id)
    known = {record.placement_id: record for record in session.scalars(query)}
    _refuse_undoing_completion(session, known, attendance)
    changed = {
        placement_id: status
        for placement_id, status in attendance.items()
        if placement_id not in known or known[placement_id].status is not status
    }
    for placement_id, status in changed.items():
        if placement_id in known:
            known[placement_id].status = status
        else:
            session.add(FollowUpAttendance(day=day, placement_id=placement_id, status=status))
    if changed:
        day.version += 1


def _refuse_too_early(day: FollowUpDay, *, today: date) -> None:
    if day.held_on is None:
        raise RuleBroken(_("Dagen har ingen dato endnu. Sæt datoen, før fremmødet registreres."))
    if not is_reached(day, today=today):
        raise RuleBroken(_("Fremmødet kan registreres fra %(day)s, når dagen er nået.", day=day.held_on))


def _refuse_undoing_completion(
    session: Session, known: Mapping[int, FollowUpAttendance], attendance: Mapping[int, AttendanceStatus]
) -> None:
    """A practicum was completed because its student took part: that stays true."""
    lost = [
        placement_id
        for placement_id, record in known.items()
        if record.status in ATTENDED and attendance.get(placement_id, record.status) not in ATTENDED
    ]
    query = select(Placement.student_name).where(Placement.id.in_(lost), Placement.status.in_(FINISHED))
    names = session.scalars(query.order_by(Placement.student_name)).all() if lost else []
    if names:
        raise RuleBroken(
            _(
                "Praktikken er gennemført for %(names)s. Fremmødet tæller med og kan ikke blive til fravær.",
                names=", ".join(names),
            )
        )
