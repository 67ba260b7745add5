"""What a course led to (V-14, V-15): for each person, and with their consent what they do afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, false, or_, select
from sqlalchemy.orm import Session

from placements.domain import enrolments
from placements.domain.actors import Actor
from placements.domain.placement_states import BEGUN, FINISHED, RUNNING
from placements.domain.rules import RuleBroken, Stale
from placements.i18n import _
from placements.models.cohorts import Cohort
from placements.models.enrolments import Enrolment
from placements.models.outcomes import Afterwards, Outcome, Result, SelfSupporting
from placements.models.placements import Placement


@dataclass(frozen=True, slots=True)
class Known:
    """What is written about somebody; without a day of consent only the result."""

    result: Result | None = None
    consented_on: date | None = None
    afterwards: Afterwards | None = None
    support_before: SelfSupporting | None = None
    support_after: SelfSupporting | None = None


# Visibility


def _scope(actor: Actor) -> ColumnElement[bool]:
    """Coordinators of the programme, and the person; not those who teach."""
    if actor.id is None:
        return false()
    cohorts = select(Cohort.id).where(Cohort.programme_id.in_(actor.programme_ids))
    return or_(Enrolment.cohort_id.in_(cohorts), Enrolment.user_id == actor.id)


def courses_of(actor: Actor) -> Select[Enrolment]:
    """Those whose outcome this person may see."""
    return select(Enrolment).where(_scope(actor))


def visible_to(actor: Actor) -> Select[Outcome]:
    return select(Outcome).where(Outcome.enrolment_id.in_(select(Enrolment.id).where(_scope(actor))))


# Questions


def of_enrolment(session: Session, enrolment: Enrolment) -> Outcome | None:
    return session.scalar(select(Outcome).where(Outcome.enrolment_id == enrolment.id))


def placements_of(session: Session, enrolment: Enrolment) -> Sequence[Placement]:
    return session.scalars(select(Placement).where(Placement.enrolment_id == enrolment.id)).all()


def derived(enrolment: Enrolment, placed: Sequence[Placement]) -> Result:
    """What the placements say: a practicum that ended on its first day is one nobody came to."""
    if enrolments.is_completed(enrolment) or any(one.status in FINISHED for one in placed):
        return Result.COMPLETED
    if enrolments.is_active(enrolment) and any(one.status in RUNNING for one in placed):
        return Result.UNDER_WAY
    stopped = [one for one in placed if one.status in BEGUN - RUNNING]
    if stopped:
        came = any(one.starts_on < one.ends_on for one in stopped)
        return Result.PARTLY if came else Result.NOT_SHOWN
    return Result.UNDER_WAY if enrolments.is_active(enrolment) else Result.PARTLY


# Actions


def write(session: Session, enrolment: Enrolment, known: Known, *, version: int, today: date) -> Outcome:
    """Keep it. `version` is 0 when nothing is kept yet."""
    told = known.afterwards or known.support_before or known.support_after
    if told and known.consented_on is None:
        raise RuleBroken(
            _("Skriv, hvilken dag personen har sagt ja til, at det må gemmes."), field="consented_on"
        )
    if known.consented_on and known.consented_on > today:
        raise RuleBroken(_("Datoen er ikke kommet endnu."), field="consented_on")
    outcome = of_enrolment(session, enrolment)
    if (outcome.version if outcome else 0) != version:
        raise Stale
    if outcome is None:
        outcome = Outcome(enrolment=enrolment)
        session.add(outcome)
    outcome.result, outcome.consented_on, outcome.afterwards = (
        known.result,
        known.consented_on,
        known.afterwards,
    )
    outcome.support_before, outcome.support_after = known.support_before, known.support_after
    return outcome


def withdraw(outcome: Outcome) -> None:
    """Consent is taken back: what stood under it is removed, and stands in no history either."""
    if outcome.consented_on is None:
        raise RuleBroken(_("Der er ikke noget samtykke at trække tilbage."))
    outcome.consented_on = outcome.afterwards = outcome.support_before = outcome.support_after = None
