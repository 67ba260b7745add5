"""The teaching days during practicum (V-06): who sees them, their dates and topics, and who was there.

Dates and warnings stand in `follow_up_fit`, attendance in `follow_up_attendance`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, time

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session, joinedload

from placements.domain.actors import Actor
from placements.domain.follow_up_attendance import (
    at_day,
    is_reached,
    participants,
    register,
    registered_for,
    takes_part,
)
from placements.domain.follow_up_fit import check_date, check_times, foreseen, sent_with_other_dates, warnings
from placements.domain.rules import RuleBroken
from placements.i18n import _
from placements.models.cohorts import Cohort
from placements.models.follow_up_days import (
    AttendanceStatus,
    FollowUpAttendance,
    FollowUpDay,
    FollowUpTopic,
)
from placements.models.placements import Placement
from placements.models.programmes import Module, Programme

__all__ = [
    "foreseen",
    "is_reached",
    "participants",
    "register",
    "registered_for",
    "sent_with_other_dates",
    "warnings",
]


# Visibility


def _cohorts(actor: Actor) -> ColumnElement[bool]:
    """Cohorts of the programmes that the person runs or teaches."""
    return Cohort.programme_id.in_(actor.programme_ids | actor.teaching_ids)


def visible_to(actor: Actor) -> Select[FollowUpDay]:
    """Coordinators and teachers: those of their programmes. Others none."""
    return select(FollowUpDay).where(FollowUpDay.cohort_id.in_(select(Cohort.id).where(_cohorts(actor))))


# Questions


@dataclass(frozen=True, slots=True)
class DayLine:
    """A day in the list: how many are registered, how many of them were there, how many still wait."""

    day: FollowUpDay
    registered: int
    present: int
    waiting: int


@dataclass(frozen=True, slots=True)
class CohortDays:
    cohort: Cohort
    lines: list[DayLine]

    @property
    def missing(self) -> int:
        """Days that the programme has and the cohort has not yet."""
        return max(self.cohort.programme.follow_up_days - len(self.lines), 0)


def cohorts_with_days(session: Session, actor: Actor) -> list[Cohort]:
    """Cohorts of own programmes that have follow-up days, the newest first."""
    query = (
        select(Cohort)
        .join(Programme, Programme.id == Cohort.programme_id)
        .options(joinedload(Cohort.programme))
        .where(_cohorts(actor), Programme.practicum_weeks.is_not(None), Programme.follow_up_days > 0)
        .order_by(Cohort.starts_on.desc(), Cohort.id)
    )
    return list(session.scalars(query))


def by_cohort(session: Session, cohorts: Collection[Cohort]) -> list[CohortDays]:
    """The days of these cohorts, in the order of the cohorts; as many statements for one as for many."""
    ids = [cohort.id for cohort in cohorts]
    counts = _attendance_counts(session, ids)
    lines = defaultdict(list)
    days = select(FollowUpDay).where(FollowUpDay.cohort_id.in_(ids)).order_by(FollowUpDay.number)
    for day in session.scalars(days):
        lines[day.cohort_id].append(DayLine(day, *counts.get(day.id, (0, 0, 0))))
    return [CohortDays(cohort, lines[cohort.id]) for cohort in cohorts]


def _attendance_counts(session: Session, cohort_ids: Collection[int]) -> dict[int, tuple[int, int, int]]:
    """Registered, present and not registered, for each day."""
    counted = (
        select(
            FollowUpDay.id,
            func.count(FollowUpAttendance.id),
            func.count(FollowUpAttendance.id).filter(FollowUpAttendance.status == AttendanceStatus.PRESENT),
            func.count(Placement.id).filter(FollowUpAttendance.id.is_(None)),
        )
        .join(Placement, Placement.cohort_id == FollowUpDay.cohort_id)
        .outerjoin(FollowUpAttendance, at_day())
        .where(FollowUpDay.cohort_id.in_(cohort_ids), takes_part())
        .group_by(FollowUpDay.id)
    )
    return {
        day_id: (all_of, present, waiting) for day_id, all_of, present, waiting in session.execute(counted)
    }


def undated(session: Session, actor: Actor) -> list[FollowUpDay]:
    """Days without a date, with their cohort."""
    query = (
        visible_to(actor)
        .options(joinedload(FollowUpDay.cohort))
        .where(FollowUpDay.held_on.is_(None))
        .order_by(FollowUpDay.cohort_id, FollowUpDay.number)
    )
    return list(session.scalars(query))


def not_made(session: Session, actor: Actor) -> list[Cohort]:
    """Cohorts that should have days and have none yet."""
    made = set(session.scalars(visible_to(actor).with_only_columns(FollowUpDay.cohort_id)))
    return [cohort for cohort in cohorts_with_days(session, actor) if cohort.id not in made]


# Actions


def ensure(session: Session, cohort: Cohort) -> list[FollowUpDay]:
    """The cohort's days, as many as the programme has; those that are missing are made, without a date."""
    programme = cohort.programme
    if programme.practicum_weeks is None or programme.follow_up_days == 0:
        raise RuleBroken(_("Uddannelsen har ingen opfølgningsdage."))
    session.execute(select(Cohort.id).where(Cohort.id == cohort.id).with_for_update())
    days = list(session.scalars(select(FollowUpDay).where(FollowUpDay.cohort_id == cohort.id)))
    made = {day.number for day in days}
    for number in range(1, programme.follow_up_days + 1):
        if number not in made:
            days.append(FollowUpDay(cohort=cohort, number=number))
    session.add_all(days)
    return sorted(days, key=lambda day: day.number)


def plan(
    session: Session,
    day: FollowUpDay,
    *,
    held_on: date | None,
    starts_at: time | None,
    ends_at: time | None,
    place: str | None,
) -> None:
    """When and where. A date that stays is not asked again; agreements that say the old one stay in force.

    Whoever plans another day of the cohort at this very moment waits until this is saved.
    """
    session.execute(select(Cohort.id).where(Cohort.id == day.cohort_id).with_for_update())
    check_times(starts_at, ends_at)
    if held_on != day.held_on:
        check_date(session, day, held_on)
    day.held_on, day.starts_at, day.ends_at, day.place = held_on, starts_at, ends_at, place


def add_topic(session: Session, day: FollowUpDay, *, text: str, module_id: int | None) -> FollowUpTopic:
    """What experience from the practicum is related to: a module of the programme, or all of it (V-06)."""
    if not text.strip():
        raise RuleBroken(_("Skriv, hvad emnet er."), field="text")
    module = session.get(Module, module_id) if module_id is not None else None
    if module_id is not None and (module is None or module.programme_id != day.cohort.programme_id):
        raise RuleBroken(_("Vælg et modul fra uddannelsen."), field="module_id")
    topic = FollowUpTopic(text=text.strip(), module=module)
    day.topics.append(topic)
    return topic


def remove_topic(day: FollowUpDay, topic_id: int) -> None:
    """A topic that somebody else has removed already is gone all the same."""
    for topic in [topic for topic in day.topics if topic.id == topic_id]:
        day.topics.remove(topic)
