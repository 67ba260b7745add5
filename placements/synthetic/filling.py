"""Fills a database: rows go in by the thousand, past history and rules, because nobody is behind them.

Two programmes share the placements. A cohort has some twenty people and begins its practicum on a Monday
within a year before today and five months after it, so that about one placement in six is running.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from sqlalchemy import Connection

from placements.models.cohorts import Cohort
from placements.models.enrolments import Enrolment, EnrolmentStatus
from placements.models.follow_up_days import AttendanceStatus, FollowUpAttendance, FollowUpDay
from placements.models.hosts import (
    Contact,
    Organisation,
    OrganisationKind,
    OrganisationName,
    Sector,
    Unit,
    UnitPeriod,
)
from placements.models.network_groups import NetworkGroup, NetworkPlace, NetworkPlaceStatus
from placements.models.offers import Offer, OfferStatus
from placements.models.placements import LegalBasis, Placement, PlacementStatus
from placements.models.programmes import AttendanceScope, Audience, Programme, ProgrammeOrganiser
from placements.models.users import User
from placements.synthetic import names
from placements.synthetic.load import Load

PROGRAMMES = 2
COHORT = 20
PLACEMENTS_PER_UNIT = 25
LEAST_UNITS = 100
WEEKS_BACK, WEEKS_AHEAD = 52, 20
WEEKS = timedelta(weeks=13)
LONG_AGO = date(1900, 1, 1)
CREATED = datetime(2024, 1, 1, tzinfo=UTC)

S = PlacementStatus
# Of a hundred placements, by where the practicum stands.
_OVER = ((S.COMPLETED, 88), (S.ENDED_EARLY, 5), (S.DECLINED, 4), (S.CANCELLED, 3))
_RUNNING = ((S.ACTIVE, 95), (S.ENDED_EARLY, 5))
_AHEAD = ((S.DRAFT, 20), (S.PROPOSED, 25), (S.ACCEPTED, 20), (S.AGREED, 30), (S.CANCELLED, 5))
OVER, RUNNING, AHEAD = (
    [state for state, share in fates for _ in range(share)] for fates in (_OVER, _RUNNING, _AHEAD)
)
NAMED = frozenset({S.AGREED, S.ACTIVE, S.COMPLETED, S.ENDED_EARLY})


@dataclass(frozen=True, slots=True)
class Place:
    id: int
    name: str
    owner: str
    sector: Sector
    supervisors: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Run:
    """A cohort while its people are made."""

    id: int
    programme_id: int
    first: date
    last: date
    days: tuple[int, ...]
    group_id: int
    offers: list[tuple[int, Place]]


def fill(connection: Connection, placements: int, *, today: date, seed: int = 1) -> int:
    """Adds that many placements and everybody around them; returns how many people were added."""
    load = Load(connection, today, Random(seed))  # noqa: S311 (nothing secret)
    load.begin()
    before = load.count(User)
    programmes = [_programme(load, number) for number in range(PROGRAMMES)]
    places = list(_places(load, max(LEAST_UNITS, placements // PLACEMENTS_PER_UNIT)))
    left, number = placements, 0
    while left > 0:
        size = min(left, load.random.randint(COHORT - 8, COHORT + 8))
        run = _cohort(load, programmes[number % PROGRAMMES], size, places)
        for _ in range(size):
            _placement(load, run)
        left, number = left - size, number + 1
    load.finish()
    return load.count(User) - before


def _programme(load: Load, number: int) -> int:
    programme = load.add(
        Programme,
        slug=f"maalt-{load.count(Programme) + 1}",
        name=f"Målt uddannelse {number + 1}",
        aim="At blive målt.",
        theory_weeks=13,
        sessions_per_week=2,
        session_minutes=180,
        practicum_weeks=13,
        practicum_weekly_minutes=360,
        follow_up_days=2,
        follow_up_minutes=180,
        sector_shares={"regional": 0.5, "municipal": 0.5},
        attendance_percent=80,
        attendance_scope=AttendanceScope.MODULE,
        network_offered_to=[Audience.STUDENT.value],
    )
    load.add(ProgrammeOrganiser, programme_id=programme, position=1, name="Måleskolen")
    return programme


def _places(load: Load, number: int) -> Iterator[Place]:
    owners = [_owner(load, f"{name} Kommune", OrganisationKind.MUNICIPALITY) for name in names.MUNICIPALITIES]
    region = _owner(load, "Region Midtjylland", OrganisationKind.REGION)
    for count in range(number):
        regional = load.random.random() < 0.52
        owner_id, owner = region if regional else load.random.choice(owners)
        sector = Sector.REGIONAL if regional else Sector.MUNICIPAL
        name = names.unit(load.random, count)
        unit = load.add(Unit, sector=sector, municipality=load.random.choice(names.MUNICIPALITIES))
        load.add(UnitPeriod, unit_id=unit, organisation_id=owner_id, name=name, valid_from=LONG_AGO)
        people = [names.person(load.random) for _ in range(2)]
        yield Place(unit, name, owner, sector, tuple((_contact(load, unit, name), name) for name in people))


def _owner(load: Load, name: str, kind: OrganisationKind) -> tuple[int, str]:
    organisation = load.add(Organisation, kind=kind)
    load.add(OrganisationName, organisation_id=organisation, name=name, valid_from=LONG_AGO)
    return organisation, name


def _contact(load: Load, unit: int, name: str) -> int:
    return load.add(Contact, unit_id=unit, name=name, is_host=False, is_supervisor=True)


def _cohort(load: Load, programme: int, size: int, places: list[Place]) -> Run:
    monday = load.today - timedelta(days=load.today.weekday())
    first = monday + timedelta(weeks=load.random.randint(-WEEKS_BACK, WEEKS_AHEAD))
    last = first + WEEKS - timedelta(days=1)
    number = load.count(Cohort) + 1
    cohort = load.add(
        Cohort,
        programme_id=programme,
        slug=f"maalt-hold-{number}",
        name=f"Hold {first.year}-{number}",
        seats=size,
        starts_on=first - timedelta(weeks=17),
        practicum_starts_on=first,
        practicum_ends_on=last,
    )
    group = load.add(NetworkGroup, programme_id=programme, name=f"Gruppe {number}", seats=size)
    days = tuple(_day(load, cohort, count, first + timedelta(weeks=5 * count, days=2)) for count in (1, 2))
    chosen = load.random.choices(places, k=size * 2 // 3 + 1)
    offers = [(_offer(load, cohort, place, first, last), place) for place in chosen]
    return Run(cohort, programme, first, last, days, group, offers)


def _day(load: Load, cohort: int, number: int, held_on: date) -> int:
    return load.add(
        FollowUpDay, cohort_id=cohort, number=number, held_on=held_on, starts_at=time(9), ends_at=time(12)
    )


def _offer(load: Load, cohort: int, place: Place, first: date, last: date) -> int:
    return load.add(
        Offer,
        unit_id=place.id,
        cohort_id=cohort,
        status=OfferStatus.OPEN,
        seats=2,
        starts_on=first,
        ends_on=last,
        weekly_minutes=360,
        ways=["individual"],
    )


def _state(load: Load, run: Run) -> PlacementStatus:
    fates = AHEAD if load.today < run.first else OVER if run.last < load.today else RUNNING
    return load.random.choice(fates)


def _placement(load: Load, run: Run) -> None:
    state, (offer, place) = _state(load, run), load.random.choice(run.offers)
    supervisor = load.random.choice(place.supervisors) if state in NAMED else (None, "")
    student = names.person(load.random)
    enrolment = _enrolment(load, run, student, state)
    placement = load.add(
        Placement,
        programme_id=run.programme_id,
        cohort_id=run.id,
        enrolment_id=enrolment,
        offer_id=offer,
        unit_id=place.id,
        supervisor_id=supervisor[0],
        sector=place.sector,
        status=state,
        legal_basis=LegalBasis.STUDY_PRACTICUM,
        starts_on=run.first,
        ends_on=run.last,
        weekly_minutes=load.random.choice((360, 360, 360, 450, 720)),
        student_name=student,
        search_text=f"{student} {place.name} {place.owner} {supervisor[1]}".strip().lower(),
    )
    if state is S.COMPLETED:
        _what_followed(load, run, enrolment, placement)


def _what_followed(load: Load, run: Run, enrolment: int, placement: int) -> None:
    """Both follow-up days, and a place in the group."""
    for day in run.days:
        load.add(FollowUpAttendance, day_id=day, placement_id=placement, status=AttendanceStatus.PRESENT)
    load.add(
        NetworkPlace,
        group_id=run.group_id,
        enrolment_id=enrolment,
        status=NetworkPlaceStatus.ACCEPTED,
        offered_at=CREATED,
    )


def _enrolment(load: Load, run: Run, name: str, state: PlacementStatus) -> int:
    user = load.add(User, email=f"maalt{load.count(User) + 1}@example.org", name=name, created_at=CREATED)
    return load.add(
        Enrolment,
        cohort_id=run.id,
        user_id=user,
        audience=Audience.STUDENT,
        status=EnrolmentStatus.COMPLETED if state is S.COMPLETED else EnrolmentStatus.ACTIVE,
        starts_on=run.first - timedelta(weeks=17),
    )
