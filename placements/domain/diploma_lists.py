"""Who of a cohort has a diploma or certificate, who can get one now, and what the others lack."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload

from placements.domain import attendance_ledger, certificates, diploma_gates, enrolments
from placements.domain.certificates import Attended
from placements.domain.diploma_gates import Candidate
from placements.domain.diploma_states import standing_certificate
from placements.domain.rules import Requirement, RuleBroken
from placements.i18n import _
from placements.models.cohorts import Cohort
from placements.models.diplomas import Diploma, DiplomaKind, DiplomaStatus
from placements.models.documents import Document
from placements.models.enrolments import Enrolment

MOST_AT_ONCE = 60
"""Documents in the file that is bound while somebody waits for it; more are gathered by the worker."""
TOO_MANY_AT_ONCE = _("Der er flere beviser, end der kan åbnes på én gang. Hent dem som filer i stedet.")
NOBODY = _("Sæt kryds ved mindst én, der skal have et bevis.")


@dataclass(frozen=True, slots=True)
class Line:
    """One person: `candidate` says it of the diploma, the rest of the certificate."""

    candidate: Candidate
    certificate: Diploma | None
    attended: Attended
    certificate_checks: list[Requirement]

    @property
    def enrolment(self) -> Enrolment:
        return self.candidate.enrolment

    @property
    def proof(self) -> Diploma | None:
        return self.candidate.diploma or self.certificate

    @property
    def stays(self) -> bool:
        """May still come to meet the rules."""
        return enrolments.stays(self.enrolment)

    def is_ready_for(self, kind: DiplomaKind) -> bool:
        if kind is DiplomaKind.DIPLOMA:
            return self.candidate.ready
        return all(check.met for check in self.certificate_checks)


@dataclass(frozen=True, slots=True)
class SortedOut:
    """Each person of a cohort in one of these, by name; who lacks something may still get a certificate."""

    ready: list[Line]
    given: list[Line]
    lacking: list[Line]

    @property
    def ready_for_certificate(self) -> list[Line]:
        return [line for line in self.lacking if line.is_ready_for(DiplomaKind.CERTIFICATE)]

    @property
    def opens_at_once(self) -> bool:
        """Whether all that was given is few enough to be printed while somebody waits."""
        return len(self.given) <= MOST_AT_ONCE


@dataclass(frozen=True, slots=True)
class Tally:
    cohort: Cohort
    people: int
    diplomas: int
    certificates: int

    @property
    def proofs(self) -> int:
        return self.diplomas + self.certificates


# Questions


def lines(session: Session, cohort: Cohort) -> list[Line]:
    """Everybody in the cohort by name; as many queries for few as for many."""
    given: dict[int, list[Diploma]] = {}
    for diploma in _of_cohorts(session, [cohort.id]):
        given.setdefault(diploma.enrolment_id, []).append(diploma)
    ledger = attendance_ledger.lines_of_cohort(session, cohort.id)
    return [
        _line(candidate, given.get(candidate.enrolment.id, []), ledger.get(candidate.enrolment.id, []))
        for candidate in diploma_gates.candidates(session, cohort)
    ]


def _line(candidate: Candidate, given: list[Diploma], ledger: list[attendance_ledger.Line]) -> Line:
    taken = certificates.summed(ledger)
    checks = certificates.checks(given, taken, ready_for_diploma=candidate.ready)
    return Line(candidate, standing_certificate(given), taken, checks)


def sorted_out(found: list[Line]) -> SortedOut:
    """Whoever has a certificate alone and has come to meet the rules is ready for a diploma."""
    ready = [line for line in found if line.is_ready_for(DiplomaKind.DIPLOMA)]
    given = [line for line in found if line.proof and line not in ready]
    return SortedOut(ready, given, [line for line in found if line not in ready and line not in given])


def tallies(session: Session, cohorts: Collection[Cohort]) -> list[Tally]:
    """The same cohorts, with how many people and proofs each has."""
    ids = [cohort.id for cohort in cohorts]
    counted = select(Enrolment.cohort_id, func.count()).where(Enrolment.cohort_id.in_(ids))
    people = dict(session.execute(counted.group_by(Enrolment.cohort_id)).all())
    proofs = select(Enrolment.cohort_id, Diploma.kind, func.count()).join(Diploma.enrolment)
    proofs = proofs.where(Enrolment.cohort_id.in_(ids), Diploma.status == DiplomaStatus.ISSUED)
    rows = session.execute(proofs.group_by(Enrolment.cohort_id, Diploma.kind))
    found = {(cohort_id, kind): number for cohort_id, kind, number in rows}
    return [
        Tally(
            cohort,
            people.get(cohort.id, 0),
            found.get((cohort.id, DiplomaKind.DIPLOMA), 0),
            found.get((cohort.id, DiplomaKind.CERTIFICATE), 0),
        )
        for cohort in cohorts
    ]


def _of_cohorts(session: Session, cohort_ids: Collection[int]) -> list[Diploma]:
    found = select(Diploma).join(Diploma.enrolment).where(Enrolment.cohort_id.in_(cohort_ids))
    return list(session.scalars(found.order_by(Diploma.id)))


def chosen(found: list[Line], kind: DiplomaKind, enrolment_ids: Collection[int]) -> list[Line]:
    """Those of the list that were ticked. Raises `RuleBroken` when there are none, or one is not ready."""
    people = [line for line in found if line.enrolment.id in enrolment_ids]
    if not people:
        raise RuleBroken(NOBODY)
    unready = [line.enrolment.user.name for line in people if not line.is_ready_for(kind)]
    if unready:
        raise RuleBroken(_("Det kan ikke udstedes til %(names)s lige nu.", names=", ".join(unready)))
    return people


def standing_in(session: Session, cohort: Cohort) -> list[Diploma]:
    """What is valid in the cohort, with the frozen documents, by name: to be printed."""
    found = (
        _standing()
        .where(Enrolment.cohort_id == cohort.id)
        .options(joinedload(Diploma.document).undefer(Document.content))
        .order_by(Diploma.person_name, Diploma.id)
    )
    return list(session.scalars(found))


def number_standing_in(session: Session, cohort: Cohort) -> int:
    found = _standing().where(Enrolment.cohort_id == cohort.id).with_only_columns(func.count())
    return session.scalar(found) or 0


def holders(session: Session, cohorts: Collection[Cohort]) -> list[int]:
    """Enrolments with something valid to print in these cohorts, the newest cohort first, by name."""
    found = (
        _standing()
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .where(Cohort.id.in_([cohort.id for cohort in cohorts]))
        .with_only_columns(Enrolment.id)
        .order_by(Cohort.starts_on.desc(), Cohort.id, Diploma.person_name, Diploma.id)
    )
    return list(dict.fromkeys(session.scalars(found)))


def _standing() -> Select[Diploma]:
    valid = Diploma.status == DiplomaStatus.ISSUED
    return select(Diploma).join(Diploma.enrolment).where(valid, Diploma.document_id.is_not(None))
