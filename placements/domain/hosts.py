"""Organisations and their units: who sees them, what they are called on a day, and how they change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from sqlalchemy import ColumnElement, Select, false, or_, select, true
from sqlalchemy.orm import Session

from placements.domain import municipalities, organisation_numbers, periods, placements
from placements.domain.actors import Actor
from placements.domain.rules import RuleBroken
from placements.i18n import _
from placements.models.hosts import (
    Contact,
    Organisation,
    OrganisationKind,
    OrganisationName,
    Sector,
    Unit,
    UnitPeriod,
)
from placements.models.placements import Placement
from placements.models.users import Role

STAFF = frozenset({Role.ADMIN, Role.COORDINATOR})
"""Units are shared by all programmes, so whoever runs one sees them all."""


def is_staff(actor: Actor) -> bool:
    return bool(STAFF & actor.roles)


def unit_scope(actor: Actor) -> ColumnElement[bool]:
    if is_staff(actor):
        return true()
    return Unit.id.in_(actor.unit_ids) if actor.unit_ids else false()


def visible_units(actor: Actor) -> Select[Unit]:
    """Coordinators and administrators: all. Hosts: their own. Others: none."""
    return select(Unit).where(unit_scope(actor))


def visible_organisations(actor: Actor) -> Select[Organisation]:
    """Hosts see those that own, or have owned, their units."""
    if is_staff(actor):
        return select(Organisation)
    owners = select(UnitPeriod.organisation_id).where(UnitPeriod.unit_id.in_(actor.unit_ids))
    return select(Organisation).where(Organisation.id.in_(owners))


def visible_contacts(actor: Actor) -> Select[Contact]:
    """Contacts and supervisors of the units that the person sees."""
    if is_staff(actor):
        return select(Contact)
    return select(Contact).where(Contact.unit_id.in_(actor.unit_ids))


# Questions


def holds_on(period: type[UnitPeriod] | type[OrganisationName], day: date) -> ColumnElement[bool]:
    """As `ValidPeriod.holds_on`, for a query: exactly one period of each unit or organisation passes."""
    open_or_later = or_(period.valid_to.is_(None), period.valid_to > day)
    return (period.valid_from <= day) & open_or_later


def unit_names(session: Session, ids: Iterable[int], *, day: date) -> dict[int, str]:
    """What these units were called that day, in one query."""
    wanted = set(ids)
    if not wanted:
        return {}
    named = select(UnitPeriod.unit_id, UnitPeriod.name).where(
        UnitPeriod.unit_id.in_(wanted), holds_on(UnitPeriod, day)
    )
    return dict(session.execute(named).all())


def organisation_names(session: Session, *, day: date) -> dict[int, str]:
    """Every organisation by its name that day, in order of the names."""
    named = (
        select(OrganisationName.organisation_id, OrganisationName.name)
        .where(holds_on(OrganisationName, day))
        .order_by(OrganisationName.name, OrganisationName.organisation_id)
    )
    return dict(session.execute(named).all())


def owners_to_choose(session: Session, *, day: date) -> dict[int, str]:
    """As `organisation_names`; two of the same name are told apart by what each was called before."""
    names = organisation_names(session, day=day)
    shared = {name for name, number in Counter(names.values()).items() if number > 1}
    alike = [organisation_id for organisation_id, name in names.items() if name in shared]
    if not alike:
        return names
    earlier = select(OrganisationName.organisation_id, OrganisationName.name).where(
        OrganisationName.organisation_id.in_(alike), OrganisationName.valid_to <= day
    )
    before = dict(session.execute(earlier.order_by(OrganisationName.valid_from)).all())
    told = {id_: _("%(name)s (før %(earlier)s)", name=names[id_], earlier=old) for id_, old in before.items()}
    return names | told


def owner_name(unit: Unit, day: date) -> str:
    """What the owner of the unit was called that day."""
    return unit.period_on(day).organisation.name_on(day)


# Organisations change


def create_organisation(
    session: Session,
    *,
    kind: OrganisationKind,
    name: str,
    today: date,
    cvr: str | None = None,
    ean: str | None = None,
) -> Organisation:
    _refuse_taken_name(session, name, but=None, day=today)
    organisation = Organisation(
        kind=kind, names=[OrganisationName(name=name, valid_from=periods.BEGINNING, valid_to=None)]
    )
    organisation_numbers.set_numbers(session, organisation, cvr=cvr, ean=ean, today=today)
    session.add(organisation)
    return organisation


def edit_organisation(
    session: Session,
    organisation: Organisation,
    *,
    kind: OrganisationKind,
    cvr: str | None,
    ean: str | None,
    today: date,
) -> None:
    organisation_numbers.set_numbers(session, organisation, cvr=cvr, ean=ean, today=today)
    organisation.kind = kind


def rename_organisation(
    session: Session, organisation: Organisation, *, name: str, from_day: date, today: date
) -> None:
    """A new name from that day on; days before it keep the old one (D-05)."""
    _refuse_taken_name(session, name, but=organisation, day=from_day)
    periods.change_from(organisation.names, from_day, _copy_name, name=name)
    refresh_placements(session, owned_units(organisation, today), today=today)


def correct_organisation_name(
    session: Session, organisation: Organisation, *, name: str, today: date
) -> None:
    """The name was written wrong; the period that holds today says it right from now on."""
    _refuse_taken_name(session, name, but=organisation, day=today)
    periods.correct(periods.on(organisation.names, today), name=name)
    refresh_placements(session, owned_units(organisation, today), today=today)


def owned_units(organisation: Organisation, day: date) -> Select[int]:
    return select(UnitPeriod.unit_id).where(
        UnitPeriod.organisation_id == organisation.id, holds_on(UnitPeriod, day)
    )


def _copy_name(old: OrganisationName) -> OrganisationName:
    return OrganisationName(name=old.name)


def _refuse_taken_name(session: Session, name: str, *, but: Organisation | None, day: date) -> None:
    for organisation_id, taken in organisation_names(session, day=day).items():
        if taken.casefold() == name.casefold() and (but is None or organisation_id != but.id):
            raise RuleBroken(
                _("Der er allerede en organisation, der hedder %(name)s.", name=taken), field="name"
            )


# Units change


def create_unit(
    session: Session,
    organisation: Organisation,
    *,
    name: str,
    sector: Sector,
    address: str | None = None,
    municipality: str | None = None,
    phone: str | None = None,
    about: str | None = None,
    ean: str | None = None,
) -> Unit:
    unit = Unit(sector=sector, address=address, phone=phone, about=about)
    unit.municipality = municipalities.named(municipality)
    unit.ean = organisation_numbers.checked_ean(ean)
    first = UnitPeriod(name=name, organisation=organisation, valid_from=periods.BEGINNING, valid_to=None)
    unit.periods = [first]
    session.add(unit)
    return unit


def edit_unit(
    session: Session,
    unit: Unit,
    *,
    sector: Sector,
    address: str | None,
    municipality: str | None,
    phone: str | None,
    about: str | None,
    ean: str | None,
    today: date,
) -> None:
    """Placements that are over keep the sector they were in."""
    unit.municipality = municipalities.named(municipality)
    unit.ean = organisation_numbers.checked_ean(ean)
    unit.sector, unit.address, unit.phone, unit.about = sector, address, phone, about
    refresh_placements(session, [unit.id], today=today)


def change_unit(
    session: Session, unit: Unit, *, name: str, organisation: Organisation, from_day: date, today: date
) -> None:
    """A new name or a new owner from that day on; days before it keep what they had (D-05)."""
    periods.change_from(unit.periods, from_day, _copy_period, name=name, organisation=organisation)
    refresh_placements(session, [unit.id], today=today)


def correct_unit(session: Session, unit: Unit, *, name: str, organisation: Organisation, today: date) -> None:
    """Name or owner was written wrong; the period that holds today says it right from now on."""
    periods.correct(periods.on(unit.periods, today), name=name, organisation=organisation)
    refresh_placements(session, [unit.id], today=today)


def _copy_period(old: UnitPeriod) -> UnitPeriod:
    return UnitPeriod(name=old.name, organisation=old.organisation)


def refresh_placements(session: Session, unit_ids: Iterable[int] | Select[int], *, today: date) -> None:
    """Placements that are not over repeat the names and the sector, so that the board finds them."""
    going_on = Placement.unit_id.in_(unit_ids) & Placement.status.in_(placements.EDITABLE)
    for placement in session.scalars(select(Placement).where(going_on)):
        placements.refresh_search(session, placement, today=today)
