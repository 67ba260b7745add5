"""Whoever comes close to the line, or past it, is told: once for each module, or for everything.

Reckoned where a register is kept and where something changes that it is reckoned from.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from placements.db import one_at_a_time
from placements.domain import attendance_ledger, completion_facts, enrolments, outbox, users, warning_contacts
from placements.domain import completion_rules as rules
from placements.domain.completion_accounts import terms_of
from placements.domain.completion_rules import Standing
from placements.models.cohorts import Cohort
from placements.models.completion import CompletionRule, ThresholdWarning
from placements.models.enrolments import Enrolment
from placements.models.teaching import ModuleRun, TeachingSession

SESSIONS_LEFT = 2
"""One register takes one session at most: warned at two, one can still miss a whole session afterwards."""

TO_PARTICIPANT = "attendance_close"
TO_COORDINATOR = "attendance_watch"


# Questions


def is_close(standing: Standing) -> bool:
    """Lost; or no more than two sessions may be missed after something was; or not even the whole of one.

    Before the first register there is nothing to warn of.
    """
    account = standing.account
    if standing.met or not account.is_begun:
        return False
    if standing.lost or standing.may_miss < account.longest_coming:
        return True
    return account.missed > 0 and standing.may_miss <= SESSIONS_LEFT * account.longest


def nearest(standings: Collection[Standing]) -> Standing | None:
    """The one that is closest to the line; nothing when none is close."""
    close = [one for one in standings if is_close(one)]
    return rules.closest(close) if close else None


def alone_decides(session: Session, person: Enrolment, taught: TeachingSession) -> bool:
    """Away from the whole of this session, they could no longer reach the line."""
    scope = _scope(taught.run)
    ((_person, standings),) = attendance(session, [person])
    planned = attendance_ledger.planned_minutes(taught, person.audience)
    return any(
        one.module_id == scope and not one.met and not one.lost and one.may_miss < planned
        for one in standings
    )


def attendance(session: Session, people: Sequence[Enrolment]) -> Iterator[tuple[Enrolment, list[Standing]]]:
    """Each with their attendance by the programme's terms and the exceptions given: in two statements."""
    ids = [person.id for person in people]
    lines = attendance_ledger.lines(session, ids)
    excepted: dict[int, set[tuple[CompletionRule, int | None]]] = {}
    for exception in completion_facts.standing_exceptions(session, ids):
        excepted.setdefault(exception.enrolment_id, set()).add((exception.rule, exception.module_id))
    for person in people:
        terms, own = terms_of(person.cohort.programme), excepted.get(person.id, rules.NOTHING)
        yield person, rules.attendance(lines[person.id], terms, excepted=own)


def _scope(run: ModuleRun) -> int | None:
    """What is warned of by itself: the module, or (None) all of the time."""
    return run.module_id if terms_of(run.cohort.programme).by_module else None


# Actions


def after_change(session: Session, runs: Collection[ModuleRun], *, now: datetime) -> None:
    """Warn those of the runs who have come close, and forget the warning of those who recovered."""
    by_scope: dict[tuple[int, int | None], list[int]] = {}
    for run in runs:
        by_scope.setdefault((run.cohort.programme_id, _scope(run)), []).append(run.id)
    for (programme_id, scope), ids in sorted(by_scope.items(), key=lambda pair: pair[1]):
        one_at_a_time(session, f"attendance {programme_id}")
        _reckon(session, _taking_part(session, ids), scope, now=now)


def after_exception(session: Session, person: Enrolment, *, now: datetime) -> None:
    """The same for one person, when an exception counts no more."""
    if not enrolments.is_active(person):
        return
    one_at_a_time(session, f"attendance {person.cohort.programme_id}")
    ((_person, standings),) = attendance(session, [person])
    for scope in sorted({one.module_id for one in standings}, key=lambda module_id: module_id or 0):
        _reckon(session, [person], scope, now=now)


def _reckon(session: Session, people: Sequence[Enrolment], scope: int | None, *, now: datetime) -> None:
    told = _told(session, people, scope)
    fallen, missing = [], []
    for person, standings in attendance(session, people):
        close = [one for one in standings if one.module_id == scope and is_close(one)]
        warning = told.get(person.id)
        if not close:
            if warning is not None:
                session.delete(warning)
            continue
        if warning is None:
            warning = ThresholdWarning(enrolment_id=person.id, module_id=scope, warned_at=now)
            session.add(warning)
            fallen.append(person)
        if warning.outside_told_at is None and any(one.account.missed for one in close):
            warning.outside_told_at = now
            missing.append(person)
    _warn(session, fallen, now=now)
    warning_contacts.tell(session, missing, now=now)


def _taking_part(session: Session, run_ids: Collection[int]) -> Sequence[Enrolment]:
    query = (
        select(Enrolment)
        .where(
            Enrolment.id.in_(
                select(Enrolment.id)
                .join(ModuleRun, attendance_ledger.takes_part())
                .where(ModuleRun.id.in_(run_ids))
            ),
            enrolments.taking_part(),
        )
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


def _warn(session: Session, fallen: Sequence[Enrolment], *, now: datetime) -> None:
    """The participant, and the coordinators of each cohort in one mail."""
    for person in fallen:
        path = f"/enrolments/{person.id}/completion"
        if person.user.active:
            outbox.notify(session, person.user, TO_PARTICIPANT, path=path, now=now)
    cohorts = {person.cohort_id: person.cohort for person in fallen}
    for cohort in cohorts.values():
        for coordinator in users.coordinators_of(session, cohort.programme_id):
            path = f"/cohorts/{cohort.slug}/completion"
            outbox.notify(session, coordinator, TO_COORDINATOR, path=path, now=now)
