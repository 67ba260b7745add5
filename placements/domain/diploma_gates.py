"""What must be in place before somebody gets a diploma."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from placements.domain import completion, enrolments
from placements.domain.completion import Completion
from placements.domain.diploma_states import standing
from placements.domain.placement_states import FINISHED
from placements.domain.rules import Requirement, Unmet
from placements.i18n import _
from placements.models.cohorts import Cohort
from placements.models.diplomas import Diploma
from placements.models.enrolments import Enrolment
from placements.models.placements import Placement

AT_LAST = date.max
"""Whether a rule is met is the same on every day; only whether it still can be is not."""


def completed_placement(session: Session, enrolment: Enrolment) -> Placement | None:
    return session.scalar(
        select(Placement)
        .where(Placement.enrolment_id == enrolment.id, Placement.status.in_(FINISHED))
        .order_by(Placement.ends_on.desc())
        .limit(1)
    )


def checks_for_issue(session: Session, enrolment: Enrolment) -> list[Requirement]:
    """What must be in place: the rules of completion, and no diploma already."""
    given = session.scalars(select(Diploma).where(Diploma.enrolment_id == enrolment.id))
    (standing_now,) = completion.of_people(session, [enrolment], today=AT_LAST)
    return _checks(standing_now, given=standing(given) is not None)


def _checks(standing_now: Completion, *, given: bool) -> list[Requirement]:
    stays = enrolments.stays(standing_now.enrolment)
    return [
        *completion.checks(standing_now),
        Requirement("enrolment", _("Deltagelse, der ikke er afbrudt"), stays),
        Requirement("diploma", _("Intet andet gyldigt bevis"), not given),
    ]


def unmet_for_issue(session: Session, enrolment: Enrolment) -> list[Unmet]:
    return [check for check in checks_for_issue(session, enrolment) if not check.met]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A participant with the diploma they have, or what is missing for one."""

    enrolment: Enrolment
    diploma: Diploma | None
    checks: list[Requirement]

    @property
    def ready(self) -> bool:
        return all(check.met for check in self.checks)


def candidates(session: Session, cohort: Cohort) -> list[Candidate]:
    """Everybody in the cohort, in as many queries for one as for many."""
    everybody = completion.of_cohort(session, cohort, today=AT_LAST)
    given: dict[int, list[Diploma]] = {}
    ids = [one.enrolment.id for one in everybody]
    for diploma in session.scalars(select(Diploma).where(Diploma.enrolment_id.in_(ids))):
        given.setdefault(diploma.enrolment_id, []).append(diploma)
    found = []
    for one in everybody:
        valid = standing(given.get(one.enrolment.id, []))
        found.append(Candidate(one.enrolment, valid, _checks(one, given=valid is not None)))
    return found
