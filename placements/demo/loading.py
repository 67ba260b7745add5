"""Fills an empty database."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from placements import config
from placements.demo import (
    DAY,
    applications,
    diplomas,
    evaluations,
    hours,
    networks,
    pairs,
    people,
    practicum,
    registers,
    teaching,
    wishes,
)
from placements.demo.practicum import place_students
from placements.demo.upkeep import follow_up
from placements.domain import (
    contacts,
    enrolments,
    hosts,
    offers,
    programme_files,
    programmes,
    suggestions,
)
from placements.models.cohorts import Cohort
from placements.models.enrolments import Enrolment
from placements.models.hosts import Organisation, Sector, Unit
from placements.models.mails import OutgoingMail
from placements.models.programmes import Audience, Programme
from placements.models.users import Role, RoleGrant, User

FILES = config.ROOT / "placements" / "programmes"
Staff = dict[str, User]


def is_empty(session: Session) -> bool:
    return not session.scalar(select(func.count(User.id)))


def is_demo(session: Session) -> bool:
    """Whether the people in the database are the demonstration's."""
    return session.scalar(select(User.id).where(User.email == "koordinator@example.org")) is not None


def load(session: Session, *, now: datetime) -> None:
    """Both programmes with their people. The caller commits. No mail is sent for what lies in the past."""
    for file in sorted(FILES.glob("*.toml")):
        programmes.load(session, programme_files.read_file(file))
    staff = _staff(session, now=now)
    units = _units(session)
    _hosts_sign_in(session, units, now=now)
    cohort = _cohort(session, "viborg-2024")
    _viborg(session, cohort, units, staff, now=now)
    _coming_year(session, units)
    wishes.load(session, _cohort(session, "viborg-2025"), now=now)
    applications.load(session, _cohort(session, "viborg-2025"))
    _hovedstaden(session, units, staff, now=now)
    distant = _cohort(session, "hovedstaden-2017")
    networks.load(session, cohort, distant, staff["anders.lykke@example.org"], now=now)
    for mail in session.scalars(select(OutgoingMail).where(OutgoingMail.sent_at.is_(None))):
        mail.sent_at = now
    session.flush()


def _cohort(session: Session, slug: str) -> Cohort:
    return session.scalars(select(Cohort).where(Cohort.slug == slug)).one()


def _programme(session: Session, slug: str) -> Programme:
    return session.scalars(select(Programme).where(Programme.slug == slug)).one()


def _person(session: Session, email: str, name: str, *grants: RoleGrant, now: datetime) -> User:
    user = User(email=email, name=name, created_at=now, grants=list(grants))
    session.add(user)
    return user


def _staff(session: Session, *, now: datetime) -> Staff:
    viborg, hovedstaden = _programme(session, "viborg").id, _programme(session, "hovedstaden").id
    grants = {
        "admin@example.org": [RoleGrant(role=Role.ADMIN)],
        "koordinator@example.org": [RoleGrant(role=Role.COORDINATOR, programme_id=viborg)],
        "koordinator.h@example.org": [RoleGrant(role=Role.COORDINATOR, programme_id=hovedstaden)],
        "underviser@example.org": [RoleGrant(role=Role.TEACHER, programme_id=viborg)],
        "anders.lykke@example.org": [
            RoleGrant(role=Role.TEACHER, programme_id=viborg),
            RoleGrant(role=Role.TEACHER, programme_id=hovedstaden),
        ],
    }
    staff = {
        email: _person(session, email, name, *grants[email], now=now) for email, name in people.STAFF.items()
    }
    staff["koordinator@example.org"].phone = "87 00 00 10"
    session.flush()
    return staff


def _units(session: Session) -> dict[str, Unit]:
    organisations: dict[str, Organisation] = {}
    for name, kind in people.ORGANISATIONS.items():
        organisations[name] = hosts.create_organisation(session, kind=kind, name=name, today=DAY)
    session.flush()
    units = {}
    for unit in people.UNITS:
        units[unit.name] = hosts.create_unit(
            session,
            organisations[unit.organisation],
            name=unit.name,
            sector=unit.sector,
            address=unit.address,
            municipality=unit.municipality,
            phone=unit.phone,
        )
    for name, (organisation, sector, municipality) in people.H_UNITS.items():
        units[name] = hosts.create_unit(
            session, organisations[organisation], name=name, sector=sector, municipality=municipality
        )
    session.flush()
    hosts.rename_organisation(
        session,
        organisations["Region Hovedstaden"],
        name="Region Østdanmark",
        from_day=date(2027, 1, 1),
        today=DAY,
    )
    return units


