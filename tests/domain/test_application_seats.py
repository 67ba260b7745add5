"""Seats that are held, the numbers of the waiting list, and seats that come free (V-07, V-08)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest
from sqlalchemy.orm import Session

from placements.domain import (
    application_decisions,
    application_queue,
    application_replies,
    application_work,
    enrolments,
)
from placements.domain.actors import Actor
from placements.models.application_decisions import DecisionKind
from placements.models.applications import Application, ApplicationStatus
from placements.models.cohorts import Cohort
from placements.models.programmes import Audience, Programme
from tests.domain.saving import refusal, save
from tests.factories import Factory

S, K = ApplicationStatus, DecisionKind
NOW = datetime(2025, 2, 3, 9, 0, tzinfo=UTC)
DEADLINE = datetime(2025, 2, 10, 11, 0, tzinfo=UTC)


@pytest.fixture
def cohort(make: Factory, programme: Programme) -> Cohort:
    return make.cohort(programme, slug="hold-2026", starts_on=date(2026, 9, 7), seats=2)


def wait(
    session: Session, cohort: Cohort, coordinator: Actor, one: Application, place: int | None = None
) -> None:
    """Prepared to wait, and nothing sent yet."""
    chosen = [application_decisions.Choice(one.id, K.WAITING_LIST, "", place)]
    application_decisions.prepare(
        session, cohort, coordinator, chosen, answer_by=DEADLINE, by="Karen Koordinator", now=NOW
    )


def send(session: Session, cohort: Cohort, coordinator: Actor) -> None:
    found = application_decisions.lines(session, cohort, coordinator)
    seen = application_decisions.seal(application_decisions.letters(session, cohort, found))
    application_decisions.send(session, cohort, coordinator, seen=seen, now=NOW)


def offered(make: Factory, cohort: Cohort, name: str = "Asta Ager", **values: object) -> Application:
    application = make.application(cohort, name, status=S.OFFERED, **values)
    make.decision(application, sent_at=NOW, answer_by=DEADLINE)
    return application


def in_line(make: Factory, cohort: Cohort, place: int) -> Application:
    application = make.application(cohort, f"Nummer {place}", status=S.WAITING)
    make.decision(application, "waiting_list", sent_at=NOW, place=place)
    return application


def test_later_waiters_come_after_those_in_line(
    make: Factory, session: Session, cohort: Cohort, coordinator: Actor
) -> None:
    """Two never have the same number, also when one of them is only prepared."""
    first, asta, bo = in_line(make, cohort, 1), make.application(cohort), make.application(cohort)
    save(session, lambda: wait(session, cohort, coordinator, asta))
    said = refusal(session, lambda: wait(session, cohort, coordinator, bo, 1))
    assert said.field == f"place_{bo.id}"
    save(session, lambda: wait(session, cohort, coordinator, bo))
    save(session, lambda: send(session, cohort, coordinator))
    line = [(one.id, place) for one, place in application_queue.in_line(session, cohort)]
    assert line == [(first.id, 1), (asta.id, 2), (bo.id, 3)]


def test_enrolling_by_hand_takes_no_seat_that_is_offered(
    make: Factory, session: Session, cohort: Cohort
) -> None:
    """Also where the programme says how many there are; whoever was offered one gets it."""
    cohort.seats, cohort.programme.selection_seats = None, 2
    make.keep(cohort)
    asta, bo = offered(make, cohort), offered(make, cohort, "Bo Bang", answers={"email": "bo@example.org"})
    person = make.user("Ceci Carl")
    enrol = partial(enrolments.enrol, session, cohort, person, audience=Audience.STUDENT)
    assert "tilbudt til ansøgere (2)" in refusal(session, enrol).sentence
    for one in (asta, bo):
        save(session, partial(application_replies.accept, session, one, now=NOW))
    assert "alle optaget" in refusal(session, enrol).sentence
    assert application_queue.seats(session, cohort).free == 0


@pytest.mark.parametrize(("days", "state"), [(0, S.WAITING), (1, S.WAITING), (2, S.OFFERED)])
def test_nobody_moves_up_with_less_than_a_day_to_answer(
    make: Factory, session: Session, cohort: Cohort, days: int, state: ApplicationStatus
) -> None:
    cohort.starts_on = NOW.date() + timedelta(days=days)
    asta, first = offered(make, cohort), in_line(make, cohort, 1)
    save(session, lambda: application_replies.decline(session, asta, now=NOW))
    session.expire_all()
    assert [asta.status, first.status] == [S.DECLINED, state]


def test_day_says_that_a_seat_is_free_while_people_wait(
    make: Factory, session: Session, cohort: Cohort, coordinator: Actor
) -> None:
    """Somebody who said yes has left. From the day before the cohort begins nothing moves by itself."""
    enrolment = make.enrolment(cohort)
    offered(make, cohort)
    for place in (1, 2):
        in_line(make, cohort, place)
    before = cohort.starts_on - timedelta(days=1)
    assert application_work.free_seats(session, coordinator, today=before) == []
    save(session, lambda: enrolments.withdraw(enrolment))
    [early] = application_work.free_seats(session, coordinator, today=before - timedelta(days=1))
    [late] = application_work.free_seats(session, coordinator, today=before)
    assert [(str(task.text), task.href, str(task.note)) for task in (*early.tasks, *late.tasks)] == [
        (f"{cohort.name}: 1 ledig(e), 2 venter", f"/applications/cohort/{cohort.slug}/decisions", note)
        for note in ("", str(application_work.BY_HAND))
    ]
    assert application_work.free_seats(session, coordinator, today=cohort.starts_on + timedelta(14)) == []
