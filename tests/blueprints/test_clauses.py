"""The pages of the standing texts: tried, saved, refused with the text kept; what is sent stays."""

from __future__ import annotations

from collections.abc import Callable
from html import unescape

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from placements.models.clauses import AgreementText, Clause
from placements.models.programmes import Programme
from placements.models.users import User
from tests.conftest import Client
from tests.factories import Factory

As = Callable[[User], Client]
HX = {"HX-Request": "true"}


@pytest.fixture
def programme(make: Factory) -> Programme:
    return make.programme()


@pytest.fixture
def browser(make: Factory, as_user: As, programme: Programme) -> Client:
    return as_user(make.coordinator(programme))


def address(programme: Programme, section: int = 13) -> str:
    return f"/programmes/{programme.slug}/clauses/{section}"


def test_list_leads_to_each_section(browser: Client, programme: Programme) -> None:
    page = browser.get(f"/programmes/{programme.slug}/clauses").text
    assert f'href="{address(programme, 11)}"' in page
    assert f'href="{address(programme, 4)}"' not in page
    assert browser.get(address(programme, 4)).status_code == 404


def test_preview_shows_each_legal_basis_and_saves_nothing(
    browser: Client, programme: Programme, session: Session
) -> None:
    text = "{% if ansættelse %}Løn til {{ studerende }}.{% else %}Ingen løn.{% endif %}"
    whole = browser.post(f"{address(programme)}/preview", data={"version": 0, "text": text})
    part = browser.post(f"{address(programme)}/preview", data={"version": 0, "text": text}, headers=HX)
    for answer in (whole, part):
        assert answer.status_code == 200
        assert "<h3>Ansættelse</h3>\n<p>Løn til Amalie Eksempel.</p>" in answer.text
        others = "Ulønnet studiepraktik, Virksomhedspraktik gennem jobcentret, Frivilligt arbejde"
        assert f"<h3>{others}</h3>" in answer.text
        assert text in unescape(answer.text)
    assert ("<html" in whole.text, "<html" in part.text) == (True, False)
    assert session.scalars(select(Clause)).all() == []


def test_save_refuses_a_mistake_with_its_line_and_keeps_the_text(
    browser: Client, programme: Programme, session: Session
) -> None:
    text = "Første linje\n{{ studerend }}\n{% for x in y %}{% endfor %}"
    answer = browser.post(address(programme), data={"version": 0, "text": text})
    page = unescape(answer.text)
    assert answer.status_code == 422
    assert "Linje 2: »studerend« er ikke en variabel. Mente du »studerende«?" in page
    assert "<strong>Linje 3</strong>" in page
    assert text in page
    assert session.scalars(select(Clause)).all() == []


def test_save_and_take_the_shipped_text_back(browser: Client, programme: Programme, session: Session) -> None:
    assert browser.post(address(programme), data={"version": 0, "text": "Vores egen."}).status_code == 303
    page = browser.get(address(programme)).text
    assert "Jeres egen tekst" in page
    assert "Version 1" in page
    answer = browser.post(f"{address(programme)}/shipped", data={"version": 1})
    assert answer.status_code == 303
    assert "Den medfølgende tekst gælder" in browser.get(address(programme)).text
    assert [one.text for one in session.scalars(select(Clause)).one().saved] == ["Vores egen.", None]


def test_save_on_an_old_text_is_409_with_both_side_by_side(browser: Client, programme: Programme) -> None:
    browser.post(address(programme), data={"version": 0, "text": "Den andens."})
    answer = browser.post(address(programme), data={"version": 0, "text": "Min."})
    assert answer.status_code == 409
    assert '<td data-title="Den andens">Den andens.</td><td data-title="Din">Min.</td>' in answer.text
    assert browser.post(address(programme), data={"version": 1, "text": "Min."}).status_code == 303
    assert browser.post(f"{address(programme)}/shipped", data={"version": 1}).status_code == 409


@pytest.mark.usefixtures("with_csrf")
def test_forged_save_is_refused(browser: Client, programme: Programme, session: Session) -> None:
    assert browser.post(address(programme), data={"version": 0, "text": "Falsk."}).status_code == 400
    assert session.scalars(select(Clause)).all() == []


def test_sent_agreement_keeps_the_clauses_of_its_time(make: Factory, as_user: As, session: Session) -> None:
    """The coordinator rewrites a text after sending; a new version then says what changed."""
    unit = make.unit("Afsnit P4")
    placement = make.placement(unit=unit, status="accepted", supervisor_id=make.contact(unit).id)
    programme = placement.cohort.programme
    coordinator, student = as_user(make.coordinator(programme)), as_user(placement.enrolment.user)
    path = f"/placements/{placement.id}/agreement"
    coordinator.post(address(programme, 14), data={"version": 0, "text": "Frokost er gratis."})
    coordinator.post(f"{path}/draft")
    coordinator.post(f"{path}/edit", data={"version": 1, "number": 1, "section_6": "Samtaler."})
    assert "Frokost er gratis." in coordinator.get(path).text
    coordinator.post(f"{path}/send", data={"version": 2, "number": 1})
    coordinator.post(address(programme, 14), data={"version": 1, "text": "Frokost koster 20 kr."})
    assert "Frokost er gratis." in student.get(path).text
    kept = session.scalars(select(AgreementText)).one()
    assert (kept.clauses["14"], kept.clauses["13"], kept.changed) == (1, 0, [])
    coordinator.post(f"{path}/edit", data={"version": 3, "number": 1, "section_6": "Samtaler. Gåture."})
    page = coordinator.get(path).text
    assert "Ændret siden version 1" in page
    assert "<del>Frokost er gratis.</del>" in page
    assert "<ins>Frokost koster 20 kr.</ins>" in page
    assert "<ins>Gåture.</ins>" in page
    assert "Ændret siden" not in student.get(path).text
    coordinator.post(f"{path}/send", data={"version": 1, "number": 2})
    assert "<ins>Frokost koster 20 kr.</ins>" in student.get(path).text
    assert "Ændrede punkter" in coordinator.get(f"/placements/{placement.id}").text
