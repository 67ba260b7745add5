"""Whether a placement fits: its period in the practicum, its seat in the offer, the student's other time."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from placements.domain.placement_states import GIVEN, OCCUPYING
from placements.domain.rules import RuleBroken
from placements.i18n import Text, _
from placements.models.cohorts import Cohort
from placements.models.enrolments import Enrolment
from placements.models.hosts import Contact, Unit
from placements.models.offers import Offer
from placements.models.placements import Placement
from placements.models.users import User

FULL_TIME = 37 * 60


# Questions


def weeks(starts_on: date, ends_on: date) -> int:
    """Weeks from the first day to the last; a week that is begun counts."""
    return ((ends_on - starts_on).days + 7) // 7


def taken_seats(session: Session, offer: Offer, *, without: int | None = None) -> int:
    """How many placements hold a seat of the offer, leaving one of them out."""
    query = select(func.count()).where(Placement.offer_id == offer.id, Placement.status.in_(OCCUPYING))
    if without is not None:
        query = query.where(Placement.id != without)
    return session.scalar(query) or 0


def overlapping(
    session: Session, enrolment: Enrolment, starts_on: date, ends_on: date, *, without: int | None = None
) -> Placement | None:
    """Another placement of the same person, in any cohort, that shares a day with this period."""
    query = (
        select(Placement)
        .join(Enrolment, Enrolment.id == Placement.enrolment_id)
        .where(
            Enrolment.user_id == enrolment.user_id,
            Placement.status.in_(OCCUPYING),
            Placement.starts_on <= ends_on,
            Placement.ends_on >= starts_on,
        )
        .order_by(Placement.starts_on)
    )
    if without is not None:
        query = query.where(Placement.id != without)
    return session.scalars(query.limit(1)).first()


def length_warning(placement: Placement) -> Text | None:
    """A practicum may be shorter or longer than the programme says (V-06), but nobody should miss it."""
    wanted = placement.cohort.programme.practicum_weeks
    length = weeks(placement.starts_on, placement.ends_on)
    if wanted is None or length == wanted:
        return None
    if length == 1:
        return _("Forløbet varer én uge. Uddannelsen siger %(wanted)s uger.", wanted=wanted)
    return _(
        "Forløbet varer %(length)s uger. Uddannelsen siger %(wanted)s uger.", length=length, wanted=wanted
    )


def possible_supervisors(session: Session, unit_id: int) -> list[Contact]:
    """Everybody who works at the unit, supervisors first."""
    working = select(Contact).where(Contact.unit_id == unit_id, Contact.active)
    return list(session.scalars(working.order_by(Contact.is_supervisor.desc(), Contact.name, Contact.id)))


# Refusals


def check_period(cohort: Cohort, starts_on: date, ends_on: date, *, may_end_later: bool = False) -> None:
    """The period is in order and lies within the cohort's practicum; an amendment may let it end later."""
    first, last = cohort.practicum_starts_on, cohort.practicum_ends_on
    if first is None or last is None:
        raise RuleBroken(_("Holdets praktikperiode er ikke lagt endnu. Sæt den på holdets side først."))
    if ends_on < starts_on:
        raise RuleBroken(_("Sidste dag ligger før første dag. Vælg en senere dag."), field="ends_on")
    if starts_on < first or starts_on > last:
        raise RuleBroken(
            _(
                "Holdets praktik går fra %(first)s til %(last)s. Vælg en første dag i den periode.",
                first=first,
                last=last,
            ),
            field="starts_on",
        )
    if ends_on > last and not may_end_later:
        raise RuleBroken(
            _("Holdets praktik slutter %(last)s. Vælg en sidste dag, der ikke er senere.", last=last),
            field="ends_on",
        )


def check_hours(weekly_minutes: int) -> None:
    if not 0 < weekly_minutes <= FULL_TIME:
        raise RuleBroken(_("Skriv et antal timer om ugen mellem 1 og 37."), field="weekly_minutes")


def check_seat(session: Session, offer: Offer, *, without: int | None = None) -> None:
    """There is a seat left. Whoever else wants the last one waits until this is saved."""
    session.execute(select(Offer.id).where(Offer.id == offer.id).with_for_update())
    if taken_seats(session, offer, without=without) >= offer.seats:
        raise RuleBroken(
            _("Praktikstedets pladser er optaget. Der er tilbudt %(seats)s i alt.", seats=offer.seats),
            field="unit_id",
        )


def lock_for_answer(session: Session, placement: Placement) -> None:
    """Whoever answers for the same offer at this very moment waits, and then sees what was answered."""
    session.flush()
    if placement.offer is not None:
        session.refresh(placement.offer, with_for_update=True)
    session.refresh(placement, with_for_update=True)


def check_last_seat(session: Session, placement: Placement) -> None:
    """Hosts have not said yes to as many as there are seats."""
    offer = placement.offer
    if offer is None:
        return
    given = select(func.count()).where(
        Placement.offer_id == offer.id, Placement.status.in_(GIVEN), Placement.id != placement.id
    )
    if (session.scalar(given) or 0) >= offer.seats:
        raise RuleBroken(
            _(
                "Pladsen er netop taget: der er sagt ja til så mange, som der er pladser til (%(seats)s). "
                "Sig nej her, eller sæt antallet af pladser op, hvis I kan tage imod en til.",
                seats=offer.seats,
            )
        )


def check_overlap(
    session: Session, enrolment: Enrolment, starts_on: date, ends_on: date, *, without: int | None = None
) -> None:
    """The student is in one place at a time."""
    session.execute(select(User.id).where(User.id == enrolment.user_id).with_for_update())
    other = overlapping(session, enrolment, starts_on, ends_on, without=without)
    if other is not None:
        raise RuleBroken(
            _(
                "%(name)s har allerede et praktikforløb fra %(start)s til %(end)s.",
                name=other.student_name,
                start=other.starts_on,
                end=other.ends_on,
            ),
            field="starts_on",
        )


def supervisor_at(session: Session, unit: Unit, supervisor_id: int) -> Contact:
    """A contact of this very unit who still works there."""
    contact = session.get(Contact, supervisor_id)
    if contact is None or contact.unit_id != unit.id or not contact.active:
        raise RuleBroken(_("Vælg en praktikvejleder, der arbejder på praktikstedet."), field="supervisor_id")
    return contact
