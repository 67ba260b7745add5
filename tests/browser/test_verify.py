"""Whoever is handed a diploma asks whether it is genuine, with its file or its code, by keyboard alone."""

from __future__ import annotations

from datetime import date

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from placements.clock import now
from placements.db import writing
from placements.domain import guessing
from placements.models.diplomas import Diploma
from placements.printing import diplomas
from tests.browser.guards import assert_good_page, tab_to
from tests.factories import Factory
from tests.sealed_files import changed, key, sealed
from tests.sealed_files import page as blank

CODE = "K7QM3WXR9TDA2345"


@pytest.fixture
def given(make: Factory, session: Session) -> list[Diploma]:
    """Three of one person, printed and sealed as they are: valid, replaced and revoked."""
    person = make.enrolment(make.cohort(), make.user("Amalie Kjær"))
    make.placement(enrolment=person, status="completed")
    ended = {"ended_on": date(2025, 2, 3)}
    states = [{"code": CODE}, {"status": "reissued", **ended}, {"status": "revoked", **ended}]
    found = [make.diploma(person, f"UB-2025-000{number}", **state) for number, state in enumerate(states, 1)]
    with writing():
        for diploma in found:
            diplomas.freeze(session, diploma, now=now())
        session.commit()
    return found


def content(diploma: Diploma) -> bytes:
    assert diploma.document is not None
    return diploma.document.content


def answer_to(page: Page, file: bytes) -> str:
    """The heading of the page that comes after choosing the file."""
    page.goto("/verify")
    box = tab_to(page.get_by_label("Dokumentet som PDF"))
    box.set_input_files({"name": "bevis.pdf", "mimeType": "application/pdf", "buffer": file})
    tab_to(page.get_by_role("button", name="Undersøg filen"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Undersøg et andet dokument")).to_be_visible()
    return page.get_by_role("heading", level=1).inner_text()


@pytest.mark.expects_status(404, 429)
def test_each_file_gets_its_answer_and_a_wrong_code_learns_nothing(page: Page, given: list[Diploma]) -> None:
    valid, replaced, revoked = map(content, given)
    name = page.get_by_text("Amalie Kjær")
    assert answer_to(page, valid) == "Dokumentet er ægte og uændret"
    expect(name).to_be_visible()
    assert_good_page(page)
    assert answer_to(page, replaced) == "Dokumentet er ægte, men erstattet af et nyere"
    expect(page.get_by_text("Bed om det nye")).to_be_visible()
    assert answer_to(page, revoked) == "Dokumentet er trukket tilbage"
    assert answer_to(page, changed(valid, len(valid) // 2)) == "Dokumentet er ændret og ikke ægte"
    assert_good_page(page)
    assert answer_to(page, sealed(blank(), key("Somebody else"))) == "Dokumentet er ikke udstedt her"
    expect(name).to_be_hidden()
    page.goto(f"/verify/{CODE[:-1]}6")
    expect(page.get_by_role("heading", level=1)).to_have_text("Vi kender ikke koden")
    wrong = [f"/verify/{CODE[:-2]}{number:02}" for number in range(guessing.WRONG_CODES - 3)]
    assert {page.request.get(address).status for address in wrong} == {404}
    page.goto(f"/verify/{CODE}")
    expect(page.get_by_role("heading", level=1)).to_have_text("Vent lidt, før du prøver igen")
    expect(name).to_be_hidden()
