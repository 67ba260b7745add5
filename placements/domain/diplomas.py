"""Diplomas: who may have one, issuing it, and verifying it by its code."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, false, or_, select
from sqlalchemy.orm import Session, joinedload

from placements.domain import enrolments, number_series
from placements.domain.actors import Actor
from placements.domain.placement_states import FINISHED
from placements.domain.rules import Requirement, Unmet, require
from placements.i18n import _
from placements.models.cohorts import Cohort
from placements.models.diplomas import Diploma, DiplomaStatus
from placements.models.documents import Document
from placements.models.enrolments import Enrolment
from placements.models.placements import Placement

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
CODE_LENGTH = 16


def _scope(actor: Actor) -> ColumnElement[bool]:
    if actor.id is None:
        return false()
    coordinated = (
        select(Enrolment.id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .where(Cohort.programme_id.in_(actor.programme_ids))
    )
    own = select(Enrolment.id).where(Enrolment.user_id == actor.id)
    return or_(Diploma.enrolment_id.in_(coordinated), Diploma.enrolment_id.in_(own))


def visible_to(actor: Actor) -> Select[Diploma]:
    """Coordinators: their programmes. Participants: their own."""
    return select(Diploma).where(_scope(actor))


# Questions


def tidy(code: str) -> str:
    """The code as it is kept: what people write with spaces, dashes and in any case."""
    return "".join(char for char in code.upper() if char in ALPHABET)


def by_code(session: Session, code: str) -> Diploma | None:
    plain = tidy(code)
    if len(plain) != CODE_LENGTH:
        return None
    return session.scalar(select(Diploma).where(Diploma.code == plain))


def grouped(code: str) -> str:
    """Four and four, as it is printed and typed."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def is_valid(diploma: Diploma) -> bool:
    return diploma.status is DiplomaStatus.ISSUED


def standing(diplomas: Iterable[Diploma]) -> Diploma | None:
    """The one that counts among those of one person in one cohort."""
    return next((diploma for diploma in diplomas if is_valid(diploma)), None)


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


def place_of(cohort: Cohort) -> str:
    """Where it is issued: the programme's first home municipality, else its region."""
    programme = cohort.programme
    return next(iter(programme.home_municipalities), programme.region or "")


def of_person(session: Session, enrolment: Enrolment) -> Diploma | None:
    return standing(
        session.scalars(
            select(Diploma).options(joinedload(Diploma.document)).where(Diploma.enrolment_id == enrolment.id)
        )
    )


# Actions


def issue(session: Session, enrolment: Enrolment, *, today: date) -> Diploma:
    """A diploma with the programme's next number of the year and a code that nobody can guess (80 bits).

    The document is frozen onto it by `attach`, in the same transaction.
    """
    require(_("Beviset kan ikke udstedes endnu."), unmet_for_issue(session, enrolment))
    programme = enrolment.cohort.programme
    issuer = programme.organiser_on(today)
    number = number_series.take(session, f"diploma:{programme.slug}", today.year)
    diploma = Diploma(
        enrolment=enrolment,
        number=f"{programme.slug.upper()}-{today.year}-{number:04d}",
        code="".join(secrets.choice(ALPHABET) for _place in range(CODE_LENGTH)),
        status=DiplomaStatus.ISSUED,
        issued_on=today,
        issuer=issuer,
        programme_name=programme.name,
        person_name=enrolment.user.name,
    )
    session.add(diploma)
    if enrolments.is_active(enrolment):
        enrolments.complete(enrolment)
    return diploma


def attach(diploma: Diploma, document: Document) -> None:
    """Tie the frozen document to its diploma."""
    diploma.document = document
