"""How far each application came, and what is counted of those that are deleted."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session

from placements.db import one_at_a_time
from placements.domain import residence
from placements.models.application_retention import ApplicationStep, ApplicationTally
from placements.models.application_reviews import ApplicationReview
from placements.models.applications import Application, ApplicationStatus, Residence
from placements.models.cohorts import Cohort
from placements.models.programmes import FeePayer, Programme

S, T = ApplicationStatus, ApplicationStep
STEPS = {
    S.DRAFT: T.STARTED,
    S.SUBMITTED: T.SUBMITTED,
    S.WAITING: T.READ,
    S.REJECTED: T.READ,
    S.NEXT_YEAR: T.READ,
    S.OFFERED: T.OFFERED,
    S.DECLINED: T.OFFERED,
    S.ACCEPTED: T.ENROLLED,
}
"""Whoever has been answered has been read; saying yes enrols in the same step."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What is known of an application without anybody being known by it."""

    municipality: str | None
    payer: FeePayer
    step: ApplicationStep


def kind_of(
    programme: Programme,
    status: ApplicationStatus,
    municipality: str | None,
    lives: Residence | None,
    *,
    reviewed: bool,
) -> Kind:
    fee = residence.fee_for(programme, lives) if lives else None
    step = T.READ if reviewed and STEPS[status] is T.SUBMITTED else STEPS[status]
    return Kind(municipality, fee.payer if fee else FeePayer.NONE, step)


def _reviewed() -> ColumnElement[bool]:
    """Somebody has read it and said so."""
    return exists().where(
        ApplicationReview.application_id == Application.id, ApplicationReview.submitted_at.is_not(None)
    )


def of_cohort(session: Session, cohort: Cohort) -> Counter[Kind]:
    """Those that are here, and those that are gone."""
    found: Counter[Kind] = Counter()
    here = select(Application.status, Application.municipality, Application.residence, _reviewed()).where(
        Application.cohort_id == cohort.id
    )
    for status, municipality, lives, reviewed in session.execute(here):
        found[kind_of(cohort.programme, status, municipality, lives, reviewed=reviewed)] += 1
    gone = select(ApplicationTally).where(ApplicationTally.cohort_id == cohort.id)
    for row in session.scalars(gone):
        found[Kind(row.municipality, row.payer, row.step)] += row.number
    return found


def count(session: Session, application: Application) -> None:
    """One more that is gone; to be called in the step that deletes it."""
    kind = kind_of(
        application.cohort.programme,
        application.status,
        application.municipality,
        application.residence,
        reviewed=session.execute(select(_reviewed()).where(Application.id == application.id)).scalar_one(),
    )
    one_at_a_time(session, f"application tally {application.cohort_id}")
    row = session.scalar(
        select(ApplicationTally).where(
            ApplicationTally.cohort_id == application.cohort_id,
            ApplicationTally.municipality.is_not_distinct_from(kind.municipality),
            ApplicationTally.payer == kind.payer,
            ApplicationTally.step == kind.step,
        )
    )
    if row is None:
        row = ApplicationTally(
            cohort_id=application.cohort_id,
            municipality=kind.municipality,
            payer=kind.payer,
            step=kind.step,
            number=0,
        )
        session.add(row)
    row.number += 1
    session.flush()
