"""Numbers: one series for each organiser, kind and year, without gaps, however many issue at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from placements.db import db, writing
from placements.domain import diplomas
from placements.domain.rules import RuleBroken
from placements.models.diplomas import Diploma
from placements.models.enrolments import Enrolment
from placements.models.programmes import Programme, ProgrammeOrganiser
from tests.factories import Factory

MET = date(2018, 5, 1)


def course(make: Factory, slug: str, *organisers: tuple[str, date | None, date | None]) -> Programme:
    """Without a practicum, run by these from and to a day."""
    programme = make.programme(slug, practicum_weeks=None)
    programme.organisers = [
        ProgrammeOrganiser(position=number, name=name, valid_from=start, valid_to=end)
        for number, (name, start, end) in enumerate(organisers, 1)
    ]
    return make.keep(programme)


def test_series_is_the_organisers_and_follows_it_between_programmes_and_years(
    session: Session, make: Factory
) -> None:
    """H-10: the programme went to another school from 2019."""
    change = date(2019, 7, 1)
    one = course(make, "one", ("Projektet", None, change), ("Skolen", change, None))
    other = course(make, "other", ("Skolen", None, None))
    given = []
    for programme, day in (
        (one, date(2018, 12, 31)),
        (one, date(2019, 1, 1)),
        (other, date(2019, 3, 1)),
        (one, date(2019, 6, 30)),
        (one, date(2019, 7, 1)),
        (other, date(2019, 12, 31)),
        (other, date(2020, 1, 1)),
    ):
        person = make.enrolment(make.cohort(programme), theory_met_on=MET)
        given.append(diplomas.issue(session, person, today=day))
        session.flush()
    assert [(diploma.issuer, diploma.number) for diploma in given] == [
        ("Projektet", "UB-2018-0001"),
        ("Projektet", "UB-2019-0001"),
        ("Skolen", "UB-2019-0001"),
        ("Projektet", "UB-2019-0002"),
        ("Skolen", "UB-2019-0002"),
        ("Skolen", "UB-2019-0003"),
        ("Skolen", "UB-2020-0001"),
    ]


def test_certificates_have_a_series_of_their_own(session: Session, make: Factory) -> None:
    programme = course(make, "one", ("Skolen", None, None))
    cohort = make.cohort(programme)
    taught = make.teaching_session(make.run(cohort, make.module(programme)))
    one, leaver = make.enrolment(cohort), make.enrolment(cohort, status="withdrawn")
    for person in (one, leaver):
        make.attendance(taught, person)
    first = diplomas.issue(session, one, today=date(2025, 4, 11))
    second = diplomas.issue_certificate(session, leaver, today=date(2025, 4, 11))
    assert (first.number, second.number) == ("UB-2025-0001", "DB-2025-0001")


def test_number_of_what_was_rolled_back_is_given_again(session: Session, make: Factory) -> None:
    cohort = make.cohort(course(make, "one", ("Skolen", None, None)))
    people = [make.enrolment(cohort, theory_met_on=MET) for _ in range(2)]
    diplomas.issue(session, people[0], today=date(2025, 4, 11))
    session.flush()
    session.rollback()
    with pytest.raises(RuleBroken):
        diplomas.issue(session, make.enrolment(cohort), today=date(2025, 4, 11))
    session.rollback()
    assert diplomas.issue(session, people[1], today=date(2025, 4, 11)).number == "UB-2025-0001"


def test_those_who_issue_at_once_get_numbers_one_after_the_other(
    app: Flask, session: Session, make: Factory
) -> None:
    """Also the first of a series, when there is no row to wait for; and nobody gets two diplomas."""
    cohort = make.cohort(course(make, "one", ("Skolen", None, None)))
    people = [make.enrolment(cohort, theory_met_on=MET).id for _ in range(3)]
    ready = Barrier(4, timeout=20)

    def issue(enrolment_id: int) -> bool:
        with app.app_context(), writing():
            ready.wait()
            person = db.session.get_one(Enrolment, enrolment_id)
            try:
                diplomas.issue(db.session(), person, today=date(2025, 4, 11))
                db.session.commit()
            except RuleBroken:
                db.session.rollback()
                return False
            return True

    session.rollback()
    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(issue, [*people, people[0]]))
    assert (done.count(True), done[1:3]) == (3, [True, True])
    assert sorted(session.scalars(select(Diploma.number))) == [f"UB-2025-000{n}" for n in (1, 2, 3)]
