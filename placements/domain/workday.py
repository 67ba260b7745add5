"""What needs doing today: for staff, hosts and students. Every line leads to where it is done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload, selectinload

from placements.domain import (
    agreement_states,
    cohorts,
    diplomas,
    follow_up_days,
    network_places,
    offers,
    placements,
)
from placements.domain.actors import Actor
from placements.domain.hosts import holds_on
from placements.domain.offers import SectorSeats
from placements.domain.placement_states import FINISHED, OCCUPYING, RUNNING, UNACCEPTED, UNANSWERED
from placements.i18n import Text, _
from placements.models.agreements import Agreement, AgreementVersion
from placements.models.cohorts import Cohort
from placements.models.diplomas import Diploma
from placements.models.enrolments import Enrolment
from placements.models.follow_up_days import FollowUpDay
from placements.models.hosts import Sector, UnitPeriod
from placements.models.network_groups import NetworkPlace
from placements.models.offers import Offer
from placements.models.placements import Placement
from placements.models.users import Role
from placements.words import word

# Staff have what needs doing on the front page; hosts and students a page of their own.
HOMES = (
    (Role.COORDINATOR, "/"),
    (Role.TEACHER, "/"),
    (Role.ADMIN, "/"),
    (Role.HOST, "/host"),
    (Role.STUDENT, "/my"),
)
SOON = timedelta(days=14)
SHOWN = 25


@dataclass(frozen=True, slots=True)
class Task:
    """One row: what it is about, and the page where it is cleared."""

    text: str
    href: str
    note: str = ""
    action: str = ""
    action_href: str = ""


@dataclass(frozen=True, slots=True)
class TaskGroup:
    """A tile and the rows behind it: the number is how many there are, also when not all are shown."""

    key: str
    label: Text
    empty: Text
    tasks: list[Task]
    number: int
    more_href: str = ""


@dataclass(frozen=True, slots=True)
class CohortSeats:
    cohort: Cohort
    sectors: dict[Sector, SectorSeats]

    @property
    def missing(self) -> int:
        return sum(max(seats.needed - seats.secured, 0) for seats in self.sectors.values())


def home_of(actor: Actor) -> str | None:
    """The page with this person's own work; None for somebody without a role."""
    return next((path for role, path in HOMES if role in actor.roles), None)


def seats(session: Session, actor: Actor, *, today: date) -> list[CohortSeats]:
    """Cohorts whose practicum is not over, with seats secured against needed in each sector (V-12)."""
    coming = session.scalars(
        cohorts.coordinated_by(actor)
        .options(joinedload(Cohort.programme))
        .where(Cohort.practicum_ends_on >= today)
        .order_by(Cohort.practicum_starts_on)
    )
    return [CohortSeats(cohort, offers.seats_by_sector(session, cohort)) for cohort in coming]


def _group(key: str, label: Text, empty: Text, tasks: list[Task], more_href: str = "") -> TaskGroup:
    return TaskGroup(key, label, empty, tasks[:SHOWN], len(tasks), more_href)


def _at_unit(session: Session, chosen: Select[Placement], *, today: date) -> list[tuple[Placement, str]]:
    """Placements with what their unit is called today."""
    named = chosen.join(
        UnitPeriod, (UnitPeriod.unit_id == Placement.unit_id) & holds_on(UnitPeriod, today)
    ).add_columns(UnitPeriod.name)
    return [(placement, name) for placement, name in session.execute(named)]


def unanswered(session: Session, actor: Actor, *, today: date) -> TaskGroup:
    chosen = (
        placements.visible_to(actor)
        .where(Placement.status.in_(UNANSWERED))
        .order_by(Placement.starts_on, Placement.id)
    )
    tasks = [
        Task(
            _("%(name)s hos %(unit)s", name=placement.student_name, unit=unit), f"/placements/{placement.id}"
        )
        for placement, unit in _at_unit(session, chosen, today=today)
    ]
    return _group(
        "unanswered",
        _("Venter på svar fra praktikværten"),
        _("Alle praktikværter har svaret."),
        tasks,
        "/placements?status=proposed",
    )


