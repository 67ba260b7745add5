"""Answers to applications, the seats, the waiting list and the enrolment (V-07, V-08, D-01)."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from functools import partial
from threading import Barrier

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from placements.db import db, writing
from placements.domain import (
    application_decision_texts,
    application_decisions,
    application_letters,
    application_queue,
    application_replies,
    applications,
    enrolments,
)
from placements.domain.actors import Actor
from placements.domain.application_decisions import Choice
from placements.domain.application_states import TRANSITIONS
from placements.domain.rules import Stale
from placements.formatting import local
from placements.models.application_decisions import ApplicationDecision, ApplicationLetter, DecisionKind
from placements.models.applications import Application, ApplicationStatus
from placements.models.cohorts import Cohort
from placements.models.enrolments import Enrolment
from placements.models.mails import OutgoingMail
from placements.models.programmes import Audience, Module, ModuleRule, Programme
from placements.models.users import RoleGrant
from tests.domain.saving import refusal, save
from tests.factories import Factory

S, K = ApplicationStatus, DecisionKind
NOW = datetime(2025, 2, 3, 9, 0, tzinfo=UTC)
DEADLINE = datetime(2025, 2, 10, 11, 0, tzinfo=UTC)
LATE = DEADLINE + timedelta(minutes=1)


@pytest.fixture
def cohort(make: Factory, programme: Programme) -> Cohort:
    return make.cohort(programme, slug="hold-2026", starts_on=date(2026, 9, 7), seats=2)


def choice(application: Application, kind: DecisionKind | None, opened: str = "", **values: object) -> Choice:
    return Choice(application.id, kind, opened, **values)  # type: ignore[arg-type]


def prepare(
    session: Session, cohort: Cohort, coordinator: Actor, *choices: Choice, by: datetime = DEADLINE
) -> None:
    application_decisions.prepare(
        session, cohort, coordinator, choices, answer_by=by, by="Karen Koordinator", now=NOW
    )


def send(session: Session, cohort: Cohort, coordinator: Actor, *, now: datetime = NOW) -> int:
    found = application_decisions.lines(session, cohort, coordinator)
    seen = application_decisions.seal(application_decisions.letters(session, cohort, found))
    return application_decisions.send(session, cohort, coordinator, seen=seen, now=now)


def states(session: Session, applied: list[Application]) -> list[ApplicationStatus]:
    session.expire_all()
    return [one.status for one in applied]


def offered(make: Factory, cohort: Cohort, name: str = "Asta Ager", **values: object) -> Application:
    application = make.application(cohort, name, status=S.OFFERED, **values)
    make.decision(application, sent_at=NOW, answer_by=DEADLINE)
    return application


def in_line(make: Factory, cohort: Cohort, place: int) -> Application:
    application = make.application(cohort, f"Nummer {place}", status=S.WAITING)
    make.decision(application, "waiting_list", sent_at=NOW, place=place)
    return application


def mailed(session: Session) -> list[tuple[int | None, str]]:
    rows = session.execute(
        select(OutgoingMail.application_id, OutgoingMail.message).order_by(OutgoingMail.id)
    )
    return [(application_id, message) for application_id, message in rows]


# States


def test_what_leads_where() -> None:
    table = {verb: (sorted(move.sources), move.target) for verb, move in TRANSITIONS.items()}
    assert table == {
        "submit": ([S.DRAFT], S.SUBMITTED),
        "offer": ([S.SUBMITTED, S.WAITING], S.OFFERED),
        "wait": ([S.SUBMITTED, S.WAITING], S.WAITING),
        "reject": ([S.SUBMITTED, S.WAITING], S.REJECTED),
        "next_year": ([S.SUBMITTED, S.WAITING], S.NEXT_YEAR),
        "accept": ([S.OFFERED], S.ACCEPTED),
        "decline": ([S.OFFERED], S.DECLINED),
        "lapse": ([S.OFFERED], S.DECLINED),
    }


# Preparing and sending


def test_prepare_tells_nobody_and_send_tells_everybody(
    make: Factory, session: Session, cohort: Cohort, coordinator: Actor
) -> None:
    """Reasons and letters are encrypted; a mail holds no more than its link."""
    applied = [make.application(cohort, name) for name in ("Asta Ager", "Bo Bang", "Ceci Carl", "Dan Dal")]
    asta, bo, ceci, dan = applied
    chosen = (
        choice(asta, K.OFFER),
        choice(bo, K.WAITING_LIST),
        choice(ceci, K.REJECTION, reasons="Vi fik mange flere ansøgninger, end der er pladser."),
        choice(dan, K.NEXT_YEAR),
    )
    save(session, lambda: prepare(session, cohort, coordinator, *chosen))
    assert (states(session, applied), mailed(session)) == ([S.SUBMITTED] * 4, [])
    assert application_decisions.sent_to(session, asta) is None
    assert save(session, lambda: send(session, cohort, coordinator)) == 4
    assert states(session, applied) == [S.OFFERED, S.WAITING, S.REJECTED, S.NEXT_YEAR]
    assert mailed(session) == [(one.id, "application_decision") for one in applied]
    decision = application_decisions.sent_to(session, ceci)
    assert decision is not None
    assert "flere ansøgninger" not in f"{decision.reasons}{decision.letter}"
    letter = application_letters.paragraphs(application_decision_texts.letter(decision))
    assert letter[1] == "Vi fik mange flere ansøgninger, end der er pladser."
    offer = application_decisions.sent_to(session, asta)
    assert offer is not None
    assert "Svar senest mandag 10. februar 2025 (uge 7) kl. 12.00" in application_decision_texts.letter(offer)
    refusal(session, lambda: send(session, cohort, coordinator))


def test_send_only_what_was_read_through(
    make: Factory, session: Session, cohort: Cohort, coordinator: Actor
) -> None:
    """A text or a decision that has changed since the preview stops it; so does a deadline that is past."""
    asta = make.application(cohort)
    save(session, lambda: prepare(session, cohort, coordinator, choice(asta, K.OFFER)))
    found = application_decisions.lines(session, cohort, coordinator)
    seen = application_decisions.seal(application_decisions.letters(session, cohort, found))
    make.keep(ApplicationLetter(programme=cohort.programme, kind=K.OFFER, locale="da", text="Kom."))
    with writing(), pytest.raises(Stale):
        application_decisions.send(session, cohort, coordinator, seen=seen, now=NOW)
    late = refusal(session, lambda: send(session, cohort, coordinator, now=LATE))
    assert late.sentence == "Sæt en frist for at svare, der ikke er gået."
    assert states(session, [asta]) == [S.SUBMITTED]


def test_prepare_refuses_more_offers_than_seats(
    make: Factory, session: Session, cohort: Cohort, coordinator: Actor
) -> None:
    """V-07: a participant and an open offer each take one."""
    make.enrolment(cohort)
    asta, bo = make.application(cohort, "Asta Ager"), make.application(cohort, "Bo Bang")
    both = (choice(asta, K.OFFER), choice(bo, K.OFFER))
    said = refusal(session, lambda: prepare(session, cohort, coordinator, *both))
    assert str(said) == "Der er valgt 2 tilbud, og holdet har 1 ledige pladser. Vælg færre tilbud."
    cohort.seats = None
    make.keep(cohort)
    said = refusal(session, lambda: prepare(session, cohort, coordinator, both[0]))
    assert str(said) == "Skriv først på holdet, hvor mange pladser der er. Så kan de tilbydes."
    cohort.programme.selection_seats = 3
    make.keep(cohort)
    save(session, lambda: prepare(session, cohort, coordinator, *both))


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ([{"kind": K.REJECTION}], "reasons"),
        ([{"kind": K.REJECTION, "reasons": "Du er 010190-1234."}], "reasons"),
        ([{"kind": K.WAITING_LIST, "place": 1}, {"kind": K.WAITING_LIST, "place": 1}], "place"),
    ],
)
def test_prepare_refuses_at_the_field(
    make: Factory,
    session: Session,
    cohort: Cohort,
    coordinator: Actor,
    values: list[dict[str, object]],
    field: str,
) -> None:
    applied = [make.application(cohort) for _one in values]
    chosen = [choice(one, **some) for one, some in zip(applied, values, strict=True)]  # type: ignore[arg-type]
    said = refusal(session, lambda: prepare(session, cohort, coordinator, *chosen))
    assert said.field == f"{field}_{applied[-1].id}"


def test_prepare_anew_changes_or_takes_back_what_was_seen(
    make: Factory, session: Session, cohort: Cohort, coordinator: Actor
) -> None:
    asta = make.application(cohort)
    save(session, lambda: prepare(session, cohort, coordinator, choice(asta, K.OFFER)))
    [line] = application_decisions.lines(session, cohort, coordinator)
    with writing(), pytest.raises(Stale):
        prepare(session, cohort, coordinator, choice(asta, None))
    session.rollback()
    save(session, lambda: prepare(session, cohort, coordinator, choice(asta, None, line.mark)))
    assert session.scalars(select(ApplicationDecision)).all() == []


# Answers


def test_accept_makes_one_enrolment_with_what_carries_over(
    make: Factory, session: Session, cohort: Cohort
) -> None:
    """Twice is once. Nothing of what was written about a life comes along."""
    asta = offered(make, cohort, locale="en", answers={"email": "asta@example.org", "contact_name": "Rut"})
    made = save(session, lambda: application_replies.accept(session, asta, now=DEADLINE))
    again = save(session, lambda: application_replies.accept(session, asta, now=LATE))
    assert made.id == again.id
    user = made.user
    assert (user.name, user.email, user.phone, user.locale) == (
        "Asta Ager",
        "asta@example.org",
        "20 30 40 50",
        "en",
    )
    assert (made.audience, made.municipality, made.starts_on) == (
        Audience.STUDENT,
        "Viborg",
        cohort.starts_on,
    )
    assert [grant.role for grant in user.grants] == ["student"]
    assert session.scalar(select(func.count(Enrolment.id))) == 1
    assert [message for _id, message in mailed(session)] == ["invitation"]
    offer = application_queue.open_offer(session, asta.id)
    assert offer is not None
    assert (offer.enrolment_id, offer.answered_at) == (made.id, DEADLINE)


def test_accept_knows_a_person_and_the_only_audience(make: Factory, session: Session, cohort: Cohort) -> None:
    known = make.user("Asta A. Ager", email="asta@example.org", phone="99 99 99 99")
    module = session.scalars(select(Module).where(Module.programme_id == cohort.programme_id)).one()
    make.keep(ModuleRule(module=module, audience=Audience.VOLUNTEER_PEER, rule="compulsory"))
    asta = offered(make, cohort, answers={"email": "Asta@Example.org"})
    made = save(session, lambda: application_replies.accept(session, asta, now=NOW))
    assert (made.user_id, made.audience) == (known.id, Audience.VOLUNTEER_PEER)
    assert (known.name, known.phone) == ("Asta A. Ager", "99 99 99 99")
    assert session.scalar(select(func.count(RoleGrant.id)).where(RoleGrant.user_id == known.id)) == 1


def test_accept_is_refused_late_and_for_a_closed_account(
    make: Factory, session: Session, cohort: Cohort
) -> None:
    asta, plain = offered(make, cohort), make.application(cohort)
    said = refusal(session, lambda: application_replies.accept(session, asta, now=LATE))
    assert said.sentence == application_replies.TOO_LATE
    refusal(session, lambda: application_replies.accept(session, plain, now=NOW))
    make.user("Lukket", email="bo@example.org", active=False)
    bo = offered(make, cohort, answers={"email": "bo@example.org"})
    said = refusal(session, lambda: application_replies.accept(session, bo, now=NOW))
    assert (said.sentence, session.scalar(select(func.count(Enrolment.id)))) == (
        application_replies.CALL_US,
        0,
    )


def no(session: Session, application: Application) -> None:
    application_replies.decline(session, application, now=LATE)


def lapse(session: Session, _application: Application) -> None:
    assert application_queue.lapse_due(session, now=DEADLINE) == 0
    assert application_queue.lapse_due(session, now=LATE) == 1


def withdraw(session: Session, application: Application) -> None:
    applications.withdraw(session, application, now=LATE)


@pytest.mark.parametrize(
    ("offered_on", "answer_on"),
    [
        ((2025, 2, 5), (2025, 2, 10)),
        ((2025, 2, 10), (2025, 2, 17)),  # not Saturday
        ((2025, 4, 12), (2025, 4, 22)),  # not Maundy Thursday, and not before Easter is over
        ((2025, 8, 30), (2025, 9, 1)),  # never after the cohort has begun
    ],
)
def test_deadline_is_a_working_day(
    cohort: Cohort, offered_on: tuple[int, int, int], answer_on: tuple[int, int, int]
) -> None:
    cohort.starts_on = date(2025, 9, 1)
    at = application_queue.deadline_after(datetime(*offered_on, 9, tzinfo=UTC), cohort)
    assert local(at).date() == date(*answer_on)


@pytest.mark.parametrize("act", [no, lapse, withdraw])
def test_next_in_line_is_offered_the_seat_that_comes_free(
    make: Factory,
    session: Session,
    cohort: Cohort,
    act: Callable[[Session, Application], None],
) -> None:
    """At once, with a mail, a letter that says so and a new deadline; seats kept back stay so."""
    asta, second, first = offered(make, cohort), in_line(make, cohort, 2), in_line(make, cohort, 1)
    make.decision(first, "rejection", reasons="Forberedt.")
    save(session, lambda: act(session, asta))
    assert states(session, [first, second]) == [S.OFFERED, S.WAITING]
    assert mailed(session) == [(first.id, "application_decision")]
    offer = application_queue.open_offer(session, first.id)
    assert offer is not None
    assert offer.answer_by == datetime(2025, 2, 17, 11, 0, tzinfo=UTC)
    assert application_decision_texts.letter(offer).startswith("Tak for din tålmodighed.")
    kinds = select(ApplicationDecision.kind).where(ApplicationDecision.application_id == first.id)
    assert session.scalars(kinds.order_by(ApplicationDecision.id)).all() == [K.WAITING_LIST, K.OFFER]


def test_two_who_decline_at_once_free_two_seats_for_two(
    app: Flask, make: Factory, session: Session, cohort: Cohort
) -> None:
    declining = [offered(make, cohort).id for _one in range(2)]
    waiting = [in_line(make, cohort, place) for place in (1, 2, 3)]
    ready = Barrier(2, timeout=20)
    session.rollback()

    def decline(application_id: int) -> None:
        with app.app_context(), writing():
            ready.wait()
            no(db.session(), db.session().get_one(Application, application_id))
            db.session().commit()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(decline, declining))
    assert states(session, waiting) == [S.OFFERED, S.OFFERED, S.WAITING]
    assert len(mailed(session)) == 2


VERBS = ("accept", "decline", "lapse", "withdraw", "leave")


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.tuples(st.sampled_from(VERBS), st.integers(0, 9)), min_size=4, max_size=12))
def test_seats_are_never_overbooked(
    make: Factory, session: Session, programme: Programme, steps: list[tuple[str, int]]
) -> None:
    """V-07, whatever happens in whatever order; and everybody who waits has been told so."""
    slug = f"hold-{next(make.numbers)}"
    cohort = make.cohort(programme, slug=slug, starts_on=date(2026, 9, 7), seats=2)
    for _one in range(2):
        offered(make, cohort)
    for place in range(1, 4):
        in_line(make, cohort, place)
    now = NOW
    for verb, number in steps:
        save(session, partial(_step, session, cohort, verb, number, now))
        counted = application_queue.seats(session, cohort)
        assert counted.enrolled + counted.offered <= 2
        now += timedelta(hours=30)


def _step(session: Session, cohort: Cohort, verb: str, number: int, now: datetime) -> None:
    """What can happen to one of those with an offer, if there is any."""
    holding = session.scalars(
        select(Application).where(Application.cohort_id == cohort.id, Application.status == S.OFFERED)
    ).all()
    taking_part = [one for one in enrolments.of_cohort(session, cohort) if enrolments.is_active(one)]
    if verb == "lapse":
        application_queue.lapse_due(session, now=now)
    elif verb == "leave" and taking_part:
        enrolments.withdraw(taking_part[number % len(taking_part)])
    elif holding and verb == "accept":
        _accept_in_time(session, holding[number % len(holding)], now)
    elif holding and verb == "decline":
        application_replies.decline(session, holding[number % len(holding)], now=now)
    elif holding and verb == "withdraw":
        applications.withdraw(session, holding[number % len(holding)], now=now)


def _accept_in_time(session: Session, application: Application, now: datetime) -> None:
    offer = application_queue.open_offer(session, application.id)
    assert offer is not None
    if not application_queue.is_late(offer, now=now):
        application_replies.accept(session, application, now=now)
