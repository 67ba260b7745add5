"""People at a unit: who signs for it, who supervises there, and who can sign in."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from placements.domain import users
from placements.domain.actors import Actor
from placements.domain.rules import RuleBroken
from placements.i18n import _
from placements.models.hosts import Contact, Unit
from placements.models.users import Role, RoleGrant, User

# Questions


def of_unit(session: Session, unit_id: int) -> list[Contact]:
    """Those who work there now come first, each group by name."""
    people = select(Contact).where(Contact.unit_id == unit_id).options(joinedload(Contact.user))
    return list(session.scalars(people.order_by(Contact.active.desc(), Contact.name, Contact.id)))


def sharing(session: Session, actor: Actor) -> list[str]:
    """Who may be behind a shared account: those who work at its units, and not the mailbox itself."""
    at_units = select(Contact.name).where(
        Contact.unit_id.in_(actor.unit_ids),
        Contact.active,
        or_(Contact.user_id.is_(None), Contact.user_id != actor.id),
    )
    return list(session.scalars(at_units.distinct().order_by(Contact.name)))


# Actions


def add(
    session: Session,
    unit: Unit,
    *,
    name: str,
    title: str | None = None,
    email: str | None = None,
    phone: str | None = None,
    is_host: bool = False,
    is_supervisor: bool = False,
) -> Contact:
    _refuse_no_part(is_host=is_host, is_supervisor=is_supervisor)
    contact = Contact(
        unit=unit,
        name=name,
        title=title,
        email=email,
        phone=phone,
        is_host=is_host,
        is_supervisor=is_supervisor,
    )
    session.add(contact)
    return contact


def edit(
    session: Session,
    contact: Contact,
    *,
    name: str,
    title: str | None,
    email: str | None,
    phone: str | None,
    is_host: bool,
    is_supervisor: bool,
    active: bool,
    shared: bool | None = None,
) -> None:
    """Whoever has left is kept, for old agreements, and can no longer sign in for the unit."""
    _refuse_no_part(is_host=is_host, is_supervisor=is_supervisor)
    contact.name, contact.title, contact.email, contact.phone = name, title, email, phone
    contact.is_host, contact.is_supervisor, contact.active = is_host, is_supervisor, active
    if shared is not None and contact.user is not None:
        _share(contact.user, shared)
    if contact.user_id is not None and not (active and is_host):
        _take_grant(session, contact.unit, contact.user_id)
        contact.user = None


def invite(session: Session, contact: Contact, *, shared: bool = False, now: datetime) -> User:
    """Let the person, or those who share the mailbox, sign in for the unit, and mail them how."""
    if not contact.email:
        raise RuleBroken(_("Tilføj en e-mail for %(name)s, så er der noget at sende til.", name=contact.name))
    if not (contact.active and contact.is_host):
        raise RuleBroken(
            _("%(name)s skal være praktikvært på stedet for at kunne logge ind.", name=contact.name)
        )
    user = users.invite(session, contact.email, name=contact.name, role=Role.HOST, unit=contact.unit, now=now)
    contact.user = user
    if shared:
        _share(user, shared)
    return user


def _share(user: User, shared: bool) -> None:
    """Only an account that does nothing else than act for units can be several people's."""
    if shared and any(grant.role is not Role.HOST for grant in user.grants):
        raise RuleBroken(
            _("%(name)s har også en anden rolle og kan ikke være en fælles postkasse.", name=user.name),
            field="shared",
        )
    user.shared = shared


def close_access(session: Session, unit: Unit, user_id: int) -> User:
    """From the next click on this person no longer acts for the unit; what they have signed stands."""
    user = _take_grant(session, unit, user_id)
    if user is None:
        raise RuleBroken(_("Adgangen er allerede lukket."))
    for contact in unit.contacts:
        if contact.user_id == user_id:
            contact.user = None
    return user


def _take_grant(session: Session, unit: Unit, user_id: int) -> User | None:
    grants = select(RoleGrant).where(
        RoleGrant.unit_id == unit.id, RoleGrant.user_id == user_id, RoleGrant.role == Role.HOST
    )
    grant: RoleGrant | None = session.scalar(grants)
    if grant is None:
        return None
    session.delete(grant)
    return grant.user


def _refuse_no_part(*, is_host: bool, is_supervisor: bool) -> None:
    if not (is_host or is_supervisor):
        raise RuleBroken(
            _("Vælg, om personen er praktikvært, praktikvejleder eller begge dele."), field="is_host"
        )
