"""What the coordinators know of their hosts: what is asked for, agreed and noted, and who did not answer."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from placements.demo import DAY, people
from placements.domain import clearances, frameworks, pauses, quality
from placements.domain.actors import Actor
from placements.models.clearances import ClearanceKind
from placements.models.enrolments import Enrolment
from placements.models.hosts import Unit
from placements.models.users import User

CRIMINAL, CONFIDENTIALITY = ClearanceKind.CRIMINAL_RECORD, ClearanceKind.CONFIDENTIALITY
SUMMER = date(2024, 7, 15)


def follow_up(session: Session, units: dict[str, Unit], students: list[Enrolment], coordinator: User) -> None:
    ward, house, quiet = (units[people.UNITS[number].name] for number in (0, 5, 6))
    for unit, kind in ((ward, CRIMINAL), (ward, CONFIDENTIALITY), (house, CONFIDENTIALITY)):
        clearances.ask_for(session, unit, kind, mandatory=kind is CRIMINAL)
        session.flush()
    _checks(session, students)
    frameworks.add(
        session,
        ward.periods[0].organisation,
        reference="Rammeaftale 2023-04",
        starts_on=date(2023, 4, 1),
        expires_on=date(2025, 3, 31),
    )
    quality.write(
        session,
        house,
        Actor(id=coordinator.id, name=coordinator.name),
        reviewed_on=date(2024, 2, 20),
        review_again_on=date(2025, 2, 20),
        note="God velkomst og faste møder med vejlederen. Find næste gang et sted at trække sig tilbage.",
        today=DAY,
    )
    pauses.set_aside(session, quiet, reason="Har ikke svaret på tre henvendelser.", today=SUMMER)


def _checks(session: Session, students: list[Enrolment]) -> None:
    """Two are in order, one of them for a short while yet; one is asked for."""
    seen = date(2024, 12, 16)
    for student, seen_on, expires_on in (
        (students[0], seen, date(2025, 3, 16)),
        (students[2], seen, None),
        (students[6], None, None),
    ):
        clearances.register(
            session,
            student,
            CRIMINAL,
            requested_on=date(2024, 12, 2),
            seen_on=seen_on,
            expires_on=expires_on,
            version=-1,
            today=DAY,
        )
