"""Diplomas and certificates: issuing, issuing anew, revoking; and finding one by its code."""

from __future__ import annotations

import secrets
from datetime import date

from sqlalchemy import ColumnElement, Select, false, or_, select
from sqlalchemy.orm import Session, joinedload

from placements.db import one_at_a_time
from placements.domain import badges, certificates, diploma_gates, enrolments, number_series, own_enrolments
from placements.domain.actors import Actor
from placements.domain.diploma_states import TRANSITIONS, is_certificate
from placements.domain.rules import RuleBroken, expect_version, require, target_of
from placements.i18n import _
from placements.models.cohorts import Cohort
from placements.models.diplomas import Diploma, DiplomaKind, DiplomaStatus
from placements.models.documents import Document
from placements.models.enrolments import Enrolment

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
CODE_LENGTH = 16
LONGEST_NAME = 120
LONGEST_REASON = 500
LETTERS = {DiplomaKind.DIPLOMA: "UB", DiplomaKind.CERTIFICATE: "DB"}
"""What a number begins with: uddannelsesbevis, deltagerbevis."""

OVER = _("Beviset gælder ikke længere, så det kan ikke ændres.")


def _scope(actor: Actor) -> ColumnElement[bool]:
    if actor.id is None:
        return false()
    own = own_enrolments.ids_of(actor)
    return or_(Diploma.enrolment_id.in_(_coordinated(actor)), Diploma.enrolment_id.in_(own))


def _coordinated(actor: Actor) -> Select[int]:
    return enrolments.coordinated_by(actor).with_only_columns(Enrolment.id)


def visible_to(actor: Actor) -> Select[Diploma]:
    """Coordinators: their programmes. Participants: their own."""
    return select(Diploma).where(_scope(actor))


def coordinated_by(actor: Actor) -> Select[Diploma]:
    """Those that the coordinator may replace or revoke."""
    return select(Diploma).where(Diploma.enrolment_id.in_(_coordinated(actor)))


# Questions


def tidy(code: str) -> str:
    """The code as it is kept: what people write with spaces, dashes and in any case."""
    return "".join(char for char in code.upper() if char in ALPHABET)


def by_code(session: Session, code: str) -> Diploma | None:
    """Every code is looked for in the same way, also one that can belong to nobody."""
    return session.scalar(select(Diploma).where(Diploma.code == tidy(code)))


def grouped(code: str) -> str:
    """Four and four, as it is printed and typed."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def place_of(cohort: Cohort) -> str:
    """Where it is issued: the programme's first home municipality, else its region."""
    programme = cohort.programme
    return next(iter(programme.home_municipalities), programme.region or "")


def of_person(session: Session, enrolment: Enrolment) -> list[Diploma]:
    """All that somebody was given in a cohort, the newest first."""
    found = select(Diploma).where(Diploma.enrolment_id == enrolment.id)
    return list(session.scalars(found.options(joinedload(Diploma.document)).order_by(Diploma.id.desc())))


# Actions


def issue(session: Session, enrolment: Enrolment, *, today: date) -> Diploma:
    """A diploma with the organiser's next number of the year; the participation is completed with it.

    The document is frozen onto it by `attach`, in the same transaction.
    """
    _wait_for_turn(session, enrolment)
    require(_("Beviset kan ikke udstedes endnu."), diploma_gates.unmet_for_issue(session, enrolment))
    diploma = _new(session, DiplomaKind.DIPLOMA, enrolment, today=today)
    if enrolments.is_active(enrolment):
        enrolments.complete(enrolment)
    return diploma


def issue_certificate(session: Session, enrolment: Enrolment, *, today: date) -> Diploma:
    """The same for what somebody attended without meeting the rules. The participation stays as it is."""
    _wait_for_turn(session, enrolment)
    require(_("Deltagerbeviset kan ikke udstedes."), certificates.unmet_for_issue(session, enrolment))
    return _new(session, DiplomaKind.CERTIFICATE, enrolment, today=today)


def _wait_for_turn(session: Session, enrolment: Enrolment) -> None:
    """Two who issue at once to the same person: the second sees what the first gave."""
    one_at_a_time(session, f"diplomas of {enrolment.id}")


def _new(session: Session, kind: DiplomaKind, enrolment: Enrolment, *, today: date) -> Diploma:
    programme = enrolment.cohort.programme
    return _numbered(
        session,
        Diploma(
            kind=kind,
            enrolment=enrolment,
            issued_on=today,
            issuer=programme.organiser_on(today),
            programme_name=programme.name,
            person_name=enrolment.user.name,
        ),
    )


def _numbered(session: Session, diploma: Diploma) -> Diploma:
    """With the next number in the series of its issuer, kind and year, a code of 80 bits; a diploma's badge
    gets its place."""
    year = diploma.issued_on.year
    number = number_series.take(session, f"{diploma.kind}:{diploma.issuer}", year)
    diploma.number = f"{LETTERS[diploma.kind]}-{year}-{number:04d}"
    diploma.code = "".join(secrets.choice(ALPHABET) for _place in range(CODE_LENGTH))
    diploma.status = DiplomaStatus.ISSUED
    if not is_certificate(diploma):
        badges.give_place(session, diploma)
    session.add(diploma)
    return diploma


def reissue(
    session: Session, old: Diploma, *, name: str, issued_on: date, version: int, today: date
) -> Diploma:
    """A new one with the corrected name or date, in the words of the old one's day: new number, new code."""
    expect_version(old, version)
    status = target_of(TRANSITIONS, "reissue", old.status, OVER)
    name = " ".join(name.split())
    if not 0 < len(name) <= LONGEST_NAME:
        raise RuleBroken(_("Skriv det navn, der skal stå på beviset."), field="name")
    if not old.enrolment.starts_on <= issued_on <= today:
        raise RuleBroken(
            _("Datoen skal ligge efter uddannelsens start og ikke i fremtiden."), field="issued_on"
        )
    old.status, old.ended_on = status, today
    session.flush()
    return _numbered(
        session,
        Diploma(
            kind=old.kind,
            enrolment=old.enrolment,
            issued_on=issued_on,
            issuer=old.issuer,
            programme_name=old.programme_name,
            person_name=name,
            replaces=old,
        ),
    )


def revoke(diploma: Diploma, *, reason: str, version: int, today: date) -> None:
    """It stays, with the reason for those who run the programme; whoever holds the code is told the day."""
    expect_version(diploma, version)
    status = target_of(TRANSITIONS, "revoke", diploma.status, OVER)
    reason = reason.strip()
    if not 0 < len(reason) <= LONGEST_REASON:
        raise RuleBroken(_("Skriv, hvorfor beviset trækkes tilbage."), field="reason")
    diploma.status, diploma.ended_on, diploma.reason = status, today, reason


def attach(diploma: Diploma, document: Document) -> None:
    """Tie the frozen document to its diploma."""
    diploma.document = document