def missing_signatures(session: Session, actor: Actor) -> TaskGroup:
    """Agreements sent and not signed by all, and whose signature is missing."""
    rows = session.scalars(
        select(Agreement)
        .join(Agreement.placement)
        .where(
            Agreement.placement_id.in_(placements.visible_ids(actor)),
            Agreement.versions.any(AgreementVersion.status.in_(agreement_states.AWAITING)),
            Placement.status.in_(OCCUPYING),
        )
        .options(
            joinedload(Agreement.placement),
            selectinload(Agreement.versions).selectinload(AgreementVersion.signatures),
        )
        .order_by(Placement.starts_on, Agreement.id)
    ).unique()
    tasks = []
    for agreement in rows:
        if not agreement_states.is_awaiting(agreement.current):
            continue
        parties = [word(party) for party in agreement_states.missing_parties(agreement.current)]
        tasks.append(
            Task(
                _("Praktikaftale for %(name)s", name=agreement.placement.student_name),
                f"/placements/{agreement.placement_id}/agreement",
                _("Mangler underskrift fra %(parties)s", parties=parties),
            )
        )
    return _group(
        "signatures",
        _("Aftaler, der mangler en underskrift"),
        _("Alle sendte aftaler er underskrevet."),
        tasks,
    )


def agreements_to_send(session: Session, actor: Actor, *, today: date) -> TaskGroup:
    """A host has said yes, and what is to be signed is not written, or has changed since it was sent."""
    chosen = (
        placements.coordinated_by(actor)
        .where(
            Placement.status.in_(OCCUPYING - UNACCEPTED - FINISHED),
            ~Placement.id.in_(agreement_states.sent_placement_ids()),
        )
        .order_by(Placement.starts_on, Placement.id)
    )
    tasks = [
        Task(
            _("%(name)s hos %(unit)s", name=placement.student_name, unit=unit),
            f"/placements/{placement.id}/agreement",
        )
        for placement, unit in _at_unit(session, chosen, today=today)
    ]
    return _group(
        "agreements",
        _("Aftaler, der skal skrives eller sendes"),
        _("Alle aftaler er skrevet og sendt."),
        tasks,
    )


def undated_days(session: Session, actor: Actor) -> TaskGroup:
    tasks = [
        Task(
            _("%(number)s. opfølgningsdag for %(cohort)s", number=day.number, cohort=day.cohort.name),
            f"/follow-up-days/{day.id}",
            action=_("Sæt dato"),
            action_href=f"/follow-up-days/{day.id}/edit",
        )
        for day in follow_up_days.undated(session, actor)
    ]
    tasks += [
        Task(
            _("Opfølgningsdagene for %(cohort)s er ikke oprettet", cohort=cohort.name),
            f"/follow-up-days?cohort={cohort.slug}",
        )
        for cohort in follow_up_days.not_made(session, actor)
    ]
    return _group(
        "follow-up-days",
        _("Opfølgningsdage uden dato"),
        _("Alle opfølgningsdage har en dato."),
        tasks,
        "/follow-up-days",
    )


def not_offered_a_group(session: Session, actor: Actor) -> TaskGroup:
    """Peers who have not been offered a place in a network group (H-19)."""
    tasks = [
        Task(
            enrolment.user.name,
            f"/cohorts/{enrolment.cohort.slug}#people",
            enrolment.cohort.name,
            action=_("Tilbyd plads"),
            action_href="/network-groups#to-be-offered",
        )
        for enrolment in network_places.to_be_offered(session, actor)
    ]
    return _group(
        "network-groups",
        _("Ikke tilbudt en netværksgruppe"),
        _("Alle er tilbudt en netværksgruppe."),
        tasks,
        "/network-groups#to-be-offered",
    )


def ending_soon(session: Session, actor: Actor, *, today: date) -> TaskGroup:
    """Running placements whose last day is within two weeks, or passed."""
    chosen = (
        placements.visible_to(actor)
        .where(Placement.status.in_(RUNNING), Placement.ends_on <= today + SOON)
        .order_by(Placement.ends_on, Placement.id)
    )
    tasks = [
        Task(
            _("%(name)s hos %(unit)s", name=placement.student_name, unit=unit),
            f"/placements/{placement.id}",
            _("Sidste dag er %(day)s", day=placement.ends_on),
        )
        for placement, unit in _at_unit(session, chosen, today=today)
    ]
    return _group(
        "ending", _("Praktikforløb, der snart slutter"), _("Ingen forløb slutter de næste to uger."), tasks
    )


def of_staff(session: Session, actor: Actor, *, today: date) -> list[TaskGroup]:
    """A coordinator's day; a teacher has no placements and so sees the days and the groups."""
    days = [undated_days(session, actor), not_offered_a_group(session, actor)]
    if not actor.programme_ids:
        return days
    return [
        unanswered(session, actor, today=today),
        agreements_to_send(session, actor, today=today),
        missing_signatures(session, actor),
        *days,
        ending_soon(session, actor, today=today),
    ]


