"""What must be in place before somebody gets a diploma."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from placements.domain import enrolments
from placements.domain.diploma_states import standing
from placements.domain.placement_states import FINISHED
from placements.domain.rules import Requirement, Unmet
from placements.i18n import _
from placements.models.cohorts import Cohort
from placements.models.diplomas import Diploma
from placements.models.enrolments import Enrolment
from placements.models.placements import Placement


def completed_placement(session: Session, enrolment: Enrolment) -> Placement | None:
    return session.scalar(
        select(Placement)
        .where(Placement.enrolment_id == enrolment.id, Placement.status.in_(FINISHED))
        .order_by(Placement.ends_on.desc())
        .limit(1)
    )


def checks_for_issue(session: Session, enrolment: Enrolment) -> list[Requirement]:
    """What must be in place: the theory, the practicum where there is one, and no diploma already."""
    programme = enrolment.cohort.programme
    given = session.scalars(select(Diploma).where(Diploma.enrolment_id == enrolment.id))
    return _checks(
        enrolment,
        needs_practicum=programme.practicum_weeks is not None,
        practicum_done=programme.practicum_weeks is None
        or completed_placement(session, enrolment) is not None,
        given=standing(given) is not None,
    )


def _checks(
    enrolment: Enrolment, *, needs_practicum: bool, practicum_done: bool, given: bool
) -> list[Requirement]:
    checks = [
        Requirement("theory", _("Bekræftet fremmøde i teorien"), enrolment.theory_met_on is not None),
        Requirement("enrolment", _("Deltagelse, der ikke er afbrudt"), enrolments.stays(enrolment)),
        Requirement("diploma", _("Intet andet gyldigt bevis"), not given),
    ]
    if needs_practicum:
        checks.insert(1, Requirement("practicum", _("Gennemført praktik"), practicum_done))
    return checks


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
    """Everybody in the cohort, in four queries however many they are."""
    people = enrolments.of_cohort(session, cohort)
    ids = [enrolment.id for enrolment in people]
    given: dict[int, list[Diploma]] = {}
    for diploma in session.scalars(select(Diploma).where(Diploma.enrolment_id.in_(ids))):
        given.setdefault(diploma.enrolment_id, []).append(diploma)
    done = set(
        session.scalars(
            select(Placement.enrolment_id).where(
                Placement.enrolment_id.in_(ids), Placement.status.in_(FINISHED)
            )
        )
    )
    needs = cohort.programme.practicum_weeks is not None
    return [
        Candidate(
            person,
            standing(given.get(person.id, [])),
            _checks(
                person,
                needs_practicum=needs,
                practicum_done=person.id in done,
                given=standing(given.get(person.id, [])) is not None,
            ),
        )
        for person in people
    ]
