"""People in cohorts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, false, or_, select
from sqlalchemy.orm import Session, joinedload

from placements.domain import attendance_ledger, cohort_seats, users
from placements.domain.actors import Actor
from placements.domain.rules import RuleBroken, moves, target_of
from placements.i18n import _
from placements.models.cohorts import Cohort
from placements.models.enrolments import Enrolment, EnrolmentStatus
from placements.models.hosts import Unit
from placements.models.programmes import Audience, Programme
from placements.models.users import Role, User

TRANSITIONS = moves(
    complete=((EnrolmentStatus.ACTIVE,), EnrolmentStatus.COMPLETED),
    withdraw=((EnrolmentStatus.ACTIVE,), EnrolmentStatus.WITHDRAWN),
    pass_deadline=((EnrolmentStatus.ACTIVE,), EnrolmentStatus.DEADLINE_PASSED),
)


PEERS = frozenset({Audience.PAID_PEER, Audience.VOLUNTEER_PEER})
"""Those who work as peers while they take part; a student is not one yet."""


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody to be enrolled; without a day of their own they start with the cohort."""

    user: User
    audience: Audience
    municipality: str | None = None
    starts_on: date | None = None


def _scope(actor: Actor) -> ColumnElement[bool]:
    """Staff: those of their programmes. A participant: their own."""
    programmes = actor.programme_ids | actor.teaching_ids
    if actor.id is None:
        return false()
    cohorts = select(Cohort.id).where(Cohort.programme_id.in_(programmes))
    return or_(Enrolment.cohort_id.in_(cohorts), Enrolment.user_id == actor.id)


def visible_to(actor: Actor) -> Select[Enrolment]:
    return select(Enrolment).where(_scope(actor))


def coordinated_by(actor: Actor) -> Select[Enrolment]:
    """Those that the coordinator may change."""
    own = select(Cohort.id).where(Cohort.programme_id.in_(actor.programme_ids))
    return select(Enrolment).where(Enrolment.cohort_id.in_(own))


# Questions


def shown_to(session: Session, cohort: Cohort, actor: Actor) -> list[Enrolment]:
    """The people on a cohort's page: staff of the programme see all, others nobody."""
    if cohort.programme_id not in actor.programme_ids | actor.teaching_ids:
        return []
    return of_cohort(session, cohort)


def of_cohort(session: Session, cohort: Cohort) -> list[Enrolment]:
    """Everybody in the cohort, by name, with the person loaded."""
    return list(
        session.scalars(
            select(Enrolment)
            .join(User, User.id == Enrolment.user_id)
            .options(joinedload(Enrolment.user))
            .where(Enrolment.cohort_id == cohort.id)
            .order_by(User.name, Enrolment.id)
        )
    )


def is_active(enrolment: Enrolment) -> bool:
    return enrolment.status is EnrolmentStatus.ACTIVE


def taking_part() -> ColumnElement[bool]:
    """The same as `is_active`, for a query."""
    return Enrolment.status == EnrolmentStatus.ACTIVE


def is_completed(enrolment: Enrolment) -> bool:
    return enrolment.status is EnrolmentStatus.COMPLETED


def staying() -> ColumnElement[bool]:
    """The same as `stays`, for a query."""
    return Enrolment.status.in_((EnrolmentStatus.ACTIVE, EnrolmentStatus.COMPLETED))


def stays(enrolment: Enrolment) -> bool:
    """Taking part, or has completed: not somebody who left."""
    return is_active(enrolment) or is_completed(enrolment)


def is_peer(enrolment: Enrolment, programme: Programme) -> bool:
    """Whether the programme offers this audience a network group (H-19)."""
    return enrolment.audience.value in programme.network_offered_to


def works_as_peer(enrolment: Enrolment) -> bool:
    """A peer with a job or as a volunteer, whose tasks count at admission (H-02, H-07)."""
    return enrolment.audience in PEERS


def is_colleague(enrolment: Enrolment) -> bool:
    return enrolment.audience is Audience.COLLEAGUE


# Actions


def enrol(
    session: Session,
    cohort: Cohort,
    user: User,
    *,
    audience: Audience,
    municipality: str | None = None,
    starts_on: date | None = None,
    offered: bool = False,
) -> Enrolment:
    """Take a person into the cohort: once, and no more people than it has seats.

    `offered` for whoever says yes to a seat; others are not given one that is held for an applicant.
    """
    newcomer = Newcomer(user, audience, municipality, starts_on)
    (enrolment,) = enrol_all(session, cohort, [newcomer], offered=offered)
    return enrolment


