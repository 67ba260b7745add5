"""The agreements of a whole cohort: how far each is, and which can be made, sent or printed in one go."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
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
        .where(Placement.cohort_id == cohort.id, Placement.status.in_(OCCUPYING - UNACCEPTED))
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
