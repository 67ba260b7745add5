"""Who to call in an emergency: the one the student has named, the unit's own people, and the coordinator.

Whom the student named is need-to-know: the student, the coordinator, and the host of a practicum that is on
its way or running. Each look of the two others is written down by the view that shows it.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Select, false, or_, select
from sqlalchemy.orm import Session

from placements.domain import own_enrolments, placements, users
from placements.domain.actors import Actor
from placements.domain.placement_states import EXPECTED
from placements.domain.rules import RuleBroken
from placements.domain.tasks import PlacementLink
from placements.i18n import _
from placements.models.cohorts import Cohort
from placements.models.emergency_contacts import EmergencyContact
from placements.models.enrolments import Enrolment
from placements.models.hosts import Contact
from placements.models.placements import Placement
from placements.models.users import User

LONGEST = 120
FEWEST_DIGITS = 8


@dataclass(frozen=True, slots=True)
class Sheet:
    """What hangs at the unit. `named` is empty when the student has named nobody."""

    placement: Placement
    named: EmergencyContact | None
    at_unit: list[Contact]
    coordinators: list[User]


# Visibility


def visible_to(actor: Actor) -> Select[EmergencyContact]:
    if actor.id is None:
        return select(EmergencyContact).where(false())
    hosted = select(Placement.enrolment_id).where(
        Placement.unit_id.in_(actor.unit_ids), Placement.status.in_(EXPECTED)
    )
    coordinated = (
        select(Enrolment.id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .where(Cohort.programme_id.in_(actor.programme_ids))
    )
    return select(EmergencyContact).where(
        or_(
            EmergencyContact.enrolment_id.in_(own_enrolments.ids_of(actor)),
            EmergencyContact.enrolment_id.in_(hosted),
            EmergencyContact.enrolment_id.in_(coordinated),
        )
    )


def with_sheet(actor: Actor) -> Select[Placement]:
    """Practicums that are agreed or running: those that have a sheet."""
    return placements.visible_to(actor).where(Placement.status.in_(EXPECTED))


# Questions


def of_enrolment(session: Session, enrolment_id: int, actor: Actor) -> EmergencyContact | None:
    return session.scalar(visible_to(actor).where(EmergencyContact.enrolment_id == enrolment_id))


def is_look(session: Session, placement: Placement, actor: Actor) -> bool:
    """Whether somebody else than the student is about to see whom they named."""
    if placement.enrolment.user_id == actor.id:
        return False
    return of_enrolment(session, placement.enrolment_id, actor) is not None


def sheet(session: Session, placement: Placement, actor: Actor) -> Sheet:
    """The supervisor stands first among the unit's people, then those who sign for it."""
    people = session.scalars(
        select(Contact)
        .where(Contact.unit_id == placement.unit_id, Contact.active, Contact.phone.is_not(None))
        .order_by(Contact.name, Contact.id)
    ).all()
    first = [person for person in people if person.id == placement.supervisor_id]
    hosts = [person for person in people if person.is_host and person not in first]
    named = of_enrolment(session, placement.enrolment_id, actor)
    return Sheet(placement, named, [*first, *hosts], users.coordinators_of(session, placement.programme_id))


def link(_session: Session, placement: Placement, _actor: Actor) -> PlacementLink | None:
    if placement.status not in EXPECTED:
        return None
    return PlacementLink(_("Hvis der sker noget"), f"/placements/{placement.id}/emergency")


# Actions


def name_one(
    session: Session, enrolment: Enrolment, actor: Actor, *, name: str, phone: str, relation: str | None
) -> EmergencyContact:
    """The student names one person, or another one; the word for who it is has no spaces in it."""
    if sum(character.isdigit() for character in phone) < FEWEST_DIGITS:
        raise RuleBroken(_("Telefonnummeret skal have mindst otte cifre."), field="phone")
    if relation and len(relation.split()) > 1:
        raise RuleBroken(_("Skriv det med ét ord, fx søster eller ven."), field="relation")
    contact = of_enrolment(session, enrolment.id, actor)
    if contact is None:
        contact = EmergencyContact(enrolment_id=enrolment.id)
        session.add(contact)
    contact.name, contact.phone, contact.relation = name, phone, relation
    return contact


def forget(session: Session, enrolment: Enrolment, actor: Actor) -> None:
    """At any time and for good; nothing happens when nobody is named."""
    contact = of_enrolment(session, enrolment.id, actor)
    if contact is not None:
        session.delete(contact)
