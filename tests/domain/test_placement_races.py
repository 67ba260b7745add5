"""Two people at the same moment: the last seat is given once, and nobody is placed twice."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from threading import Barrier

from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from placements.db import db, writing
from placements.domain import placements
from placements.domain.rules import RuleBroken
from placements.models.enrolments import Enrolment
from placements.models.offers import Offer
from placements.models.placements import Placement
from tests.factories import Factory

TODAY = date(2025, 2, 3)
NOW = datetime(2025, 2, 3, 9, tzinfo=UTC)
LAST_SEAT = (
    "Pladsen er netop taget: der er sagt ja til så mange, som der er pladser til (1). "
    "Sig nej her, eller sæt antallet af pladser op, hvis I kan tage imod en til."
)


def at_once(app: Flask, *actions: Callable[[Session], object]) -> list[str]:
    """Each in a request of its own: "done", or the sentence that refused it."""
    ready = Barrier(len(actions), timeout=20)

    def attempt(action: Callable[[Session], object]) -> str:
        with app.app_context(), writing():
            ready.wait()
            try:
                action(db.session())
                db.session.commit()
            except RuleBroken as refusal:
                db.session.rollback()
                return refusal.sentence
            return "done"

    db.session.rollback()
    with ThreadPoolExecutor(len(actions)) as pool:
        return sorted(pool.map(attempt, actions))


def placing(offer_id: int, enrolment_id: int) -> Callable[[Session], object]:
    def place(session: Session) -> object:
        offer, enrolment = session.get_one(Offer, offer_id), session.get_one(Enrolment, enrolment_id)
        return placements.create(session, offer, enrolment, today=TODAY)

    return place


def accepting(placement_id: int) -> Callable[[Session], object]:
    return lambda session: placements.accept(session, session.get_one(Placement, placement_id), now=NOW)


def test_two_hosts_accept_the_last_seat_and_one_gets_it(app: Flask, make: Factory, session: Session) -> None:
    """Both were asked when there were two seats; now there is one."""
    cohort, unit = make.cohort(), make.unit()
    offer = make.offer(unit, cohort, seats=1)
    asked = [
        make.placement(cohort=cohort, unit=unit, offer_id=offer.id, status="proposed").id for _ in range(2)
    ]
    answers = at_once(app, *(accepting(placement) for placement in asked))
    assert answers.count("done") == 1
    assert [answer for answer in answers if answer != "done"] == [LAST_SEAT]
    statuses = sorted(session.scalars(select(Placement.status)))
    assert statuses == ["accepted", "proposed"]


def test_two_colleagues_accept_the_same_student_once(app: Flask, make: Factory, session: Session) -> None:
    cohort, unit = make.cohort(), make.unit()
    offer = make.offer(unit, cohort, seats=1)
    asked = make.placement(cohort=cohort, unit=unit, offer_id=offer.id, status="proposed").id
    answers = at_once(app, accepting(asked), accepting(asked))
    assert answers == ["Forløbet venter ikke på et svar.", "done"]


def test_the_last_seat_is_given_once(app: Flask, make: Factory, session: Session) -> None:
    cohort, unit = make.cohort(), make.unit()
    offer = make.offer(unit, cohort, seats=1).id
    people = [make.enrolment(cohort).id for _ in range(3)]
    answers = at_once(app, *(placing(offer, person) for person in people))
    assert answers.count("done") == 1
    assert {answer for answer in answers if answer != "done"} == {
        "Praktikstedets pladser er optaget. Der er tilbudt 1 i alt."
    }
    assert session.scalar(select(func.count()).select_from(Placement)) == 1


def test_nobody_is_placed_twice(app: Flask, make: Factory, session: Session) -> None:
    cohort = make.cohort()
    person = make.enrolment(cohort).id
    offers = [make.offer(make.unit(f"Afsnit {letter}"), cohort).id for letter in "ABC"]
    answers = at_once(app, *(placing(offer, person) for offer in offers))
    assert answers.count("done") == 1
    assert session.scalar(select(func.count()).select_from(Placement)) == 1
