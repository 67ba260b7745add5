"""The cohort of 2017: two diplomas of that time (H-10), and a certificate for one who got part of the way."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy.orm import Session

from placements import printing
from placements.domain import certificates, diplomas
from placements.models.enrolments import Enrolment

DAY = date(2018, 6, 20)


def give(session: Session, people: Sequence[Enrolment], *, now: datetime) -> None:
    """To the first two; and of the others the first who attended something and does not meet the rules."""
    for person in people[:2]:
        diploma = diplomas.issue(session, person, today=DAY)
        session.flush()
        printing.diplomas.freeze(session, diploma, now=now)
    lacking = next(one for one in people[2:] if not certificates.unmet_for_issue(session, one))
    certificate = diplomas.issue_certificate(session, lacking, today=DAY)
    session.flush()
    printing.diplomas.freeze(session, certificate, now=now)
