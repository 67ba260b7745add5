"""Long work: asked for in the transaction of a click, done one record at a time by the worker.

The row is written with the change that asks for it, so nothing is asked for that was rolled back. Each record
is done in a transaction that also ticks it off: a worker that is killed goes on with the next, and does none
twice.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select, true
from sqlalchemy.orm import Session, joinedload

from placements.db import one_at_a_time
from placements.domain.actors import Actor
from placements.domain.rules import RuleBroken
from placements.i18n import _
from placements.models.cohorts import Cohort
from placements.models.enrolments import Enrolment
from placements.models.jobs import Job, JobItem, JobKind
from placements.models.placements import Placement
from placements.models.users import User

KEPT = timedelta(days=1)
"""How long what a job made can be fetched."""
SHOWN = 5


ABOUT_PARTICIPANTS = frozenset({JobKind.ISSUE_DIPLOMAS, JobKind.ISSUE_CERTIFICATES, JobKind.PRINT_DIPLOMAS})
"""Their records are enrolments; those of the others are placements."""
PRINTED = frozenset({JobKind.PRINT_AGREEMENTS, JobKind.PRINT_DIPLOMAS})
"""They change nothing and leave files."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Whom it could not be done for, where they are found, and why."""

    href: str
    name: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Progress:
    """`done` counts refused ones too."""

    total: int
    done: int
    refusals: list[Refusal]


# Visibility


def visible_to(actor: Actor) -> Select[Job]:
    """Whoever coordinates the cohort's programme; of work for all cohorts whoever asked for it, as long as
    they coordinate everything in it.
    """
    own = select(Cohort.id).where(Cohort.programme_id.in_(actor.programme_ids))
    asked = and_(Job.cohort_id.is_(None), Job.user_id == actor.id, ~_holds_others(actor))
    return select(Job).where(or_(Job.cohort_id.in_(own), asked)).options(joinedload(Job.cohort))


def _holds_others(actor: Actor) -> ColumnElement[bool]:
    """A record of a programme that the actor does not coordinate, or no longer."""
    return (
        select(JobItem.id)
        .outerjoin(Placement, Placement.id == JobItem.placement_id)
        .outerjoin(Enrolment, Enrolment.id == JobItem.enrolment_id)
        .join(Cohort, Cohort.id == func.coalesce(Placement.cohort_id, Enrolment.cohort_id))
        .where(JobItem.job_id == Job.id, Cohort.programme_id.not_in(actor.programme_ids))
        .exists()
    )


# Questions


def is_over(job: Job) -> bool:
    return job.finished_at is not None or job.cancelled_at is not None


def progress(session: Session, job: Job) -> Progress:
    counted = select(func.count(), func.sum(case((JobItem.done_at.is_not(None), 1), else_=0)))
    total, done = session.execute(counted.where(JobItem.job_id == job.id)).one()
    return Progress(total, done or 0, _refusals(session, job))


def _refusals(session: Session, job: Job) -> list[Refusal]:
    name = func.coalesce(Placement.student_name, User.name)
    rows = session.execute(
        select(JobItem.placement_id, JobItem.enrolment_id, name, JobItem.refusal)
        .outerjoin(Placement, Placement.id == JobItem.placement_id)
        .outerjoin(Enrolment, Enrolment.id == JobItem.enrolment_id)
        .outerjoin(User, User.id == Enrolment.user_id)
        .where(JobItem.job_id == job.id, JobItem.refusal.is_not(None))
        .order_by(name, JobItem.id)
    )
    return [
        Refusal(
            f"/placements/{placement_id}/agreement"
            if placement_id
            else f"/enrolments/{enrolment_id}/diploma",
            who,
            said or "",
        )
        for placement_id, enrolment_id, who, said in rows
    ]


def size(session: Session, job_id: int) -> int:
    """How many records the whole of it is about."""
    return session.scalar(select(func.count()).where(JobItem.job_id == job_id)) or 0


def record_of(session: Session, item: JobItem) -> Placement | Enrolment:
    """What this part of the work is about."""
    if item.placement_id is not None:
        return session.get_one(Placement, item.placement_id)
    return session.get_one(Enrolment, item.enrolment_id)


def is_about_participants(job: Job) -> bool:
    return job.kind in ABOUT_PARTICIPANTS


def of_cohort(session: Session, cohort: Cohort, *, about_participants: bool = False) -> list[Job]:
    """The newest first."""
    return _newest(session, Job.cohort_id == cohort.id, about_participants)


