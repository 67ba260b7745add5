"""Two people at the same moment: the last seat is given once, and nobody is placed twice."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
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
