"""`/verify`: genuine, replaced or revoked, to whoever holds the code; nothing to anybody else."""

from __future__ import annotations

import logging
import re
from datetime import date

import pytest
from bs4 import BeautifulSoup

from placements.domain import guessing
from placements.models.diplomas import Diploma
from tests.conftest import Client
from tests.factories import Factory
from tests.pages import lasting

CODE = "K7QM3WXR9TDA2345"
UNKNOWN = ["K7QM3WXR9TDA2346", CODE[:-1], "A", "-", "%25", "0" * 16, CODE + "A"]

# Tokens, and the address that was asked for.
ADDRESS = re.compile(r'/verify/[^"?&]*')


@pytest.fixture
def diploma(make: Factory) -> Diploma:
    programme = make.programme(name="Peer-uddannelsen Viborg")
    return make.diploma(make.enrolment(make.cohort(programme), make.user("Amalie Kjær")), code=CODE)


def said(client: Client, code: str) -> tuple[str, str]:
    """Heading and text of the answer."""
    page = BeautifulSoup(client.get(f"/verify/{code}").text, "html.parser")
    heading, main = page.h1, page.find("main")
    assert heading is not None
    assert main is not None
    return heading.get_text(strip=True), " ".join(main.get_text(" ").split())


@pytest.mark.parametrize(
    ("state", "heading", "sentence"),
    [
        ({}, "Beviset er ægte", "Se efter, at dit eksemplar siger det samme som her."),
        (
            {"status": "reissued", "ended_on": date(2025, 2, 3)},
            "Beviset er erstattet af et nyere",
            "blev erstattet af et nyt 3. februar 2025",
        ),
        (
            {"status": "revoked", "ended_on": date(2025, 2, 3), "reason": "HEMMELIG"},
            "Beviset er trukket tilbage",
            "blev trukket tilbage 3. februar 2025",
        ),
        ({"kind": "certificate"}, "Beviset er ægte", "Dokument Deltagerbevis"),
    ],
)
def test_whoever_holds_the_code_is_told_how_it_stands(
    client: Client, make: Factory, diploma: Diploma, state: dict[str, object], heading: str, sentence: str
) -> None:
    for name, value in state.items():
        setattr(diploma, name, value)
    make.keep(diploma)
    title, text = said(client, "k7qm-3wxr-9tda-2345")
    assert title == heading
    assert sentence in text
    numbered = f"Nummer {diploma.number} Udstedt 1. februar 2025"
    assert f"Navn Amalie Kjær Uddannelse Peer-uddannelsen Viborg {numbered}" in text
    assert "HEMMELIG" not in text


def test_code_is_typed_or_scanned(client: Client, diploma: Diploma) -> None:
    """The QR code on the paper opens the same page as the code that is typed."""
    typed = client.post("/verify", data={"code": " k7qm-3wxr 9tda-2345 "})
    assert typed.location == f"/verify/{CODE}"
    assert said(client, CODE)[0] == "Beviset er ægte"
    assert client.get(f"/verify/{CODE}").headers["X-Robots-Tag"] == "noindex"
    assert client.post("/verify", data={"code": ""}).status_code == 422


def test_every_code_that_nobody_has_gets_the_same_answer(client: Client, diploma: Diploma) -> None:
    """However near it comes to one that exists."""
    answers = [client.get(f"/verify/{code}") for code in UNKNOWN]
    pages = {ADDRESS.sub("", lasting(one.text)) for one in answers}
    assert ({one.status_code for one in answers}, len(pages)) == ({404}, 1)
    assert "Amalie" not in pages.pop()


def test_who_guesses_is_stopped_with_a_sentence(client: Client, diploma: Diploma) -> None:
    for number in range(guessing.WRONG_CODES):
        assert client.get(f"/verify/WRONG{number}").status_code == 404
    answer = client.get(f"/verify/{CODE}")
    assert answer.status_code == 429
    assert "Vent et kvarter, og prøv igen." in answer.text
    assert "Amalie" not in answer.text


def test_no_code_is_logged(client: Client, diploma: Diploma, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        client.post("/verify", data={"code": CODE})
        client.get(f"/verify/{CODE}")
        client.get("/verify/K7QM3WXR9TDA2346")
    told = " ".join(f"{record.getMessage()} {record.__dict__}" for record in caplog.records)
    assert "/verify/<code>" in told
    assert "K7QM" not in told


@pytest.mark.usefixtures("with_csrf")
def test_asking_without_a_token_is_refused(client: Client) -> None:
    assert client.post("/verify", data={"code": CODE}).status_code == 400
