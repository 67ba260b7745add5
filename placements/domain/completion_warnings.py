"""Told in time: who is close to the line, or past it. Once for each module, or for everything.

Triggered where a register is kept, so that it comes before there is nothing left to miss.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from placements.db import one_at_a_time
from placements.domain import (
    attendance_ledger,
    completion_facts,
    completion_texts,
    enrolments,
    outbox,
    users,
    warning_contacts,
)
from placements.domain import completion_rules as rules
from placements.domain.actors import Actor
from placements.domain.completion_accounts import terms_of
from placements.domain.completion_rules import Standing
from placements.domain.tasks import Mark, Task, TaskGroup, group
from placements.i18n import _
from placements.models.cohorts import Cohort
from placements.models.completion import CompletionRule, ThresholdWarning
from placements.models.enrolments import Enrolment
from placements.models.teaching import ModuleRun, TeachingSession
from placements.words import tone, word

SESSIONS_LEFT = 2
"""One register takes one session at most: warned at two, one can still miss a whole session afterwards."""

TO_PARTICIPANT = "attendance_close"
TO_COORDINATOR = "attendance_watch"


# Questions


def is_close(standing: Standing) -> bool:
    """Something was missed, and no more than two sessions may be missed; or it is lost already."""
    if standing.met or not standing.account.missed:
        return False
    return standing.lost or standing.may_miss <= SESSIONS_LEFT * standing.account.longest


def close_ones(session: Session, actor: Actor) -> TaskGroup:
    """A coordinator's participants who cannot reach the line, or are close to it; the lost ones first.

    Reckoned anew for those who have been warned, and not for everybody: it is asked for on every front page.
    """
    people = session.scalars(
        enrolments.coordinated_by(actor)
        .where(enrolments.taking_part(), Enrolment.id.in_(select(ThresholdWarning.enrolment_id)))
        .options(joinedload(Enrolment.user), joinedload(Enrolment.cohort).joinedload(Cohort.programme))
        .order_by(Enrolment.id)
    ).all()
    nearest = [(person, rules.closest(standings)) for person, standings in _attendance(session, people)]
    found = [(person, standing) for person, standing in nearest if is_close(standing)]
    found.sort(key=lambda pair: (not pair[1].lost, pair[1].may_miss, pair[0].user.name))
    return group(
        "attendance",
        _("Tæt på eller under grænsen for fremmøde"),
        _("Ingen er tæt på grænsen for fremmøde."),
        [_task(person, standing) for person, standing in found],
    )


def of_student(session: Session, actor: Actor, _today: date) -> list[Task]:
    """The same for somebody who is close themselves: on their own page, beside the mail."""
    people = session.scalars(
        select(Enrolment)
        .where(Enrolment.user_id == actor.id, enrolments.taking_part())
        .options(joinedload(Enrolment.cohort).joinedload(Cohort.programme))
        .order_by(Enrolment.id)
    ).all()
    nearest = [(person, rules.closest(standings)) for person, standings in _attendance(session, people)]
    return [
        Task(
            completion_texts.attendance(standing, person.cohort.programme.attendance_percent, own=True),
            f"/enrolments/{person.id}/completion",
            _("Dit fremmøde på %(cohort)s", cohort=person.cohort.name),
        )
        for person, standing in nearest
        if is_close(standing)
    ]


def _task(person: Enrolment, standing: Standing) -> Task:
    percent = person.cohort.programme.attendance_percent
    said = completion_texts.attendance(standing, percent, own=False)
    return Task(
        person.user.name,
        f"/enrolments/{person.id}/completion",
        _("%(cohort)s. %(said)s", cohort=person.cohort.name, said=said),
        marks=(Mark(word(standing.verdict), tone(standing.verdict)),),
    )


def _attendance(session: Session, people: Sequence[Enrolment]) -> Iterator[tuple[Enrolment, list[Standing]]]:
    """Each with their attendance by the programme's terms and the exceptions given: in two statements."""
    ids = [person.id for person in people]
    lines = attendance_ledger.lines(session, ids)
    excepted: dict[int, set[tuple[CompletionRule, int | None]]] = {}
    for exception in completion_facts.standing_exceptions(session, ids):
        excepted.setdefault(exception.enrolment_id, set()).add((exception.rule, exception.module_id))
    for person in people:
        terms, own = terms_of(person.cohort.programme), excepted.get(person.id, rules.NOTHING)
        yield person, rules.attendance(lines[person.id], terms, excepted=own)


# Actions


def after_register(session: Session, taught: TeachingSession, *, now: datetime) -> None:
    """Warn those of the session's run who have come close, and forget the warning of those who recovered."""
    programme = taught.run.cohort.programme
    one_at_a_time(session, f"attendance {programme.id}")
    people = _taking_part(session, taught.run_id)
    scope = taught.run.module_id if terms_of(programme).by_module else None
    told = _told(session, people, scope)
    fallen = []
    for person, standings in _attendance(session, people):
        close = any(is_close(standing) for standing in standings if standing.module_id == scope)
        if close and person.id not in told:
            fallen.append(person)
        elif not close and person.id in told:
            session.delete(told[person.id])
    _warn(session, fallen, scope, now=now)


def _taking_part(session: Session, run_id: int) -> Sequence[Enrolment]:
    query = (
        select(Enrolment)
        .join(ModuleRun, attendance_ledger.takes_part())
        .where(ModuleRun.id == run_id, enrolments.taking_part())
        .options(joinedload(Enrolment.user), joinedload(Enrolment.cohort).joinedload(Cohort.programme))
        .order_by(Enrolment.id)
    )
    return session.scalars(query).all()


def _told(session: Session, people: Collection[Enrolment], scope: int | None) -> dict[int, ThresholdWarning]:
    query = select(ThresholdWarning).where(
        ThresholdWarning.enrolment_id.in_([person.id for person in people]),
        ThresholdWarning.module_id == scope if scope else ThresholdWarning.module_id.is_(None),
    )
    return {warning.enrolment_id: warning for warning in session.scalars(query)}


def _warn(session: Session, fallen: Sequence[Enrolment], scope: int | None, *, now: datetime) -> None:
    """The participant, whom they have named, and the coordinators of each cohort in one mail."""
    for person in fallen:
        session.add(ThresholdWarning(enrolment_id=person.id, module_id=scope, warned_at=now))
        path = f"/enrolments/{person.id}/completion"
        if person.user.active:
            outbox.notify(session, person.user, TO_PARTICIPANT, path=path, now=now)
    warning_contacts.tell(session, fallen, now=now)
    cohorts = {person.cohort_id: person.cohort for person in fallen}
    for cohort in cohorts.values():
        for coordinator in users.coordinators_of(session, cohort.programme_id):
            path = f"/cohorts/{cohort.slug}/completion"
            outbox.notify(session, coordinator, TO_COORDINATOR, path=path, now=now)
