"""Diplomas: who may have one, issuing it, and verifying it by its code."""

from __future__ import annotations

import secrets
from datetime import date

from sqlalchemy import ColumnElement, Select, false, or_, select
from sqlalchemy.orm import Session, joinedload

from placements.domain import diploma_gates, diploma_states, enrolments, number_series
from placements.domain.actors import Actor
from placements.domain.rules import require
from placements.i18n import _
from placements.models.cohorts import Cohort
from placements.models.diplomas import Diploma, DiplomaStatus
from placements.models.documents import Document
from placements.models.enrolments import Enrolment

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


def place_of(cohort: Cohort) -> str:
    """Where it is issued: the programme's first home municipality, else its region."""
    programme = cohort.programme
    return next(iter(programme.home_municipalities), programme.region or "")


def of_person(session: Session, enrolment: Enrolment) -> Diploma | None:
    return diploma_states.standing(
        session.scalars(
            select(Diploma).options(joinedload(Diploma.document)).where(Diploma.enrolment_id == enrolment.id)
        )
    )


# Actions


def issue(session: Session, enrolment: Enrolment, *, today: date) -> Diploma:
    """A diploma with the programme's next number of the year and a code that nobody can guess (80 bits).

    The document is frozen onto it by `attach`, in the same transaction.
    """
    require(_("Beviset kan ikke udstedes endnu."), diploma_gates.unmet_for_issue(session, enrolment))
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