def invite(
    session: Session,
    cohort: Cohort,
    email: str,
    *,
    name: str,
    audience: Audience,
    municipality: str | None = None,
    now: datetime,
) -> Enrolment:
    """The same for whoever has this address, known or new; the mail says how to sign in."""
    cohort_seats.lock(session, cohort.id)
    user = users.invite(session, email, name=name, role=Role.STUDENT, now=now)
    return enrol(session, cohort, user, audience=audience, municipality=municipality)


def enrol_all(
    session: Session, cohort: Cohort, newcomers: Sequence[Newcomer], *, offered: bool = False
) -> list[Enrolment]:
    """The same for many at once: all of them or, with the sentence, none."""
    cohort_seats.lock(session, cohort.id)
    there = of_cohort(session, cohort)
    people, active = {enrolment.user_id for enrolment in there}, sum(map(is_active, there))
    held = 0 if offered else cohort_seats.held(session, cohort)
    enrolled: list[Enrolment] = []
    for newcomer in newcomers:
        if newcomer.user.id in people:
            raise RuleBroken(_("%(name)s er allerede på holdet.", name=newcomer.user.name))
        _refuse_full(cohort, active + len(enrolled), held)
        people.add(newcomer.user.id)
        enrolled.append(
            Enrolment(
                cohort=cohort,
                user=newcomer.user,
                audience=newcomer.audience,
                municipality=newcomer.municipality,
                starts_on=newcomer.starts_on or cohort.starts_on,
            )
        )
    session.add_all(enrolled)
    return enrolled


def _refuse_full(cohort: Cohort, taken: int, held: int) -> None:
    seats = cohort_seats.seats_of(cohort)
    if seats is None or taken + held < seats:
        return
    if held:
        raise RuleBroken(
            _(
                "Holdet har %(seats)s pladser. De er optaget eller tilbudt til ansøgere (%(held)s).",
                seats=seats,
                held=held,
            )
        )
    raise RuleBroken(_("Holdet har %(seats)s pladser, og de er alle optaget.", seats=seats))


def correct(
    enrolment: Enrolment,
    *,
    audience: Audience | None = None,
    municipality: str | None = None,
    starts_on: date | None = None,
) -> None:
    """Write anew what was wrong; what is not said stays."""
    if not is_active(enrolment):
        raise RuleBroken(_("Deltagelsen er afsluttet, så den kan ikke rettes."))
    enrolment.audience = audience or enrolment.audience
    enrolment.municipality = municipality or enrolment.municipality
    enrolment.starts_on = starts_on or enrolment.starts_on


def set_workplace(enrolment: Enrolment, unit: Unit | None) -> None:
    """Where a peer or colleague works (H-08)."""
    if not stays(enrolment):
        raise RuleBroken(_("Deltagelsen er afbrudt, så arbejdsstedet kan ikke ændres."))
    enrolment.unit = unit


def confirm_theory(session: Session, enrolment: Enrolment, *, today: date) -> None:
    """The coordinator has checked a register that is kept elsewhere against the programme's rule."""
    if not is_active(enrolment):
        raise RuleBroken(_("Deltagelsen er afsluttet, så fremmødet kan ikke ændres."))
    if attendance_ledger.cohorts_with_sessions(session, [enrolment.cohort_id]):
        raise RuleBroken(_("Fremmødet bliver regnet ud af registreringerne, så det skal ikke bekræftes."))
    enrolment.theory_met_on = today


def complete(enrolment: Enrolment) -> None:
    enrolment.status = target_of(
        TRANSITIONS, "complete", enrolment.status, _("Deltagelsen er allerede afsluttet.")
    )


def pass_deadline(enrolment: Enrolment) -> None:
    enrolment.status = target_of(
        TRANSITIONS, "pass_deadline", enrolment.status, _("Deltagelsen er allerede afsluttet.")
    )


def withdraw(enrolment: Enrolment) -> None:
    enrolment.status = target_of(
        TRANSITIONS, "withdraw", enrolment.status, _("Deltagelsen er allerede afsluttet.")
    )
