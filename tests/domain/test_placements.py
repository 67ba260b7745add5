"""The rules of a placement: who sees it, its states and gates, and what each verb leaves behind."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from placements.domain import history, placements
from placements.domain.actors import ANONYMOUS
from placements.domain.rules import RuleBroken
from placements.models.follow_up_days import AttendanceStatus, FollowUpAttendance
from placements.models.mails import OutgoingMail
from placements.models.offers import OfferStatus
from placements.models.placements import LegalBasis, Placement, PlacementStatus
from tests.factories import Factory, actor_for

NOW = datetime(2025, 2, 3, 9, tzinfo=UTC)
TODAY = date(2025, 2, 3)
FIRST, LAST = date(2025, 1, 6), date(2025, 4, 6)
S = PlacementStatus

# The state table of domain.md, written once more by hand: verb, the states it leaves, the state it leads to.
TABLE = {
    "propose": ({S.DRAFT}, S.PROPOSED),
    "accept": ({S.PROPOSED}, S.ACCEPTED),
    "decline": ({S.PROPOSED}, S.DECLINED),
    "agree": ({S.ACCEPTED}, S.AGREED),
    "start": ({S.AGREED}, S.ACTIVE),
    "complete": ({S.ACTIVE}, S.COMPLETED),
    "end_early": ({S.ACTIVE}, S.ENDED_EARLY),
    "cancel": ({S.DRAFT, S.PROPOSED, S.ACCEPTED, S.AGREED}, S.CANCELLED),
}
VERBS: dict[str, Callable[[Session, Placement], None]] = {
    "propose": lambda session, record: placements.propose(session, record, now=NOW),
    "accept": lambda session, record: placements.accept(session, record, now=NOW),
    "decline": lambda session, record: placements.decline(session, record, reason="Sygdom", now=NOW),
    "agree": placements.agree,
    "start": lambda session, record: placements.start(session, record, today=TODAY),
    "complete": lambda session, record: placements.complete(session, record, today=LAST),
    "end_early": lambda session, record: placements.end_early(
        session, record, reason="Job", today=TODAY, now=NOW
    ),
    "cancel": lambda session, record: placements.cancel(session, record, reason="Andet sted", now=NOW),
}


def register(make: Factory, placement: Placement, *statuses: AttendanceStatus) -> None:
    """Attendance at the follow-up days, the first day first."""
    for number, status in enumerate(statuses, 1):
        day = make.follow_up_day(placement.cohort, number)
        make.keep(FollowUpAttendance(day_id=day.id, placement_id=placement.id, status=status))


def unmet(checks: list[Any]) -> set[str]:
    return {check.key for check in checks if not check.met}


# States


@pytest.mark.parametrize("state", S)
@pytest.mark.parametrize("verb", TABLE)
def test_verb_follows_the_state_table(make: Factory, session: Session, verb: str, state: S) -> None:
    placement = make.placement(status=state)
    if verb == "complete":
        register(make, placement, AttendanceStatus.PRESENT, AttendanceStatus.EXCUSED)
    sources, target = TABLE[verb]
    if state in sources:
        VERBS[verb](session, placement)
        assert placement.status is target
    else:
        with pytest.raises(RuleBroken) as refusal:
            VERBS[verb](session, placement)
        assert refusal.value.sentence.endswith(".")
        assert placement.status is state


def test_transitions_are_the_table_and_the_question_asked_again() -> None:
    told = {verb: (set(move.sources), move.target) for verb, move in placements.TRANSITIONS.items()}
    assert told == {**TABLE, "ask_again": ({S.PROPOSED, S.ACCEPTED}, S.PROPOSED)}


def test_occupying_is_everything_but_what_freed_its_seat() -> None:
    assert set(S) - placements.OCCUPYING == {S.DECLINED, S.CANCELLED, S.ENDED_EARLY}


# Visibility


@pytest.mark.parametrize("state", S)
def test_visible_to_by_state(make: Factory, session: Session, state: S) -> None:
    placement = make.placement(status=state)
    host = make.host(placement.unit)
    coordinator = make.coordinator(placement.cohort.programme)
    people = {"student": placement.enrolment.user, "host": host, "coordinator": coordinator}
    seen = {
        name
        for name, user in people.items()
        if session.scalars(placements.visible_to(actor_for(user))).all() == [placement]
    }
    hidden = {
        S.DRAFT: {"host", "student"},
        S.PROPOSED: {"student"},
        S.DECLINED: {"host", "student"},
        S.CANCELLED: {"host", "student"},
    }
    assert seen == set(people) - hidden.get(state, set())


def test_visible_to_nobody_else(make: Factory, session: Session) -> None:
    placement = make.placement(status=S.ACTIVE)
    other = make.placement(status=S.ACTIVE)
    strangers = [
        actor_for(make.coordinator(other.cohort.programme)),
        actor_for(make.host(other.unit)),
        actor_for(other.enrolment.user),
    ]
    for actor in strangers:
        assert session.scalars(placements.visible_to(actor)).all() == [other]
        assert session.scalars(placements.visible_ids(actor)).all() == [other.id]
    teacher = actor_for(make.teacher(placement.cohort.programme))
    for actor in (teacher, actor_for(make.admin()), ANONYMOUS):
        assert session.scalars(placements.visible_to(actor)).all() == []


@pytest.mark.parametrize(
    ("state", "coordinator", "host"),
    [
        (S.DRAFT, ["propose", "cancel"], []),
        (S.PROPOSED, ["accept", "decline", "cancel"], ["accept", "decline"]),
        (S.ACCEPTED, ["cancel"], []),
        (S.AGREED, ["start", "cancel"], []),
        (S.ACTIVE, ["complete", "end_early"], []),
        (S.COMPLETED, [], []),
        (S.DECLINED, [], []),
    ],
)
def test_verbs_for_each_role(
    make: Factory, session: Session, state: S, coordinator: list[str], host: list[str]
) -> None:
    placement = make.placement(status=state)
    assert (
        placements.verbs_for(placement, actor_for(make.coordinator(placement.cohort.programme)))
        == coordinator
    )
    assert placements.verbs_for(placement, actor_for(make.host(placement.unit))) == host
    assert placements.verbs_for(placement, actor_for(placement.enrolment.user)) == []
    assert placements.verbs_for(placement, actor_for(make.host(make.unit("Afsnit B")))) == []


# Gates


def test_propose_asks_for_what_is_missing(make: Factory, session: Session) -> None:
    cohort, unit = make.cohort(), make.unit()
    offer = make.offer(unit, cohort, status="closed")
    enrolment = make.enrolment(cohort, status="withdrawn")
    placement = make.placement(unit=unit, enrolment=enrolment, offer_id=offer.id, legal_basis=None)
    with pytest.raises(RuleBroken) as refusal:
        placements.propose(session, placement, now=NOW)
    assert {line.key for line in refusal.value.unmet} == {"enrolment", "offer", "legal_basis"}
    assert unmet(placements.checks_for_propose(session, placement)) == {"enrolment", "offer", "legal_basis"}
    assert placement.status is S.DRAFT


def test_propose_mails_every_host_of_the_unit(make: Factory, session: Session) -> None:
    placement = make.placement(status=S.DRAFT)
    hosts = {make.host(placement.unit).id, make.host(placement.unit).id}
    make.host(placement.unit, active=False)
    make.host(make.unit("Afsnit B"))
    placements.propose(session, placement, now=NOW)
    session.flush()
    mails = session.scalars(select(OutgoingMail).order_by(OutgoingMail.id)).all()
    assert {mail.user_id for mail in mails} == hosts
    assert {(mail.message, mail.path) for mail in mails} == {("task_accept", f"/placements/{placement.id}")}


def test_accept_needs_nothing_but_the_question(make: Factory, session: Session) -> None:
    placement = make.placement(status=S.PROPOSED, supervisor_id=None)
    assert placements.checks_for_accept(session, placement) == []
    placements.accept(session, placement, now=NOW)
    assert placement.status is S.ACCEPTED


def test_agreement_waits_for_supervisor_and_signatures(make: Factory, session: Session) -> None:
    placement = make.placement(status=S.ACCEPTED)
    missing = {"student", "supervisor", "agreement", "signed_student", "signed_host", "signed_coordinator"}
    assert unmet(placements.checks_for_agreement(session, placement)) == missing
    placement.legal_basis = LegalBasis.JOB_CENTRE
    missing.add("signed_employee_representative")
    assert unmet(placements.checks_for_agreement(session, placement)) == missing


@pytest.mark.parametrize(("today", "begins"), [(date(2025, 1, 5), False), (date(2025, 1, 6), True)])
def test_start_waits_for_the_first_day(make: Factory, session: Session, today: date, begins: bool) -> None:
    placement = make.placement(status=S.AGREED)
    assert (unmet(placements.checks_for_start(session, placement, today=today)) == set()) is begins
    if begins:
        placements.start(session, placement, today=today)
        assert placement.status is S.ACTIVE
    else:
        with pytest.raises(RuleBroken):
            placements.start(session, placement, today=today)


@pytest.mark.parametrize(
    ("statuses", "today", "missing"),
    [
        (["present", "present"], LAST, set()),
        (["present", "excused"], LAST, set()),
        (["present", "absent"], LAST, {"follow_up_2"}),
        (["present"], LAST, {"follow_up_2"}),
        ([], LAST, {"follow_up_1", "follow_up_2"}),
        (["present", "present"], date(2025, 4, 5), {"last_day"}),
    ],
)
def test_complete_counts_follow_up_days(
    make: Factory, session: Session, statuses: list[str], today: date, missing: set[str]
) -> None:
    """V-06: both follow-up days, and the last day reached."""
    placement = make.placement(status=S.ACTIVE)
    register(make, placement, *map(AttendanceStatus, statuses))
    assert unmet(placements.checks_for_complete(session, placement, today=today)) == missing
    if missing:
        with pytest.raises(RuleBroken) as refusal:
            placements.complete(session, placement, today=today)
        assert {line.key for line in refusal.value.unmet} == missing
    else:
        placements.complete(session, placement, today=today)
        assert placement.status is S.COMPLETED


def test_complete_refused_in_a_programme_without_practicum(make: Factory, session: Session) -> None:
    programme = make.programme("uden", practicum_weeks=None, follow_up_days=0)
    placement = make.placement(cohort=make.cohort(programme), status=S.ACTIVE)
    assert unmet(placements.checks_for_complete(session, placement, today=LAST)) == {"practicum"}


# Ending


@pytest.mark.parametrize("verb", ["decline", "cancel", "end_early"])
def test_ending_frees_the_seat_and_offers_it_again(make: Factory, session: Session, verb: str) -> None:
    cohort, unit = make.cohort(), make.unit()
    offer, other = make.offer(unit, cohort, seats=1, status="closed"), make.enrolment(cohort)
    state = next(iter(TABLE[verb][0]))
    placement = make.placement(cohort=cohort, unit=unit, offer_id=offer.id, status=state)
    assert placements.taken_seats(session, offer) == 1
    VERBS[verb](session, placement)
    session.flush()
    assert (placements.taken_seats(session, offer), offer.status) == (0, OfferStatus.OPEN)
    assert placements.create(session, offer, other, today=TODAY).status is S.DRAFT


@pytest.mark.parametrize("verb", ["decline", "cancel", "end_early"])
@pytest.mark.parametrize("reason", ["", "  \n"])
def test_ending_needs_a_reason(make: Factory, session: Session, verb: str, reason: str) -> None:
    placement = make.placement(status=next(iter(TABLE[verb][0])))
    calls: dict[str, Callable[[], None]] = {
        "decline": lambda: placements.decline(session, placement, reason=reason, now=NOW),
        "cancel": lambda: placements.cancel(session, placement, reason=reason, now=NOW),
        "end_early": lambda: placements.end_early(session, placement, reason=reason, today=TODAY, now=NOW),
    }
    with pytest.raises(RuleBroken) as refusal:
        calls[verb]()
    assert refusal.value.field == "reason"
    assert placement.status in TABLE[verb][0]


def test_decline_tells_the_coordinators(make: Factory, session: Session) -> None:
    placement = make.placement(status=S.PROPOSED)
    coordinator = make.coordinator(placement.cohort.programme)
    make.coordinator(make.programme("andet"))
    placements.decline(session, placement, reason="Vi flytter", now=NOW)
    session.flush()
    (mail,) = session.scalars(select(OutgoingMail)).all()
    assert (mail.user_id, mail.message) == (coordinator.id, "placement_declined")
    assert mail.path == f"/placements/{placement.id}"
    assert placement.reason == "Vi flytter"


@pytest.mark.parametrize(
    ("today", "ends_on"), [(TODAY, TODAY), (date(2025, 5, 1), LAST), (date(2025, 1, 1), FIRST)]
)
def test_end_early_ends_that_day(make: Factory, session: Session, today: date, ends_on: date) -> None:
    placement = make.placement(status=S.ACTIVE)
    placements.end_early(session, placement, reason="Fik job", today=today, now=NOW)
    assert placement.ends_on == ends_on


@pytest.mark.parametrize("verb", TABLE)
def test_verb_is_one_event(make: Factory, session: Session, verb: str) -> None:
    unit, cohort = make.unit(), make.cohort(make.programme(follow_up_days=0))
    offer = make.offer(unit, cohort)
    state = next(iter(TABLE[verb][0]))
    placement = make.placement(cohort=cohort, unit=unit, offer_id=offer.id, status=state)
    told = len(history.of(session, placement))
    VERBS[verb](session, placement)
    session.flush()
    assert len(history.of(session, placement)) == told + 1


def test_rollback_after_a_verb_leaves_the_state_before_it(make: Factory, session: Session) -> None:
    placement = make.placement(status=S.PROPOSED)
    make.coordinator(placement.cohort.programme)
    events = len(history.of(session, placement))
    placements.decline(session, placement, reason="Vi flytter", now=NOW)
    session.flush()
    session.rollback()
    assert (placement.status, placement.reason) == (S.PROPOSED, None)
    assert session.scalars(select(OutgoingMail)).all() == []
    assert len(history.of(session, placement)) == events


def test_start_waits_until_a_changed_agreement_is_signed_again(session: Session, make: Factory) -> None:
    placement = make.placement(status="agreed")
    agreement = make.agreement(placement, status="signed")
    assert unmet(placements.checks_for_start(session, placement, today=TODAY)) == set()
    placements.name_supervisor(
        session, placement, supervisor_id=make.contact(placement.unit, "Ny Vejleder").id, today=TODAY
    )
    session.flush()
    assert len(agreement.versions) == 2
    assert unmet(placements.checks_for_start(session, placement, today=TODAY)) == {"agreed"}


@pytest.mark.parametrize(
    ("status", "told"),
    [
        ("draft", set()),
        ("proposed", {"host"}),
        ("accepted", {"host", "student"}),
        ("agreed", {"host", "student"}),
    ],
)
def test_cancel_tells_those_who_knew(session: Session, make: Factory, status: str, told: set[str]) -> None:
    placement = make.placement(status=status)
    people = {"host": make.host(placement.unit).id, "student": placement.enrolment.user_id}
    placements.cancel(session, placement, reason="Andet sted", now=NOW)
    session.flush()
    mails = session.scalars(select(OutgoingMail).order_by(OutgoingMail.id)).all()
    assert {mail.user_id for mail in mails} == {people[who] for who in told}
    assert {mail.message for mail in mails} <= {"practicum_news"}


def test_accept_tells_the_student(session: Session, make: Factory) -> None:
    placement = make.placement(status="proposed")
    placements.accept(session, placement, now=NOW)
    session.flush()
    (mail,) = session.scalars(select(OutgoingMail)).all()
    assert (mail.user_id, mail.message, mail.path) == (placement.enrolment.user_id, "practicum_news", "/my")