def _hosts_sign_in(session: Session, units: dict[str, Unit], *, now: datetime) -> None:
    for known in people.UNITS:
        unit = units[known.name]
        name, title, email = known.host
        host = contacts.add(session, unit, name=name, title=title, email=email, is_host=True)
        session.flush()
        contacts.invite(session, host, now=now)
        if known is people.UNITS[0]:
            _shared_mailbox(session, unit, now=now)
        name, title, email = known.supervisor
        contacts.add(
            session, unit, name=name, title=title, email=email, phone=known.phone, is_supervisor=True
        )
    session.flush()


def _shared_mailbox(session: Session, unit: Unit, *, now: datetime) -> None:
    """The ward's own address, which its people share."""
    box = contacts.add(
        session, unit, name="Vagtrummet", email="vagtrummet@example.org", phone="78 40 11 22", is_host=True
    )
    session.flush()
    contacts.invite(session, box, shared=True, now=now)


def _enrol(session: Session, cohort: Cohort, *, now: datetime) -> list[Enrolment]:
    enrolled = []
    for email, name, municipality in people.STUDENTS:
        person = _person(session, email, name, RoleGrant(role=Role.STUDENT), now=now)
        session.flush()
        enrolled.append(
            enrolments.enrol(session, cohort, person, audience=Audience.STUDENT, municipality=municipality)
        )
        session.flush()
    return enrolled


def _viborg(session: Session, cohort: Cohort, units: dict[str, Unit], staff: Staff, *, now: datetime) -> None:
    """Eight students, seven of them with a place; the practicum began four weeks ago."""
    students = _enrol(session, cohort, now=now)
    teaching.teach_viborg(session, cohort, staff)
    registers.keep_viborg(session, cohort, students, staff["underviser@example.org"])
    place_students(session, cohort, students, units, staff["koordinator@example.org"], now=now)
    follow_up(session, units, students, staff["koordinator@example.org"])
    hours.write_weeks(session, cohort)
    _suggest_a_unit(session, students[7], now=now)


def _suggest_a_unit(session: Session, student: Enrolment, *, now: datetime) -> None:
    """The one without a place has found one."""
    suggestions.suggest(
        session,
        student,
        unit_name="Værestedet Havnen",
        organisation_name="Randers Kommune",
        sector=Sector.MUNICIPAL,
        municipality="Randers",
        contact_name="Hanne Holm",
        contact_email="hanne.holm@example.org",
        why="Der er en åben café og flere peer-medarbejdere.",
        today=DAY,
        now=now,
    )


def _coming_year(session: Session, units: dict[str, Unit]) -> None:
    """The cohort of 2025: five offers are open, seven seats in all; one is a draft."""
    cohort = _cohort(session, "viborg-2025")
    assert cohort.practicum_starts_on  # noqa: S101
    assert cohort.practicum_ends_on  # noqa: S101
    for number, seats, details in practicum.COMING_YEAR:
        known = people.UNITS[number]
        offer = offers.create(
            session,
            units[known.name],
            cohort,
            seats=seats or 1,
            starts_on=cohort.practicum_starts_on,
            ends_on=cohort.practicum_ends_on,
            weekly_minutes=360,
            ways=["individual"],
            tasks=known.tasks,
            details=details,
        )
        if seats:
            offers.release(offer)
    session.flush()


def _hovedstaden(session: Session, units: dict[str, Unit], staff: Staff, *, now: datetime) -> None:
    """The cohort of 2017: paid peers, volunteers and colleagues. Two have a diploma, one a certificate."""
    cohort = _cohort(session, "hovedstaden-2017")
    enrolled = []
    for email, name, audience, unit in people.H_PARTICIPANTS:
        person = _person(session, email, name, RoleGrant(role=Role.STUDENT), now=now)
        session.flush()
        enrolment = enrolments.enrol(session, cohort, person, audience=audience)
        enrolment.unit = units[unit]
        session.flush()
        enrolled.append(enrolment)
    teaching.teach_hovedstaden(session, cohort, staff)
    registers.keep_hovedstaden(session, cohort, enrolled, staff["anders.lykke@example.org"])
    pairs.load(session, enrolled)
    evaluations.load(session, cohort)
    diplomas.give(session, enrolled, now=now)
