"""The seats of a cohort: how many there are, how many applicants have been offered, and whose turn it is."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from placements.db import one_at_a_time
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


def lock(session: Session, *cohort_ids: int) -> None:
    """Whoever gives or takes a seat in them at this very moment waits for this to end.

    Taken before the lock of an address (`users.invite`), so that two never wait for each other.
    """
    one_at_a_time(session, *(f"cohort {cohort_id}" for cohort_id in cohort_ids))
