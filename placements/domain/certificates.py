"""The certificate of participation: who may have one, and what it says they attended (never a percentage)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from placements.domain import attendance_ledger, diploma_gates
from placements.domain.attendance_ledger import Line
from placements.domain.diploma_states import standing, standing_certificate
from placements.domain.rules import Requirement, Unmet
from placements.i18n import _
from placements.models.diplomas import Diploma
from placements.models.enrolments import Enrolment


@dataclass(frozen=True, slots=True)
class Attended:
    """Minutes by module, and the last day: what somebody took part in as far as the registers say."""

    minutes: dict[int, int]
    last_day: date | None

    @property
    def total(self) -> int:
        return sum(self.minutes.values())


def summed(lines: Sequence[Line]) -> Attended:
    minutes: dict[int, int] = {}
    last_day = None
    for line in lines:
        if line.attended:
            minutes[line.module_id] = minutes.get(line.module_id, 0) + line.attended
            last_day = max(line.held_on, last_day or line.held_on)
    return Attended(minutes, last_day)


def attended(session: Session, enrolment: Enrolment) -> Attended:
    return summed(attendance_ledger.lines(session, [enrolment.id])[enrolment.id])


def checks_for_issue(session: Session, enrolment: Enrolment) -> list[Requirement]:
    given = session.scalars(select(Diploma).where(Diploma.enrolment_id == enrolment.id)).all()
    open_points = diploma_gates.unmet_for_issue(session, enrolment)
    return checks(given, attended(session, enrolment), ready_for_diploma=not open_points)


def checks(given: Sequence[Diploma], taken: Attended, *, ready_for_diploma: bool) -> list[Requirement]:
    """Something was attended, and no diploma is due or given."""
    return [
        Requirement("attended", _("Mindst én undervisningsgang med fremmøde"), taken.total > 0),
        Requirement("diploma", _("Intet gyldigt uddannelsesbevis"), standing(given) is None),
        Requirement("not_ready", _("Kravene til et uddannelsesbevis er ikke opfyldt"), not ready_for_diploma),
        Requirement(
            "certificate", _("Intet andet gyldigt deltagerbevis"), standing_certificate(given) is None
        ),
    ]


def unmet_for_issue(session: Session, enrolment: Enrolment) -> list[Unmet]:
    return [check for check in checks_for_issue(session, enrolment) if not check.met]
