"""Two who act on the same seat at the same moment: one clear state, and a sentence for who came second."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from placements import expiry
from placements.db import db, one_at_a_time, writing
from placements.domain import (
    application_decisions,
    application_interviews,
    application_queue,
    application_replies,
    applications,
    cohort_imports,
    enrolments,
)
from placements.domain.actors import Actor
from placements.domain.application_queue import GONE
from placements.domain.application_replies import TOO_LATE
from placements.domain.application_states import NO_OFFER
from placements.domain.cohort_import_steps import Wishes
from placements.domain.rules import RuleBroken
from placements.models.application_retention import ApplicationPolicy
from placements.models.application_reviews import ApplicationInterview
from placements.models.applications import Application, ApplicationStatus
from placements.models.cohorts import Cohort
from placements.models.enrolments import Enrolment
from placements.models.programmes import Audience, Programme
from placements.models.users import User
from tests.conftest import TODAY
from tests.domain.workbooks import book, saved
from tests.factories import Factory

S = ApplicationStatus
NOW = datetime(2025, 2, 3, 9, 0, tzinfo=UTC)
DEADLINE = datetime(2025, 2, 10, 11, 0, tzinfo=UTC)
Act = Callable[[Session, Application], object]
WAITING = text(
    "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
    " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
)


def in_turn(app: Flask, session: Session, key: str, application: Application, *acts: Act) -> list[str]:
    """Each has read the application and waits for `key`, the first of them first, before one may go on.

    "done", or the sentence that refused it.
    """
    chosen = application.id

    def attempt(act: Act) -> str:
        with app.app_context(), writing():
            try:
                act(db.session(), db.session().get_one(Application, chosen))
                db.session.commit()
            except RuleBroken as refusal:
                db.session.rollback()
                return refusal.sentence
            return "done"

    session.rollback()
    one_at_a_time(session, key)
    with ThreadPoolExecutor(len(acts)) as pool:
        running = []
        for act in acts:
            running.append(pool.submit(attempt, act))
            while session.execute(WAITING).scalar_one() < sum(not one.done() for one in running):
                time.sleep(0.01)
        session.rollback()
        return [one.result() for one in running]


@pytest.fixture(autouse=True)
def _two_writers(engine: str) -> None:
    if engine == "sqlite":
        pytest.skip("SQLite has one writer: the second reads what the first has left.")


@pytest.fixture
def cohort(make: Factory, programme: Programme) -> Cohort:
    return make.cohort(programme, slug="hold-2026", starts_on=date(2026, 9, 7), seats=2)


@pytest.fixture
def asta(make: Factory, cohort: Cohort) -> Application:
    """Has an offer."""
    made = make.application(cohort, status=S.OFFERED, answers={"email": "asta@example.org"})
    make.decision(made, sent_at=NOW, answer_by=DEADLINE)
    return made


@pytest.fixture
def bo(make: Factory, cohort: Cohort) -> Application:
    """The first in line."""
    made = make.application(cohort, "Bo Bang", status=S.WAITING)
    make.decision(made, "waiting_list", sent_at=NOW, place=1)
    return made


def yes(session: Session, application: Application) -> None:
    application_replies.accept(session, application, now=DEADLINE)


def no(session: Session, application: Application) -> None:
    application_replies.decline(session, application, now=NOW)


def withdraw(session: Session, application: Application) -> None:
    applications.withdraw(session, application, now=NOW)


def lapse(session: Session, _application: Application) -> None:
    application_queue.lapse_due(session, now=DEADLINE + timedelta(minutes=1))


def by_hand(session: Session, application: Application) -> None:
    enrolments.invite(
        session,
        application.cohort,
        "Asta@example.org",
        name="Asta Ager",
        audience=Audience.STUDENT,
        now=NOW,
    )


THERE = "Asta Ager er allerede på holdet."


@pytest.mark.parametrize(
    ("first", "second", "sentence", "left", "next_in_line", "enrolled"),
    [
        (yes, by_hand, THERE, S.ACCEPTED, S.WAITING, 1),
        (by_hand, yes, "done", S.ACCEPTED, S.WAITING, 1),
        (yes, withdraw, "done", None, S.WAITING, 1),
        (withdraw, yes, GONE, None, S.OFFERED, 0),
        (withdraw, withdraw, GONE, None, S.OFFERED, 0),
        (yes, lapse, "done", S.ACCEPTED, S.WAITING, 1),
        (lapse, yes, TOO_LATE, S.DECLINED, S.OFFERED, 0),
        (no, yes, NO_OFFER, S.DECLINED, S.OFFERED, 0),
    ],
)
def test_two_answers_at_once_leave_one_state(
    app: Flask,
    session: Session,
    asta: Application,
    bo: Application,
    first: Act,
    second: Act,
    sentence: str,
    left: ApplicationStatus | None,
    next_in_line: ApplicationStatus,
    enrolled: int,
) -> None:
    chosen, waiting = asta.id, bo.id
    key = f"cohort {asta.cohort_id}"
    assert in_turn(app, session, key, asta, first, second) == ["done", sentence]
    states = dict(session.execute(select(Application.id, Application.status)).all())
    assert (states.get(chosen), states[waiting]) == (left, next_in_line)
    assert session.scalar(select(func.count(Enrolment.id))) == enrolled


def test_enrolling_by_hand_and_a_yes_never_wait_for_each_other(
    app: Flask, session: Session, asta: Application
) -> None:
    """Both need the cohort and the address; whoever had one of them would wait for the other's."""
    said = in_turn(app, session, "invite asta@example.org", asta, by_hand, yes)
    assert (said, session.scalar(select(func.count(Enrolment.id)))) == (["done", "done"], 1)


