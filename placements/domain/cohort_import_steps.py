"""Doing what a plan says, through the rules, in one transaction: the caller commits all of it or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from placements.domain import (
    cohorts,
    contacts,
    enrolments,
    hosts,
    offers,
    outbox,
    placement_changes,
    placement_drafts,
    users,
)
from placements.domain.cohort_import_plans import Plan, PlannedContact, PlannedPlacement, PlannedSite, Verb
from placements.domain.cohort_import_rows import Row, SiteRow, folded
from placements.domain.cohort_import_sites import kind_of, municipality_of
from placements.domain.enrolments import Newcomer
from placements.domain.placement_drafts import Draft
from placements.domain.rules import RuleBroken
from placements.i18n import _
from placements.models.cohorts import Cohort
from placements.models.enrolments import Enrolment
from placements.models.hosts import Organisation
from placements.models.offers import WayOfWorking


@dataclass(frozen=True, slots=True)
class Wishes:
    """What whoever confirms chooses: seats open at once, and who is written to."""

    open_offers: bool = True
    invite_students: bool = False
    invite_contacts: bool = False


@dataclass(slots=True)
class Doing:
    session: Session
    cohort: Cohort
    wishes: Wishes
    today: date
    now: datetime


@contextmanager
def at(row: Row | None) -> Iterator[None]:
    """A rule that is broken all the same says in which row."""
    try:
        yield
    except RuleBroken as broken:
        if row is None:
            raise
        where = row.layout.place(row.number).words()
        raise RuleBroken(_("%(where)s: %(sentence)s", where=where, sentence=broken.sentence)) from None


def do(doing: Doing, plan: Plan) -> None:
    enrolled = _students(doing, plan)
    _organisations(doing, plan)
    for site in plan.sites:
        with at(site.row):
            _site(doing, site)
    for placement in plan.placements:
        for planned in placement.site.contacts:
            _contact(doing, placement.site, planned)
    doing.session.flush()
    _seats(doing, plan)
    drafts = []
    for placement in plan.placements:
        with at(placement.row):
            if placement.verb is Verb.NEW:
                drafts.append(_draft(placement, enrolled[placement.row.email]))
            elif placement.verb is Verb.CHANGED:
                _edit(doing, placement)
    placement_drafts.create_all(doing.session, drafts, today=doing.today)
    doing.session.flush()


# Students


def _students(doing: Doing, plan: Plan) -> dict[str, Enrolment]:
    """Everybody in the cohort by address, the new ones too."""
    session, cohort = doing.session, doing.cohort
    new = [student for student in plan.students if student.verb is Verb.NEW]
    people = users.register_students(session, {s.row.email: s.row.name for s in new}, now=doing.now)
    only = cohorts.audiences(cohort)[0]
    newcomers = []
    for student in new:
        row, user = student.row, people[student.row.email]
        if student.user is None:
            user.phone = row.phone
        newcomers.append(Newcomer(user, row.audience or only, row.municipality, row.starts_on))
    enrolments.enrol_all(session, cohort, newcomers)
    for student in plan.students:
        row, enrolment = student.row, student.enrolment
        if student.verb is Verb.CHANGED and enrolment is not None and student.user is not None:
            student.user.phone = row.phone or student.user.phone
            enrolments.correct(
                enrolment, audience=row.audience, municipality=row.municipality, starts_on=row.starts_on
            )
    session.flush()
    if doing.wishes.invite_students:
        for user in people.values():
            outbox.notify(session, user, "invitation", path="/", now=doing.now)
    return {e.user.email: e for e in enrolments.of_cohort(session, cohort)}


# Hosts


def _organisations(doing: Doing, plan: Plan) -> None:
    made: dict[str, Organisation] = {}
    for site in plan.sites:
        key, row = folded(site.organisation_name), site.row
        if site.organisation is None and row is not None:
            if key not in made:
                made[key] = _organisation(doing, row)
            site.organisation = made[key]


def _organisation(doing: Doing, row: SiteRow) -> Organisation:
    kind = kind_of(row.organisation, row.sector)
    with at(row):
        return hosts.create_organisation(doing.session, kind=kind, name=row.organisation, today=doing.today)


def _site(doing: Doing, site: PlannedSite) -> None:
    row = site.row
    if row is None or site.organisation is None:
        return
    if site.unit is None:
        site.unit = hosts.create_unit(
            doing.session,
            site.organisation,
            name=row.unit,
            sector=row.sector,
            address=row.address,
            municipality=municipality_of(row),
        )
    elif site.verb is Verb.CHANGED:
        unit = site.unit
        hosts.edit_unit(
            doing.session,
            unit,
            sector=row.sector,
            address=row.address or unit.address,
            municipality=unit.municipality,
            phone=unit.phone,
            about=unit.about,
            ean=unit.ean,
            today=doing.today,
        )
    for planned in site.contacts:
        _contact(doing, site, planned)


def _contact(doing: Doing, site: PlannedSite, planned: PlannedContact) -> None:
    """Whoever the sheet of units names signs for the unit; the practicum's sheet names supervisors."""
    if site.unit is None:
        return
    old = planned.contact
    if old is None:
        planned.contact = contacts.add(
            doing.session,
            site.unit,
            name=planned.name,
            email=planned.email,
            is_host=not planned.is_supervisor,
            is_supervisor=planned.is_supervisor,
        )
        if doing.wishes.invite_contacts and planned.email and not planned.is_supervisor:
            doing.session.flush()
            contacts.invite(doing.session, planned.contact, now=doing.now)
    elif planned.verb is Verb.CHANGED and old.email != planned.email:
        contacts.edit(
            doing.session,
            old,
            name=old.name,
            title=old.title,
            email=planned.email,
            phone=old.phone,
            is_host=old.is_host,
            is_supervisor=old.is_supervisor,
            active=old.active,
        )


def _seats(doing: Doing, plan: Plan) -> None:
    """New seats are for one-to-one support until the unit says more; those that are used are open."""
    used = {id(placement.site) for placement in plan.placements if placement.verb is Verb.NEW}
    for site in plan.sites:
        with at(site.row):
            if site.offer_verb is Verb.CHANGED and site.seats:
                (offer,) = site.offers
                offers.change_seats(doing.session, offer, site.seats)
            elif site.needs_offer and site.seats and site.unit:
                ways = [WayOfWorking.INDIVIDUAL.value]
                offer = offers.create(doing.session, site.unit, doing.cohort, seats=site.seats, ways=ways)
                if doing.wishes.open_offers or id(site) in used:
                    offers.release(offer)
                site.offers = [offer]
    doing.session.flush()


# The practicum


def _draft(planned: PlannedPlacement, enrolment: Enrolment) -> Draft:
    row, supervisor = planned.row, planned.supervisor
    open_now = [offer for offer in planned.site.offers if offers.is_open(offer)]
    return Draft(
        enrolment,
        open_now or planned.site.offers,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        weekly_minutes=row.weekly_minutes,
        supervisor=supervisor.contact if supervisor else None,
    )


def _edit(doing: Doing, planned: PlannedPlacement) -> None:
    row, supervisor, old = planned.row, planned.supervisor, planned.placement
    if old is None:
        return
    contact = supervisor.contact if supervisor else None
    placement_changes.edit(
        doing.session,
        old,
        unit_id=old.unit_id,
        supervisor_id=contact.id if contact else old.supervisor_id,
        starts_on=row.starts_on or old.starts_on,
        ends_on=row.ends_on or old.ends_on,
        weekly_minutes=row.weekly_minutes or old.weekly_minutes,
        today=doing.today,
        now=doing.now,
    )