def for_all_cohorts(session: Session, actor: Actor, *, about_participants: bool = False) -> list[Job]:
    """What the actor asked for beyond one cohort and may still see, the newest first."""
    ids = visible_to(actor).with_only_columns(Job.id).where(Job.cohort_id.is_(None))
    return _newest(session, Job.id.in_(ids), about_participants)


def _newest(session: Session, which: ColumnElement[bool], about_participants: bool) -> list[Job]:
    about = Job.kind.in_(ABOUT_PARTICIPANTS)
    found = select(Job).where(which, about if about_participants else ~about)
    return list(session.scalars(found.order_by(Job.id.desc()).limit(SHOWN)))


def running(session: Session, kind: JobKind, cohort: Cohort | None, actor: Actor) -> Job | None:
    """The same work that is not over: for this cohort, or for all of the actor's."""
    same = Job.user_id == actor.id if cohort is None else true()
    found = select(Job).where(
        Job.cohort_id.is_not_distinct_from(cohort and cohort.id),
        Job.kind == kind,
        Job.finished_at.is_(None),
        Job.cancelled_at.is_(None),
        same,
    )
    return session.scalar(found.order_by(Job.id.desc()).limit(1))


def waiting(session: Session) -> list[int]:
    """What the worker has not taken in hand."""
    found = select(Job.id).where(Job.started_at.is_(None), Job.cancelled_at.is_(None))
    return list(session.scalars(found.order_by(Job.id)))


def outdated(session: Session, *, now: datetime) -> list[Job]:
    """Jobs whose file has been kept long enough."""
    return list(session.scalars(select(Job).where(Job.filename.is_not(None), Job.finished_at < now - KEPT)))


def within_reach(session: Session, job_ids: Collection[int], *, now: datetime) -> set[int]:
    """Those of them that are under way, or were over so short a while ago that files are kept."""
    over = func.coalesce(Job.finished_at, Job.cancelled_at)
    found = select(Job.id).where(Job.id.in_(job_ids), or_(over.is_(None), over >= now - KEPT))
    return set(session.scalars(found))


def without_files(job: Job, progress: Progress, *, now: datetime) -> str | None:
    """Why what was printed cannot be fetched, and what to do."""
    printed = job.kind in PRINTED and job.finished_at is not None and progress.done > len(progress.refusals)
    if not printed or job.filename is not None or job.finished_at is None:
        return None
    if job.finished_at < now - KEPT:
        return _("Filerne kunne hentes i et døgn og er nu slettet. Bed om dem igen, hvis du mangler dem.")
    return _(
        "Filerne kunne ikke samles. Bed om dem igen. "
        "Sig det til den, der driver systemet, hvis det sker igen."
    )


def next_item(session: Session, job: Job) -> JobItem | None:
    """The next record to do; none when all are done, or somebody said stop."""
    if is_over(job):
        return None
    undone = select(JobItem).where(JobItem.job_id == job.id, JobItem.done_at.is_(None))
    return session.scalar(undone.order_by(JobItem.id).limit(1))


# Actions


def ask(
    session: Session,
    kind: JobKind,
    cohort: Cohort | None,
    record_ids: Collection[int],
    actor: Actor,
    *,
    now: datetime,
) -> Job:
    """Have this done for these placements or enrolments, in this order, of one cohort or (None) of any.

    The same work runs once at a time.
    """
    one_at_a_time(session, f"job {kind} of {cohort.id}" if cohort else f"job {kind} by {actor.id}")
    if not record_ids:
        raise RuleBroken(_("Der er ingen forløb at gøre det for lige nu."))
    if running(session, kind, cohort, actor) is not None:
        raise RuleBroken(_("Det er allerede i gang. Vent, til det er slut, eller stop det først."))
    job = Job(kind=kind, cohort_id=cohort and cohort.id, user_id=actor.id, created_at=now)
    session.add(job)
    session.flush()
    record = "enrolment_id" if kind in ABOUT_PARTICIPANTS else "placement_id"
    session.add_all(JobItem(job_id=job.id, **{record: record_id}) for record_id in record_ids)
    return job


def cancel(job: Job, *, now: datetime) -> None:
    """Nothing more is done; what is done stays."""
    if is_over(job):
        raise RuleBroken(_("Arbejdet er slut og kan ikke stoppes."))
    job.cancelled_at = now


def start(job: Job, *, now: datetime) -> None:
    job.started_at = job.started_at or now


def tick_off(item: JobItem, *, now: datetime, refusal: str | None = None) -> None:
    item.done_at, item.refusal = now, refusal


def finish(job: Job, *, now: datetime, filename: str | None = None) -> None:
    if not is_over(job):
        job.finished_at, job.filename = now, filename


def forget_file(job: Job) -> None:
    job.filename = None