def take_in(session: Session, application: Application) -> None:
    cohort_imports.take_turn(session, application.cohort)
    row = ["Asta Ager", "asta@example.org", "20 00 00 01", "Viborg", "Studerende", None]
    planned = cohort_imports.plan(session, application.cohort, saved(book([row], [], [])), {}, today=TODAY)
    cohort_imports.take_in(session, application.cohort, planned, wishes=Wishes(), today=TODAY, now=NOW)


@pytest.mark.parametrize(
    ("first", "second", "sentence", "enrolled"),
    [(0, 1, "done", 2), (1, 0, cohort_imports.MEANWHILE, 1)],
)
def test_workbook_meets_the_same_new_person_elsewhere(
    app: Flask,
    make: Factory,
    session: Session,
    asta: Application,
    first: int,
    second: int,
    sentence: str,
    enrolled: int,
) -> None:
    """Whoever comes second finds the person; a workbook was looked at before, so it is shown again."""
    elsewhere = make.cohort(asta.cohort.programme, slug="hold-2027").id

    def enrol(inner: Session, _application: Application) -> None:
        there = inner.get_one(Cohort, elsewhere)
        enrolments.invite(inner, there, "asta@example.org", name="Asta", audience=Audience.STUDENT, now=NOW)

    acts: tuple[Act, Act] = take_in, enrol
    said = in_turn(app, session, "invite asta@example.org", asta, acts[first], acts[second])
    assert said == ["done", sentence]
    people = session.scalars(select(User.email).join(Enrolment, Enrolment.user_id == User.id)).all()
    assert people == ["asta@example.org"] * enrolled
    assert session.scalars(select(User.id).where(User.email == "asta@example.org")).one()


def expire(_session: Session, _application: Application) -> None:
    expiry.expire()


@pytest.mark.parametrize(
    ("first", "second", "sentence", "left", "enrolled"),
    [(yes, expire, "done", [S.ACCEPTED], 1), (expire, yes, GONE, [], 0)],
)
def test_a_yes_meets_the_end_of_the_time_applications_are_kept(
    app: Flask,
    make: Factory,
    session: Session,
    programme: Programme,
    first: Act,
    second: Act,
    sentence: str,
    left: list[ApplicationStatus],
    enrolled: int,
) -> None:
    """The offer is open for a week yet, and the cohort began long ago: whoever is first decides."""
    begun = make.cohort(programme, slug="hold-2024", starts_on=TODAY - timedelta(days=140), seats=2)
    application = make.application(begun, status=S.OFFERED)
    make.decision(application, sent_at=NOW - timedelta(days=40), answer_by=DEADLINE)
    make.keep(ApplicationPolicy(programme_id=programme.id, days=30))
    assert in_turn(app, session, f"cohort {begun.id}", application, first, second) == ["done", sentence]
    assert list(session.scalars(select(Application.status).order_by(Application.id))) == left
    assert session.scalar(select(func.count(Enrolment.id))) == enrolled


def test_answers_meet_a_waiting_list_that_moves_up(
    app: Flask, make: Factory, session: Session, asta: Application, bo: Application, coordinator: Actor
) -> None:
    """The one in line has a seat before the rejection that was read through is sent."""
    make.decision(bo, "rejection", reasons="Der er ikke plads.")
    found = application_decisions.lines(session, asta.cohort, coordinator)
    seen = application_decisions.seal(application_decisions.letters(session, asta.cohort, found))

    def send(inner: Session, application: Application) -> None:
        application_decisions.send(inner, application.cohort, coordinator, seen=seen, now=NOW)

    said = in_turn(app, session, f"cohort {asta.cohort_id}", asta, no, send)
    session.refresh(bo)
    assert (said, bo.status) == (["done", "Der er ingen svar at sende."], S.OFFERED)


def test_a_time_is_not_booked_for_an_application_that_is_gone(
    app: Flask, make: Factory, session: Session, cohort: Cohort
) -> None:
    applied = make.application(cohort)
    slot = ApplicationInterview(
        cohort_id=cohort.id,
        starts_at=DEADLINE,
        ends_at=DEADLINE + timedelta(hours=1),
        place="Mødelokalet",
        application_id=None,
    )
    slot_id = make.keep(slot).id

    def book(inner: Session, application: Application) -> None:
        application_interviews.book(inner, application, slot_id, now=NOW)

    assert in_turn(app, session, f"cohort {cohort.id}", applied, withdraw, book) == ["done", GONE]
