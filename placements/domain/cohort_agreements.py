"""The agreements of a whole cohort, or of all: how far each is, what can be done for many in one go."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from placements.domain import agreement_states, signatures
from placements.domain.placement_states import FINISHED, OCCUPYING, RUNNING, UNACCEPTED
from placements.models.agreements import Agreement, AgreementStatus, AgreementVersion, Party
from placements.models.cohorts import Cohort
from placements.models.jobs import JobKind
from placements.models.placements import Placement


@dataclass(frozen=True, slots=True)
class Line:
    """`status` is empty until there is an agreement; `missing` is empty until it is sent."""

    placement: Placement
    status: AgreementStatus | None
    missing: list[Party]
    ready: frozenset[JobKind]


# Questions


def lines(session: Session, cohort: Cohort) -> list[Line]:
    """Placements of the cohort that a host has said yes to, by student; a fixed number of queries."""
    placements = session.scalars(
        select(Placement)
        .where(Placement.cohort_id == cohort.id, _agreed())
        .order_by(Placement.student_name, Placement.id)
    ).all()
    agreements = session.scalars(
        select(Agreement)
        .join(Agreement.placement)
        .where(Placement.cohort_id == cohort.id)
        .options(
            joinedload(Agreement.placement),
            selectinload(Agreement.versions).selectinload(AgreementVersion.signatures),
        )
    )
    by_placement = {agreement.placement_id: agreement for agreement in agreements}
    return [_line(placement, by_placement.get(placement.id)) for placement in placements]


def _line(placement: Placement, agreement: Agreement | None) -> Line:
    if agreement is None:
        open_for_one = placement.status not in RUNNING | FINISHED
        ready = {JobKind.DRAFT_AGREEMENTS} if open_for_one else set()
        return Line(placement, None, [], frozenset(ready))
    version = agreement.current
    ready = {JobKind.PRINT_AGREEMENTS}
    missing: list[Party] = []
    if agreement_states.is_draft(version):
        ready.add(JobKind.SEND_AGREEMENTS)
    else:
        missing = signatures.missing(version)
    return Line(placement, version.status, missing, frozenset(ready))


def ready_for(found: list[Line], kind: JobKind) -> list[int]:
    """Placements that this can be done for."""
    return [line.placement.id for line in found if kind in line.ready]


# All cohorts


@dataclass(frozen=True, slots=True)
class Tally:
    """How many placements hosts have said yes to, how many agreements are begun, how many all have signed."""

    cohort: Cohort
    placements: int
    agreements: int
    signed: int


def tallies(session: Session, cohorts: Collection[Cohort]) -> list[Tally]:
    """Of the same cohorts, those with something to agree on."""
    signed = Placement.id.in_(agreement_states.concluded_placement_ids())
    counted = (
        select(
            Placement.cohort_id,
            func.count(),
            func.count(Agreement.id),
            func.coalesce(func.sum(case((signed, 1), else_=0)), 0),
        )
        .outerjoin(Agreement, Agreement.placement_id == Placement.id)
        .where(_agreed(), Placement.cohort_id.in_([cohort.id for cohort in cohorts]))
        .group_by(Placement.cohort_id)
    )
    rows = {cohort_id: numbers for cohort_id, *numbers in session.execute(counted)}
    return [Tally(cohort, *rows[cohort.id]) for cohort in cohorts if cohort.id in rows]


def printable(session: Session, cohorts: Collection[Cohort]) -> list[int]:
    """Placements with an agreement in these cohorts, the newest cohort first, by student."""
    found = (
        select(Placement.id)
        .join(Agreement, Agreement.placement_id == Placement.id)
        .join(Cohort, Cohort.id == Placement.cohort_id)
        .where(_agreed(), Cohort.id.in_([cohort.id for cohort in cohorts]))
        .order_by(Cohort.starts_on.desc(), Cohort.id, Placement.student_name, Placement.id)
    )
    return list(session.scalars(found))


def _agreed() -> ColumnElement[bool]:
    """A host has said yes."""
    return Placement.status.in_(OCCUPYING - UNACCEPTED)
