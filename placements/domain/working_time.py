"""Whether the time for the education counts as working time (H-11).

At a partner's unit it does by itself; elsewhere the manager and the participant agree on it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from placements.domain import enrolments
from placements.domain.rules import RuleBroken, Stale
from placements.i18n import _
from placements.models.cohorts import Cohort
from placements.models.enrolments import Enrolment
from placements.models.hosts import Organisation, Unit, UnitPeriod
from placements.models.programmes import Audience, Programme
from placements.models.working_time import WorkingTimeAgreement

EMPLOYED = frozenset({Audience.PAID_PEER, Audience.COLLEAGUE})
"""Who has a job that the education lies beside; a volunteer has none."""


@dataclass(frozen=True, slots=True)
class Standing:
    """`partner` is what the partner that employs this person is called."""

    enrolment: Enrolment
    partner: str | None
    agreement: WorkingTimeAgreement | None

    @property
    def missing(self) -> bool:
        return self.partner is None and self.agreement is None


# Questions


def applies(enrolment: Enrolment) -> bool:
    return enrolment.audience in EMPLOYED and enrolments.stays(enrolment)


def partner_of(programme: Programme, unit: Unit | None, days: Sequence[date]) -> str | None:
    """The partner that owned the unit on one of these days, by its name of that day."""
    if unit is None:
        return None
    called = [unit.period_on(day).organisation.name_on(day) for day in days]
    return next((name for name in called if name in programme.partners), None)


def of_enrolment(session: Session, enrolment: Enrolment, *, today: date) -> Standing | None:
    """None for somebody without a job beside the education."""
    if not applies(enrolment):
        return None
    return _standing(enrolment, agreement_of(session, enrolment), today)


def agreement_of(session: Session, enrolment: Enrolment) -> WorkingTimeAgreement | None:
    return session.scalar(
        select(WorkingTimeAgreement).where(WorkingTimeAgreement.enrolment_id == enrolment.id)
    )


def _standing(enrolment: Enrolment, agreement: WorkingTimeAgreement | None, today: date) -> Standing:
    """A partner when the participant began counts, and so does one that has become a partner since."""
    days = (enrolment.starts_on, today)
    return Standing(enrolment, partner_of(enrolment.cohort.programme, enrolment.unit, days), agreement)


def of_cohort(session: Session, cohort: Cohort, *, today: date) -> list[Standing]:
    """Everybody in the cohort with a job, by name."""
    owners = selectinload(Unit.periods).joinedload(UnitPeriod.organisation).selectinload(Organisation.names)
    people = session.scalars(
        select(Enrolment)
        .options(joinedload(Enrolment.user), joinedload(Enrolment.unit).options(owners))
        .where(Enrolment.cohort_id == cohort.id)
    )
    kept = session.scalars(
        select(WorkingTimeAgreement)
        .join(Enrolment, Enrolment.id == WorkingTimeAgreement.enrolment_id)
        .where(Enrolment.cohort_id == cohort.id)
    )
    agreements = {agreement.enrolment_id: agreement for agreement in kept}
    found = [_standing(one, agreements.get(one.id), today) for one in people if applies(one)]
    return sorted(found, key=lambda one: (one.enrolment.user.name, one.enrolment.id))


# Actions


def record(
    session: Session, enrolment: Enrolment, *, agreed_on: date, manager_name: str, version: int, today: date
) -> WorkingTimeAgreement:
    """The manager and the participant have agreed. `version` is 0 when nothing is recorded yet."""
    if not applies(enrolment):
        raise RuleBroken(_("Her er der ikke brug for en aftale om arbejdstid."))
    if agreed_on > today:
        raise RuleBroken(_("Datoen er ikke kommet endnu."), field="agreed_on")
    if not manager_name.strip():
        raise RuleBroken(_("Skriv, hvem der er leder."), field="manager_name")
    agreement = agreement_of(session, enrolment)
    if (agreement.version if agreement else 0) != version:
        raise Stale
    if agreement is None:
        agreement = WorkingTimeAgreement(enrolment=enrolment)
        session.add(agreement)
    agreement.agreed_on, agreement.manager_name = agreed_on, manager_name.strip()
    return agreement
