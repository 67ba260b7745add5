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
    """What somebody took part in as far as the registers say: minutes by module, and the last day.

    `planned` are the minutes that the same modules had for this person; of one that was begun twice, the
    longer time counts.
    """

    minutes: dict[int, int]
    last_day: date | None
    planned: int = 0

    @property
    def total(self) -> int:
        return sum(self.minutes.values())


def summed(lines: Sequence[Line]) -> Attended:
    minutes: dict[int, int] = {}
    by_run: dict[tuple[int, int], int] = {}
    for line in lines:
        run = line.module_id, line.run_id
        by_run[run] = by_run.get(run, 0) + line.planned
        if line.attended:
            minutes[line.module_id] = minutes.get(line.module_id, 0) + line.attended
    planned: dict[int, int] = {}
    for (module_id, _run_id), length in by_run.items():
        if module_id in minutes:
            planned[module_id] = max(length, planned.get(module_id, 0))
    last_day = max((line.held_on for line in lines if line.attended), default=None)
    return Attended(minutes, last_day, sum(planned.values()))


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
