"""`/programmes/<slug>/diploma`: designed in the browser, tried on a sample; what is issued never changes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from placements.models.diploma_designs import DiplomaDesign
from placements.models.documents import Document
from placements.models.programmes import Programme
from placements.models.users import User
from tests.conftest import Client
from tests.factories import Factory
from tests.pdf import reading

As = Callable[[User], Client]
PAGE = "/programmes/viborg/diploma"
WANTED = {
    "heading": "Bevis for uddannelsen",
    "aim": "At bruge det, man har levet.",
    "leader_name": "Karen Munk",
    "leader_title": "Skoleleder",
    "blocks": ["modules", "practicum_place"],
    "accent": "sea",
    "version": 0,
}


@pytest.fixture
def programme(make: Factory) -> Programme:
    return make.programme("viborg")


@pytest.fixture
def desk(make: Factory, as_user: As, programme: Programme) -> Client:
    return as_user(make.coordinator(programme))


def test_save_keeps_the_design_for_what_is_issued_from_now_on(
    desk: Client, make: Factory, session: Session, programme: Programme
) -> None:
    """What was issued before keeps its bytes; the next says what the design says and hides what it hides."""
    cohort = make.cohort(programme)
    people = [make.enrolment(cohort, theory_met_on=date(2024, 12, 13)) for _ in range(2)]
    supervisor = make.contact(make.unit())
    for person in people:
        make.placement(enrolment=person, status="completed", supervisor_id=supervisor.id)
    desk.post(f"/enrolments/{people[0].id}/diploma")
    before = session.scalars(select(Document)).one()
    assert (before.printed["heading"], before.printed["accent"]) == ("Uddannelsesbevis", "heather")
    bytes_before, id_before = before.content, before.id
    assert desk.post(PAGE, data=WANTED).location == PAGE
    desk.post(f"/enrolments/{people[1].id}/diploma")
    assert session.get_one(Document, id_before).content == bytes_before
    after = session.scalars(select(Document).where(Document.id != id_before)).one().printed
    assert {key: after[key] for key in ("heading", "aim", "accent", "theory_hours")} == {
        "heading": "Bevis for uddannelsen",
        "aim": "At bruge det, man har levet.",
        "accent": "sea",
        "theory_hours": "",
    }
    assert (after["practicum"]["unit"], after["practicum"]["supervisor"]) == ("Afsnit A", "")
    assert after["signatures"][-1] == {"name": "Karen Munk", "title": "Skoleleder"}


def test_preview_prints_what_stands_in_the_form_and_saves_nothing(desk: Client, session: Session) -> None:
    answer = desk.post(f"{PAGE}/preview.pdf", data=WANTED)
    text = reading.text(answer.data)
    assert answer.mimetype == "application/pdf"
    assert "Bevis for uddannelsen" in text
    assert "Karen Munk Skoleleder" in text
    assert "78 timers" not in text
    assert session.scalars(select(DiplomaDesign)).all() == []


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"heading": "A" * 41}, "Her er plads til 40 tegn."),
        ({"aim": "A" * 301}, "Her er plads til 300 tegn."),
        ({"accent": "yellow"}, "Farve"),
    ],
)
def test_what_does_not_fit_on_paper_is_refused_at_its_field(
    desk: Client, session: Session, wrong: dict[str, str], sentence: str
) -> None:
    for path in (PAGE, f"{PAGE}/preview.pdf"):
        answer = desk.post(path, data={**WANTED, **wrong})
        assert answer.status_code == 422
        assert sentence in answer.text
    assert session.scalars(select(DiplomaDesign)).all() == []


def test_second_to_save_is_shown_both(desk: Client, session: Session) -> None:
    assert desk.post(PAGE, data=WANTED).status_code == 303
    again = {**WANTED, "version": 1, "heading": "Andet"}
    assert desk.post(PAGE, data=again).status_code == 303
    answer = desk.post(PAGE, data={**again, "heading": "Mit"})
    assert answer.status_code == 409
    assert "Mit" in answer.text
    assert session.scalars(select(DiplomaDesign.heading)).one() == "Andet"


def test_page_opens_with_what_is_usual_and_then_with_what_was_saved(desk: Client) -> None:
    assert "Bevis for uddannelsen" not in desk.get(PAGE).text
    desk.post(PAGE, data=WANTED)
    page = desk.get(PAGE).text
    assert 'value="Bevis for uddannelsen"' in page
    assert page.count("checked") == 3
    history = desk.get("/programmes/viborg").text
    assert "Modulernes titler, Praktikstedet" in history
    assert "Hav (blå)" in history


@pytest.mark.usefixtures("with_csrf")
def test_save_without_a_token_is_refused(desk: Client) -> None:
    assert desk.post(PAGE, data=WANTED).status_code == 400
