"""What the rules of completion ask about, for many people at once: in as many statements as for one."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from placements.domain import attendance_ledger, hours_states, hours_weeks
from placements.domain.attendance_ledger import Line
from placements.domain.completion_rules import Span
from placements.domain.follow_up_attendance import ATTENDED, registered_for
from placements.domain.placement_states import BEGUN, FINISHED
from placements.models.completion import CompletionException
from placements.models.enrolments import Enrolment
from placements.models.follow_up_days import FollowUpDay
from placements.models.hours import HoursWeek
from placements.models.placements import Placement
from placements.models.programmes import Audience, Module, ModuleRule, ModuleRuleKind


@dataclass(slots=True)
class Facts:
    """Of one person. `by_hand`: no sessions here, in the cohort or to sign up for; registers are elsewhere.

    `confirmed`: minutes of practicum. `attended`, `absent`: numbers of follow-up days.
    """

    lines: list[Line]
    unplanned: set[int]
    compulsory: list[int]
    by_hand: bool
    exceptions: list[CompletionException] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    confirmed: int = 0
    attended: set[int] = field(default_factory=set)
    absent: set[int] = field(default_factory=set)

    @property
    def finished(self) -> bool:
        return any(span.finished for span in self.spans)


def gather(session: Session, people: Sequence[Enrolment], *, today: date) -> dict[int, Facts]:
    """Enrolment → facts. The people come with their cohorts and programmes."""
    ids = [person.id for person in people]
    lines = attendance_ledger.lines(session, ids)
    unplanned = attendance_ledger.runs_without_sessions(session, ids)
    compulsory = compulsory_modules(session, {person.cohort.programme_id for person in people})
    counted = attendance_ledger.cohorts_with_sessions(session, {person.cohort_id for person in people})
    found = {
        person.id: Facts(
            lines[person.id],
            unplanned[person.id],
            compulsory.get((person.cohort.programme_id, person.audience), []),
            by_hand=not lines[person.id] and person.cohort_id not in counted,
        )
        for person in people
    }
    for exception in standing_exceptions(session, ids):
        found[exception.enrolment_id].exceptions.append(exception)
    _practicum(session, people, found, today=today)
    return found


def compulsory_modules(
    session: Session, programme_ids: Collection[int]
) -> dict[tuple[int, Audience], list[int]]:
    """Programme and audience → its own set (H-12, H-15), in the programme's order."""
    query = (
        select(Module.programme_id, ModuleRule.audience, Module.id)
        .join(ModuleRule, ModuleRule.module_id == Module.id)
        .where(Module.programme_id.in_(programme_ids), ModuleRule.rule == ModuleRuleKind.COMPULSORY)
        .order_by(Module.number)
    )
    found: dict[tuple[int, Audience], list[int]] = {}
    for programme_id, audience, module_id in session.execute(query):
        found.setdefault((programme_id, audience), []).append(module_id)
    return found


def standing_exceptions(session: Session, enrolment_ids: Collection[int]) -> Sequence[CompletionException]:
    """Those that have not been taken back, with who gave them."""
    query = (
        select(CompletionException)
        .where(
            CompletionException.enrolment_id.in_(enrolment_ids), CompletionException.withdrawn_on.is_(None)
        )
        .options(joinedload(CompletionException.given_by), joinedload(CompletionException.module))
        .order_by(CompletionException.id)
    )
    return session.scalars(query).all()


# The practicum


def _practicum(
    session: Session, people: Sequence[Enrolment], found: dict[int, Facts], *, today: date
) -> None:
    begun = session.scalars(
        select(Placement).where(Placement.enrolment_id.in_(found), Placement.status.in_(BEGUN))
    ).all()
    ids = [placement.id for placement in begun]
    registered = registered_for(session, ids)
    confirmed = _confirmed(session, ids)
    days = _dated_days(session, {placement.cohort_id for placement in begun}, today=today)
    usual = {person.cohort_id: person.cohort.programme.follow_up_minutes for person in people}
    for placement in begun:
        facts = found[placement.enrolment_id]
        facts.spans.append(
            Span(placement.starts_on, placement.ends_on, finished=placement.status in FINISHED)
        )
        facts.confirmed += confirmed.get(placement.id, 0)
        for day in days.get(placement.cohort_id, ()):
            if day.held_on and placement.starts_on <= day.held_on <= placement.ends_on:
                facts.confirmed += hours_weeks.length_of(day, usual[placement.cohort_id])
        for number, status in registered[placement.id].items():
            (facts.attended if status in ATTENDED else facts.absent).add(number)


def _confirmed(session: Session, placement_ids: Collection[int]) -> dict[int, int]:
    query = (
        select(HoursWeek.placement_id, func.sum(HoursWeek.minutes))
        .where(HoursWeek.placement_id.in_(placement_ids), HoursWeek.status.in_(hours_states.CONFIRMED))
        .group_by(HoursWeek.placement_id)
    )
    return dict(iter(session.execute(query)))


def _dated_days(
    session: Session, cohort_ids: Collection[int], *, today: date
) -> dict[int, list[FollowUpDay]]:
    """The follow-up days that are reached: their time counts by itself."""
    query = select(FollowUpDay).where(FollowUpDay.cohort_id.in_(cohort_ids), FollowUpDay.held_on <= today)
    found: dict[int, list[FollowUpDay]] = {}
    for day in session.scalars(query):
        found.setdefault(day.cohort_id, []).append(day)
    return found