@dataclass(frozen=True, slots=True)
class OwnPlacement:
    """A placement as its host or student sees it, with what they can do next (empty: nothing just now)."""

    placement: Placement
    unit: str
    todo: Text | None
    href: str


def _own_todo(placement: Placement, actor: Actor, waits_for_me: bool) -> tuple[Text | None, str]:
    page = f"/placements/{placement.id}"
    if placement.status in UNANSWERED and placement.unit_id in actor.unit_ids:
        return _("Svar på, om I kan tage imod"), page
    if waits_for_me:
        return _("Læs og underskriv praktikaftalen"), f"{page}/agreement"
    if placements.lacks_supervisor(placement) and placement.unit_id in actor.unit_ids:
        return _("Vælg en praktikvejleder"), page
    return None, page


def at_own_units(actor: Actor) -> Select[Placement]:
    """What a host has been asked to take, and has taken."""
    return placements.visible_to(actor).where(Placement.unit_id.in_(actor.unit_ids))


def of_own(actor: Actor) -> Select[Placement]:
    """A student's own."""
    enrolled = select(Enrolment.id).where(Enrolment.user_id == actor.id)
    return placements.visible_to(actor).where(Placement.enrolment_id.in_(enrolled))


def own_placements(
    session: Session, chosen: Select[Placement], actor: Actor, *, today: date
) -> list[OwnPlacement]:
    """What waits for this person first."""
    chosen = chosen.options(joinedload(Placement.supervisor)).order_by(
        Placement.starts_on.desc(), Placement.id
    )
    rows = _at_unit(session, chosen, today=today)
    waiting = agreement_states.waiting_for(session, actor, [placement.id for placement, _unit in rows])
    found = []
    for placement, unit in rows:
        todo, href = _own_todo(placement, actor, placement.id in waiting)
        found.append(OwnPlacement(placement, unit, todo, href))
    return sorted(found, key=lambda own: own.todo is None)


@dataclass(frozen=True, slots=True)
class OwnOffer:
    offer: Offer
    unit: str
    open_seats: int


def own_offers(session: Session, actor: Actor, *, today: date) -> list[OwnOffer]:
    """What a host's units offer cohorts whose practicum is not over."""
    rows = session.execute(
        offers.visible_to(actor)
        .where(Offer.unit_id.in_(actor.unit_ids), Offer.ends_on >= today)
        .join(UnitPeriod, (UnitPeriod.unit_id == Offer.unit_id) & holds_on(UnitPeriod, today))
        .options(joinedload(Offer.cohort))
        .add_columns(UnitPeriod.name)
        .order_by(Offer.starts_on, Offer.id)
    ).all()
    left = offers.open_seats(session, [offer.id for offer, _unit in rows])
    return [OwnOffer(offer, unit, left[offer.id]) for offer, unit in rows]


@dataclass(frozen=True, slots=True)
class OwnCourse:
    """A person's own course: the cohort, its follow-up days, the network groups and the diploma."""

    enrolment: Enrolment
    days: list[FollowUpDay]
    places: list[NetworkPlace]
    diploma: Diploma | None


def own_courses(session: Session, actor: Actor) -> list[OwnCourse]:
    """A student's own courses, the newest first."""
    own = list(
        session.scalars(
            select(Enrolment)
            .where(Enrolment.user_id == actor.id)
            .options(joinedload(Enrolment.cohort).joinedload(Cohort.programme))
            .order_by(Enrolment.starts_on.desc())
        )
    )
    ids = [enrolment.id for enrolment in own]
    days = session.scalars(
        select(FollowUpDay)
        .where(FollowUpDay.cohort_id.in_([enrolment.cohort_id for enrolment in own]))
        .order_by(FollowUpDay.number)
    ).all()
    places = session.scalars(
        select(NetworkPlace)
        .where(NetworkPlace.enrolment_id.in_(ids))
        .options(joinedload(NetworkPlace.group))
        .order_by(NetworkPlace.id)
    ).all()
    given = session.scalars(select(Diploma).where(Diploma.enrolment_id.in_(ids))).all()
    return [
        OwnCourse(
            enrolment,
            [day for day in days if day.cohort_id == enrolment.cohort_id],
            [place for place in places if place.enrolment_id == enrolment.id],
            diplomas.standing(diploma for diploma in given if diploma.enrolment_id == enrolment.id),
        )
        for enrolment in own
    ]
