"""How long applications are kept, what is due to be deleted, and the log of what was (D-08)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from placements.domain import application_windows, applications, programmes
from placements.domain.actors import Actor
from placements.domain.rules import RuleBroken, Stale, expect_version
from placements.formatting import COPENHAGEN
from placements.i18n import _
from placements.models.application_decisions import ApplicationDecision
from placements.models.application_retention import ApplicationDeletion, ApplicationPolicy
from placements.models.applications import Application, ApplicationStatus
from placements.models.cohorts import Cohort
from placements.models.programmes import Programme
from placements.models.users import Role

DAYS = 180
FEWEST, MOST = 1, 3650
LOG_PAGE = 50
S = ApplicationStatus
UNTIL_THE_START = frozenset({S.SUBMITTED, S.WAITING, S.OFFERED, S.ACCEPTED})
"""Something can still come of these until the cohort has begun."""


def programmes_of(actor: Actor) -> Select[Programme]:
    """The administrator's are all, the coordinator's their own."""
    if Role.ADMIN in actor.roles:
        return select(Programme)
    return programmes.coordinated_by(actor)


# Questions


@dataclass(frozen=True, slots=True)
class Policy:
    """`days` is None where nothing is deleted."""

    days: int | None = DAYS
    export_first: bool = False
    with_seat: bool = False
    version: int = 0


def policies(session: Session, chosen: Iterable[Programme]) -> dict[int, Policy]:
    own = {row.programme_id: row for row in session.scalars(select(ApplicationPolicy))}
    return {one.id: _policy(own.get(one.id)) for one in chosen}


def stored(session: Session, programme: Programme) -> ApplicationPolicy | None:
    return session.scalar(select(ApplicationPolicy).where(ApplicationPolicy.programme_id == programme.id))


def _policy(row: ApplicationPolicy | None) -> Policy:
    return Policy(row.days, row.export_first, row.with_seat, row.version) if row else Policy()


@dataclass(frozen=True, slots=True)
class Due:
    """Applications of a cohort whose time has come, and the policy that says so."""

    cohort: Cohort
    policy: Policy
    applications: list[Application]

    @property
    def references(self) -> list[str]:
        return [one.reference for one in self.applications if one.reference]

    @property
    def drafts(self) -> int:
        return len(self.applications) - len(self.references)


def due(session: Session, chosen: Select[Programme], *, today: date) -> list[Due]:
    """By cohort. Nothing of an application is read."""
    found = session.scalars(
        select(Application)
        .join(Application.cohort)
        .options(
            joinedload(Application.cohort).options(
                joinedload(Cohort.programme), selectinload(Cohort.key_dates)
            )
        )
        .where(Cohort.programme_id.in_(chosen.with_only_columns(Programme.id)))
        .order_by(Cohort.slug, Application.id)
    ).all()
    rules = policies(session, {one.cohort.programme for one in found})
    answered = _answered(session, chosen)
    by_cohort: dict[int, Due] = {}
    for one in found:
        policy = rules[one.cohort.programme_id]
        if is_due(one, policy, answered=answered.get(one.id), today=today):
            by_cohort.setdefault(one.cohort_id, Due(one.cohort, policy, [])).applications.append(one)
    return list(by_cohort.values())


def _answered(session: Session, chosen: Select[Programme]) -> dict[int, date]:
    """The day of the last answer to each application that has one."""
    rows = session.execute(
        select(ApplicationDecision.application_id, func.max(ApplicationDecision.sent_at))
        .join(ApplicationDecision.application)
        .join(Application.cohort)
        .where(
            Cohort.programme_id.in_(chosen.with_only_columns(Programme.id)),
            ApplicationDecision.sent_at.is_not(None),
        )
        .group_by(ApplicationDecision.application_id)
    )
    return {id_: sent_at.astimezone(COPENHAGEN).date() for id_, sent_at in rows if sent_at}


def is_due(application: Application, policy: Policy, *, answered: date | None = None, today: date) -> bool:
    """`days` after deadline and answer; where it can still become a seat, after the cohort's first day."""
    if policy.days is None or (application.status is S.ACCEPTED and not policy.with_seat):
        return False
    since = max(counted_from(application), answered or date.min)
    return since + timedelta(days=policy.days) <= today


def counted_from(application: Application) -> date:
    closes = application_windows.of(application.cohort).closes_at
    begins = application.cohort.starts_on
    if closes is None:
        return begins
    deadline = closes.astimezone(COPENHAGEN).date()
    return max(deadline, begins) if application.status in UNTIL_THE_START else deadline


def log(session: Session, chosen: Select[Programme]) -> Sequence[ApplicationDeletion]:
    """The latest first."""
    return session.scalars(
        select(ApplicationDeletion)
        .join(ApplicationDeletion.cohort)
        .options(joinedload(ApplicationDeletion.cohort).joinedload(Cohort.programme))
        .where(Cohort.programme_id.in_(chosen.with_only_columns(Programme.id)))
        .order_by(ApplicationDeletion.id.desc())
        .limit(LOG_PAGE)
    ).all()


# Actions


def save_policy(
    session: Session,
    programme: Programme,
    *,
    version: int,
    days: int | None,
    export_first: bool,
    with_seat: bool,
) -> None:
    if days is not None and not FEWEST <= days <= MOST:
        raise RuleBroken(
            _("Skriv et antal dage fra %(least)s til %(most)s.", least=FEWEST, most=MOST), field="days"
        )
    row = stored(session, programme)
    if row is None:
        if version:
            raise Stale
        row = ApplicationPolicy(programme_id=programme.id)
        session.add(row)
    else:
        expect_version(row, version)
    row.days, row.export_first, row.with_seat = days, export_first, with_seat


def delete(session: Session, one: Due, *, export: str | None, now: datetime) -> None:
    """All of them for good, counted and logged; nothing in the log is about a person."""
    assert one.policy.days is not None  # noqa: S101
    for status, number in sorted(Counter(each.status for each in one.applications).items()):
        session.add(
            ApplicationDeletion(
                deleted_at=now,
                cohort_id=one.cohort.id,
                status=status,
                number=number,
                days=one.policy.days,
                export=export,
            )
        )
    for application in one.applications:
        applications.forget(session, application)
    session.flush()
