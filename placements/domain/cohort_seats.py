"""The seats of a cohort: how many there are, and how many of them applicants have been offered."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from placements.domain.application_states import HOLDING
from placements.models.applications import Application
from placements.models.cohorts import Cohort


def seats_of(cohort: Cohort) -> int | None:
    """Its own number, else that of its programme; None where nobody has said how many (V-07)."""
    return cohort.seats if cohort.seats is not None else cohort.programme.selection_seats


def held(session: Session, cohort: Cohort) -> int:
    """Seats that have been offered and not answered."""
    chosen = select(func.count()).where(Application.cohort_id == cohort.id, Application.status.in_(HOLDING))
    return session.execute(chosen).scalar_one()
