"""A programme unlike both shipped ones is data too (D-03): from its file to diplomas, by pages alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from placements import jobs
from placements.db import writing
from placements.domain import programme_files, programmes
from placements.models.diplomas import Diploma
from placements.models.enrolments import Enrolment
from placements.models.jobs import Job
from placements.models.programmes import Programme
from placements.models.teaching import TeachingSession
from placements.models.users import User
from tests.blueprints.filled_forms import filled
from tests.conftest import Client
from tests.factories import Factory

FILE = Path(__file__).parent / "programmes" / "third.toml"
NAMES = [f"Deltager {letter}" for letter in "ABCDE"]
COHORT, DIPLOMAS = "/cohorts/tredje-2025", "/diplomas/cohort/tredje-2025"


@pytest.fixture
def programme(session: Session) -> Programme:
    with writing():
        programmes.load(session, programme_files.read_file(FILE))
        session.commit()
    return session.scalars(select(Programme)).one()


def test_third_programme_runs_from_its_file_to_diplomas(
    app: Flask,
    make: Factory,
    session: Session,
    programme: Programme,
    as_user: Callable[[User], Client],
) -> None:
    """80 hours, 90 % of the whole, no practicum, the employer pays: not a line of code of its own."""
    app.config["TODAY"] = date(2025, 7, 1)
    desk, teacher = as_user(make.coordinator(programme)), as_user(make.teacher(programme))
    for number, name in enumerate(NAMES):
        enrol(desk, name, f"deltager{number}@example.org")
    timetable = filled(desk.get(f"{COHORT}/schedule").text, f"{COHORT}/schedule")
    assert desk.post(f"{COHORT}/schedule", data=timetable).status_code == 303
    held = session.scalars(select(TeachingSession).order_by(TeachingSession.held_on)).all()
    assert (len(held), len({one.held_on for one in held})) == (20, 20)
    people = {one.user.name: one.id for one in session.scalars(select(Enrolment))}
    ids = [one.id for one in held]
    for number, session_id in enumerate(ids):
        away = [name for name, times in (("Deltager A", 2), ("Deltager B", 3)) if number < times]
        keep(teacher, session_id, [people[name] for name in away])
    assert issued(desk, session, "diploma") == ["Deltager A", "Deltager C", "Deltager D", "Deltager E"]
    assert issued(desk, session, "certificate", people["Deltager B"]) == NAMES
    code = session.scalars(select(Diploma.code).where(Diploma.person_name == "Deltager A")).one()
    told = app.test_client().get(f"/verify/{code}").text
    assert re.search(r"Deltager A.*Peer-kurset i øst", told, re.DOTALL)


def enrol(desk: Client, name: str, email: str) -> None:
    data = {"name": name, "email": email, "audience": "paid_peer", "municipality": ""}
    assert desk.post(f"{COHORT}/people/new", data=data).status_code == 303


def keep(teacher: Client, session_id: int, away: list[int]) -> None:
    """Everybody is there until somebody says otherwise."""
    action = f"/teaching/{session_id}/register"
    register = filled(teacher.get(f"/teaching/{session_id}").text, action)
    for person in away:
        register[f"status_{person}"] = "absent"
    assert teacher.post(action, data=register).status_code == 303


def issued(desk: Client, session: Session, kind: str, *people: int) -> list[str]:
    """The names on all that stands, after this kind was given to those who are ticked, and to these."""
    page = BeautifulSoup(desk.get(DIPLOMAS).text, "html.parser")
    form = next(form for form in page.select("form") if form.find("input", attrs={"value": kind}))
    chosen = [*people, *(box["value"] for box in form.select("input[checked]"))]
    preview = desk.get(f"{DIPLOMAS}/issue", query_string={"kind": kind, "enrolment": chosen}).text
    assert desk.post(f"{DIPLOMAS}/issue", data=filled(preview, f"{DIPLOMAS}/issue")).status_code == 303
    job = session.scalars(select(Job.id).order_by(Job.id.desc())).first()
    while jobs.do_next(job):
        pass
    return sorted(session.scalars(select(Diploma.person_name)))
