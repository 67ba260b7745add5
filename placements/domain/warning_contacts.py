"""Somebody outside whom the participant wants told: the participant's own alone, never seen by staff.

They learn that the participant would like to hear from them, and nothing of why.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload

from placements.domain import outbox, own_enrolments
from placements.domain.actors import Actor
from placements.domain.rules import RuleBroken
from placements.i18n import _
from placements.models.enrolments import Enrolment
from placements.models.warning_contacts import WarningContact

MESSAGE = "get_in_touch"
LONGEST = 120


# Visibility


def visible_to(actor: Actor) -> Select[WarningContact]:
    own = own_enrolments.ids_of(actor)
    return select(WarningContact).where(WarningContact.enrolment_id.in_(own))


# Questions


def of_enrolment(session: Session, enrolment: Enrolment, actor: Actor) -> WarningContact | None:
    return session.scalar(visible_to(actor).where(WarningContact.enrolment_id == enrolment.id))


# Actions


def name_one(
    session: Session,
    enrolment: Enrolment,
    actor: Actor,
    *,
    name: str,
    email: str,
    agreed: bool,
    today: date,
) -> WarningContact:
    """The participant names one person, or another one, and says that we may write to them."""
    if not agreed:
        raise RuleBroken(_("Sæt kryds, hvis vi må skrive til personen."), field="agreed")
    if email == enrolment.user.email:
        raise RuleBroken(_("Skriv en anden end dig selv. Du får selv besked."), field="email")
    contact = of_enrolment(session, enrolment, actor)
    if contact is None:
        contact = WarningContact(enrolment_id=enrolment.id)
        session.add(contact)
    elif contact.email != email:
        outbox.call_off(session, enrolment.user, MESSAGE)
    contact.name, contact.email, contact.consented_on = name, email, today
    return contact


def forget(session: Session, enrolment: Enrolment, actor: Actor) -> None:
    """At any time and for good; a mail that waits is not sent."""
    contact = of_enrolment(session, enrolment, actor)
    if contact is not None:
        session.delete(contact)
        outbox.call_off(session, enrolment.user, MESSAGE)


def tell(session: Session, people: Collection[Enrolment], *, now: datetime) -> None:
    """Whoever was named by one of these."""
    query = (
        select(WarningContact)
        .where(WarningContact.enrolment_id.in_([person.id for person in people]))
        .options(joinedload(WarningContact.enrolment).joinedload(Enrolment.user))
    )
    for contact in session.scalars(query):
        address = {"to": contact.email, "name": contact.name}
        outbox.notify(session, contact.enrolment.user, MESSAGE, secrets=address, now=now)
