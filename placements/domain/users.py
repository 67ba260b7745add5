"""People who may sign in: whom one sees, who holds which role where, and inviting them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session, selectinload

from placements import addresses
from placements.db import chunks, one_at_a_time
from placements.domain import outbox
from placements.domain.actors import Actor
from placements.domain.rules import RuleBroken
from placements.i18n import _
from placements.models.cohorts import Cohort
from placements.models.enrolments import Enrolment
from placements.models.hosts import Unit
from placements.models.programmes import Programme
from placements.models.users import Role, RoleGrant, User

IN_A_PROGRAMME = frozenset({Role.COORDINATOR, Role.TEACHER})
AT_A_UNIT = frozenset({Role.HOST})

BAD_EMAIL = _("E-mailen ser ikke rigtig ud. Den skal have et @ og et domæne, fx navn@eksempel.dk.")
CLOSED = _("Brugeren med den adresse er lukket. Åbn den, før du inviterer igen.")
PROGRAMME_MISSING = _("Vælg den uddannelse, rollen gælder.")
UNIT_MISSING = _("Vælg det praktiksted, rollen gælder.")
NAME_MISSING = _("Skriv navnet på den, du inviterer.")
NO_PLACE = _("Rollen gælder ikke for den uddannelse eller det praktiksted, der er valgt.")


# Visibility


def visible_to(actor: Actor) -> Select[User]:
    """Administrators see all, coordinators the hosts and their programmes' people, others themselves."""
    if Role.ADMIN in actor.roles:
        return select(User)
    himself = User.id == actor.id
    if Role.COORDINATOR not in actor.roles:
        return select(User).where(himself)
    granted = select(RoleGrant.user_id).where(
        or_(RoleGrant.programme_id.in_(actor.programme_ids), RoleGrant.role.in_(AT_A_UNIT))
    )
    enrolled = (
        select(Enrolment.user_id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .where(Cohort.programme_id.in_(actor.programme_ids))
    )
    return select(User).where(or_(himself, User.id.in_(granted), User.id.in_(enrolled)))


# Questions


def hosts_of(session: Session, unit_id: int) -> list[User]:
    """Who signs for the unit."""
    return _holding(session, RoleGrant.role == Role.HOST, RoleGrant.unit_id == unit_id)


def coordinators_of(session: Session, programme_id: int) -> list[User]:
    return _holding(session, RoleGrant.role == Role.COORDINATOR, RoleGrant.programme_id == programme_id)


def contact_of(session: Session, programme_id: int) -> User | None:
    """Whom people outside are told to ask: a coordinator, and one with a telephone if there is one."""
    coordinators = coordinators_of(session, programme_id)
    return next((one for one in coordinators if one.phone), coordinators[0] if coordinators else None)


def teachers_of(session: Session, programme_id: int) -> list[User]:
    return _holding(session, RoleGrant.role == Role.TEACHER, RoleGrant.programme_id == programme_id)


def _holding(session: Session, *what: ColumnElement[bool]) -> list[User]:
    found = select(User).join(User.grants).where(User.active, *what).order_by(User.name, User.id)
    return list(session.scalars(found).unique())


def _grant_of(user: User, role: Role, programme: Programme | None, unit: Unit | None) -> RoleGrant | None:
    wanted = (role, programme and programme.id, unit and unit.id)
    return next((g for g in user.grants if (g.role, g.programme_id, g.unit_id) == wanted), None)


# Actions


def invite(
    session: Session,
    email: str,
    *,
    name: str,
    role: Role,
    programme: Programme | None = None,
    unit: Unit | None = None,
    now: datetime,
) -> User:
    """Somebody new, or a further role for somebody known; either way the mail says how to sign in."""
    _refuse_wrong_place(role, programme, unit)
    address = _checked(email)
    one_at_a_time(session, _turn(address))
    user = session.scalar(select(User).where(User.email == address))
    if user is None:
        user = _new_user(session, address, name, now=now)
    elif not user.active:
        raise RuleBroken(CLOSED, field="email")
    if _grant_of(user, role, programme, unit) is None:
        user.grants.append(
            RoleGrant(role=role, programme_id=programme and programme.id, unit_id=unit and unit.id)
        )
    session.flush()
    outbox.notify(session, user, "invitation", path="/", now=now)
    return user


def known(session: Session, emails: Iterable[str]) -> dict[str, User]:
    """Who has one of these addresses, by address. Until this ends nobody else is written down with one."""
    addresses = sorted({_checked(email) for email in emails})
    one_at_a_time(session, *map(_turn, addresses))
    found: dict[str, User] = {}
    for some in chunks(addresses):
        query = select(User).options(selectinload(User.grants)).where(User.email.in_(some))
        fresh = session.scalars(query.execution_options(populate_existing=True))
        found |= {user.email: user for user in fresh}
    return found


def register_students(session: Session, people: Mapping[str, str], *, now: datetime) -> dict[str, User]:
    """Names by address, for many at once and without a mail: somebody new, or known and now a student too."""
    found = known(session, people)
    for email, name in people.items():
        address = _checked(email)
        user = found.get(address) or _new_user(session, address, name, now=now)
        if user.active is False:
            raise RuleBroken(CLOSED, field="email")
        if _grant_of(user, Role.STUDENT, None, None) is None:
            user.grants.append(RoleGrant(role=Role.STUDENT, programme_id=None, unit_id=None))
        found[address] = user
    session.flush()
    return {email: found[_checked(email)] for email in people}


def _turn(address: str) -> str:
    return f"invite {address}"


def _new_user(session: Session, address: str, name: str, *, now: datetime) -> User:
    if not name.strip():
        raise RuleBroken(NAME_MISSING, field="name")
    user = User(email=address, name=" ".join(name.split()), created_at=now)
    session.add(user)
    return user


def _refuse_wrong_place(role: Role, programme: Programme | None, unit: Unit | None) -> None:
    """Coordinators and teachers belong to a programme, hosts to a unit, the others to neither."""
    if role in IN_A_PROGRAMME and programme is None:
        raise RuleBroken(PROGRAMME_MISSING, field="programme")
    if role in AT_A_UNIT and unit is None:
        raise RuleBroken(UNIT_MISSING, field="unit")
    if (programme and role not in IN_A_PROGRAMME) or (unit and role not in AT_A_UNIT):
        raise RuleBroken(NO_PLACE, field="role")


def _checked(email: str) -> str:
    """One address in the form it is kept in. What is no address, or more than one, is refused."""
    try:
        return addresses.normal(email)
    except ValueError:
        raise RuleBroken(BAD_EMAIL, field="email") from None
