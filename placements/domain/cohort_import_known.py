"""What the database holds that a workbook may be about, read in a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from placements.db import chunks
from placements.domain import enrolments, hosts, impossible_units, offers
from placements.domain.cohort_import_rows import Rows, folded
from placements.domain.placement_states import OCCUPYING
from placements.models.cohorts import Cohort
from placements.models.enrolments import Enrolment
from placements.models.hosts import Organisation, Unit, UnitPeriod
from placements.models.offers import Offer
from placements.models.placements import Placement
from placements.models.users import User


@dataclass(slots=True)
class Known:
    """Units by organisation and name as they are called today; people by address."""

    cohort: Cohort
    today: date
    users: dict[str, User] = field(default_factory=dict)
    own_people: set[int] = field(default_factory=set)
    enrolments: dict[int, Enrolment] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)
    organisation_names: dict[int, str] = field(default_factory=dict)
    units: dict[tuple[str, str], Unit] = field(default_factory=dict)
    offers: dict[int, list[Offer]] = field(default_factory=lambda: defaultdict(list))
    taken: dict[int, int] = field(default_factory=dict)
    placements: dict[int, list[Placement]] = field(default_factory=lambda: defaultdict(list))
    busy: dict[int, list[Placement]] = field(default_factory=lambda: defaultdict(list))
    excluded: dict[int, frozenset[int]] = field(default_factory=dict)

    def units_called(self, name: str) -> list[tuple[str, Unit]]:
        """Those that have offered this cohort something, with their organisation's name."""
        return [
            (self.organisation_names[unit.period_on(self.today).organisation_id], unit)
            for (_owner, called), unit in self.units.items()
            if called == folded(name) and unit.id in self.offers
        ]


def look_up(session: Session, cohort: Cohort, rows: Rows, *, today: date) -> Known:
    known = Known(cohort, today)
    with session.no_autoflush:
        _people(session, known, {r.email for r in rows.students} | {r.email for r in rows.practicum})
        _offers(session, known)
        named = {row.unit for row in rows.sites} | {row.unit for row in rows.practicum}
        _places(session, known, {folded(name) for name in named})
        _placements(session, known)
        mentioned = {known.users[row.email].id for row in rows.practicum if row.email in known.users}
        ids = {known.enrolments[user_id].id for user_id in mentioned if user_id in known.enrolments}
        known.excluded = impossible_units.of(session, ids)
    return known


def _people(session: Session, known: Known, addresses: set[str]) -> None:
    cohort = known.cohort
    known.enrolments = {e.user_id: e for e in enrolments.of_cohort(session, cohort)}
    grants = selectinload(User.grants)
    for some in chunks(addresses):
        found = session.scalars(select(User).options(grants).where(User.email.in_(some)))
        known.users |= {user.email: user for user in found}
    known.users |= {e.user.email: e.user for e in known.enrolments.values()}
    siblings = select(Cohort.id).where(Cohort.programme_id == cohort.programme_id)
    known.own_people = set(
        session.scalars(select(Enrolment.user_id).where(Enrolment.cohort_id.in_(siblings)))
    )


def _offers(session: Session, known: Known) -> None:
    for offer in session.scalars(select(Offer).where(Offer.cohort_id == known.cohort.id).order_by(Offer.id)):
        offer.cohort = known.cohort
        known.offers[offer.unit_id].append(offer)
    every = [offer.id for some in known.offers.values() for offer in some]
    known.taken = offers.taken_seats(session, every) if every else {}


def _places(session: Session, known: Known, names: set[str]) -> None:
    """The organisations, and those units that the workbook names."""
    known.organisation_names = hosts.organisation_names(session, day=known.today)
    named = select(Organisation).options(selectinload(Organisation.names))
    by_id = {organisation.id: organisation for organisation in session.scalars(named)}
    known.organisations = {folded(name): by_id[key] for key, name in known.organisation_names.items()}
    called = session.execute(
        select(UnitPeriod.unit_id, UnitPeriod.organisation_id, UnitPeriod.name).where(
            hosts.holds_on(UnitPeriod, known.today)
        )
    )
    wanted = {key: (owner, folded(name)) for key, owner, name in called if folded(name) in names}
    parts = (
        selectinload(Unit.contacts),
        selectinload(Unit.periods).joinedload(UnitPeriod.organisation).selectinload(Organisation.names),
    )
    for some in chunks(wanted):
        for unit in session.scalars(select(Unit).options(*parts).where(Unit.id.in_(some)).order_by(Unit.id)):
            owner, name = wanted[unit.id]
            known.units.setdefault((folded(known.organisation_names[owner]), name), unit)


def _placements(session: Session, known: Known) -> None:
    """This cohort's, and whatever else takes these people's time."""
    whole = joinedload(Placement.supervisor)
    of_cohort = select(Placement).options(whole).where(Placement.cohort_id == known.cohort.id)
    for placement in session.scalars(of_cohort.order_by(Placement.id)):
        known.placements[placement.enrolment_id].append(placement)
    for some in chunks({user.id for user in known.users.values()}):
        busy = (
            select(Placement, Enrolment.user_id)
            .join(Enrolment, Enrolment.id == Placement.enrolment_id)
            .where(Enrolment.user_id.in_(some), Placement.status.in_(OCCUPYING))
        )
        for placement, user_id in session.execute(busy):
            known.busy[user_id].append(placement)
