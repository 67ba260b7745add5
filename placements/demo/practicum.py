"""Eight students, ten units: every placement is taken through the rules, step by step."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time

from sqlalchemy.orm import Session

from placements import printing
from placements.demo import people
from placements.domain import agreements, follow_up_days, offers, placement_changes, placements
from placements.domain.actors import Actor
from placements.domain.offer_terms import Details
from placements.domain.task_shares import Line
from placements.models.cohorts import Cohort
from placements.models.enrolments import Enrolment
from placements.models.hosts import Unit
from placements.models.offer_tasks import TaskKind
from placements.models.offers import Offer
from placements.models.placements import LegalBasis, Placement
from placements.models.sign_ins import SignInMethod
from placements.models.users import User

AUTUMN = date(2024, 11, 18)
FIRST_DAY = date(2025, 1, 6)
TOPICS = (
    ("At dele sin historie, når det gavner den anden", 5),
    ("Når kolleger og jeg ser forskelligt på det", 6),
    ("At passe på sig selv undervejs", 7),
)
"""Of the first follow-up day, with the number of the module each goes back to."""
ACTIVE, AWAITING, ACCEPTED, PROPOSED = "active", "awaiting", "accepted", "proposed"
# Student number, unit number, how far the placement has come on the day of the demonstration.
PLAN = (
    (0, 0, ACTIVE),
    (1, 9, ACTIVE),
    (2, 7, ACTIVE),
    (3, 3, ACTIVE),
    (4, 2, ACTIVE),
    (5, 5, AWAITING),
    (6, 0, PROPOSED),
)
WRITTEN = {
    3: "Målet er at få erfaring med at bruge egne erfaringer i støtten til andre.\n"
    "- Øve sig i at lytte og dele, når det gavner\n"
    "- Finde sin rolle blandt kolleger med andre fag",
    5: "Tirsdag kl. 9.00-12.00 og torsdag kl. 12.00-15.00.",
    14: "Offentlig transport til og fra praktikken bliver betalt. Frokost er gratis på stedet.",
}

DETAILS = Details(
    weekly_plan={1: (time(9), time(12)), 3: (time(12), time(15))},
    task_lines=[
        Line("Samtaler én til én med dem, der ønsker det", TaskKind.INDIVIDUAL, 50),
        Line("Være med i den åbne café og i grupper", TaskKind.GROUP, 30),
        Line("Morgenmøder og praktiske opgaver", TaskKind.OTHER, 20),
    ],
    accessibility=["lift", "public_transport"],
    good_to_know="Den første dag viser praktikvejlederen rundt og aftaler resten af ugen.",
)
# The coming year: unit number, open seats (none: a draft), and what the week is like there.
COMING_YEAR = (
    (0, 1, DETAILS),
    (2, 1, DETAILS),
    (5, 1, DETAILS),
    (1, 2, replace(DETAILS, weekly_plan={0: (time(9), time(12)), 2: (time(9), time(12))})),
    (8, 2, replace(DETAILS, weekly_plan={}, accessibility=["step_free", "public_transport"])),
    (7, 0, DETAILS),
)


def place_students(
    session: Session,
    cohort: Cohort,
    students: list[Enrolment],
    units: dict[str, Unit],
    coordinator: User,
    *,
    now: datetime,
) -> None:
    _date_follow_up_days(session, cohort)
    seats = {
        known.name: _offer(session, cohort, units[known.name], known.tasks, seats=2 if number == 0 else 1)
        for number, known in enumerate(people.UNITS)
    }
    session.flush()
    for student, unit, stage in PLAN:
        placement = placement_changes.create(
            session,
            seats[people.UNITS[unit].name],
            students[student],
            today=AUTUMN,
            legal_basis=LegalBasis.STUDY_PRACTICUM,
        )
        session.flush()
        _carry_on(session, placement, stage, coordinator, now=now)


def _date_follow_up_days(session: Session, cohort: Cohort) -> None:
    """The first has its date; the second has not yet."""
    first, _second = follow_up_days.ensure(session, cohort)
    first.held_on, first.starts_at, first.ends_at = date(2025, 2, 12), time(9, 0), time(12, 0)
    first.place = "Recovery-skolen, lokale 2"
    modules = {module.number: module.id for module in cohort.programme.modules}
    for text, number in TOPICS:
        follow_up_days.add_topic(session, first, text=text, module_id=modules.get(number))


def _offer(session: Session, cohort: Cohort, unit: Unit, tasks: str, *, seats: int) -> Offer:
    assert cohort.practicum_starts_on  # noqa: S101
    assert cohort.practicum_ends_on  # noqa: S101
    offer = offers.create(
        session,
        unit,
        cohort,
        seats=seats,
        starts_on=cohort.practicum_starts_on,
        ends_on=cohort.practicum_ends_on,
        weekly_minutes=360,
        ways=["individual", "group"],
        tasks=tasks,
        details=DETAILS,
    )
    offers.release(offer)
    return offer


def _carry_on(
    session: Session, placement: Placement, stage: str, coordinator: User, *, now: datetime
) -> None:
    """From proposed to the stage, by each in turn."""
    placements.propose(session, placement, now=now)
    if stage == PROPOSED:
        return
    placements.accept(session, placement, now=now)
    supervisor = next(contact for contact in placement.unit.contacts if contact.is_supervisor)
    placement_changes.name_supervisor(session, placement, supervisor_id=supervisor.id, today=AUTUMN)
    session.flush()
    if stage == ACCEPTED:
        return
    agreement = agreements.draft(session, placement, today=AUTUMN)
    agreements.write(agreement, sections={6: agreement.current.sections["6"], **WRITTEN})
    session.flush()
    printing.agreements.send(session, agreement.current, now=now)
    session.flush()
    signers = [_as_student(placement), as_host(placement), _as_coordinator(placement, coordinator)]
    for signer in signers if stage == ACTIVE else signers[2:]:
        agreements.sign(session, agreement.current, signer, read=1, now=now)
        session.flush()
    if stage == ACTIVE:
        printing.agreements.freeze_when_signed(session, agreement.current, now=now)
        placements.start(session, placement, today=FIRST_DAY)
    session.flush()


def _as_student(placement: Placement) -> Actor:
    user = placement.enrolment.user
    return Actor(id=user.id, name=user.name, method=SignInMethod.CODE)


def as_host(placement: Placement) -> Actor:
    host = next(contact for contact in placement.unit.contacts if contact.user_id)
    units = frozenset({placement.unit_id})
    return Actor(id=host.user_id, name=host.name, method=SignInMethod.CODE, unit_ids=units)


def _as_coordinator(placement: Placement, coordinator: User) -> Actor:
    own = frozenset({placement.programme_id})
    return Actor(id=coordinator.id, name=coordinator.name, method=SignInMethod.CODE, programme_ids=own)
