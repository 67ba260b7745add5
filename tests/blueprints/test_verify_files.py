"""`/verify/file`: the file itself is asked about, inspected when it is not known, and kept nowhere."""

from __future__ import annotations

import io
import logging
from hashlib import sha256

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse as Answer

from placements.domain import guessing, verify
from placements.models.diplomas import Diploma
from placements.models.documents import Document, DocumentKind
from placements.models.seals import Seal
from placements.printing import uploads
from tests.conftest import Client
from tests.factories import MOMENT, Factory
from tests.sealed_files import changed, key, page, sealed, with_more

OURS, THEY = key("Our issuer"), key("Somebody else")
SEALED, PAGE = sealed(page(), OURS), page()
CODE = "K7QM3WXR9TDA2345"


@pytest.fixture
def seal(make: Factory) -> Seal:
    values = {"fingerprint": OURS.fingerprint, "certificate": OURS.certificate, "first_used_at": MOMENT}
    return make.keep(Seal(is_test=False, **values))


@pytest.fixture
def document(make: Factory, seal: Seal) -> Document:
    document = make.document(DocumentKind.DIPLOMA)
    document.content, document.sha256 = SEALED, sha256(SEALED).hexdigest()
    document.page_sha256, document.seal = sha256(PAGE).hexdigest(), seal
    return make.keep(document)


@pytest.fixture
def diploma(make: Factory, document: Document) -> Diploma:
    person = make.enrolment(make.cohort(), make.user("Amalie Kjær"))
    return make.diploma(person, code=CODE, document_id=document.id)


def hand_in(client: Client, content: bytes, name: str = "bevis-amalie.pdf") -> Answer:
    return client.post("/verify/file", data={"file": (io.BytesIO(content), name)})


def heading(answer: Answer) -> str:
    found = BeautifulSoup(answer.text, "html.parser").h1
    assert found is not None
    return found.get_text(strip=True)


@pytest.mark.usefixtures("diploma")
@pytest.mark.parametrize(
    ("content", "said", "named"),
    [
        pytest.param(SEALED, "Dokumentet er ægte og uændret", True, id="genuine"),
        pytest.param(with_more(SEALED), "Dokumentet er ændret og ikke ægte", True, id="added to"),
        pytest.param(changed(SEALED, 60), "Dokumentet er ændret og ikke ægte", False, id="changed"),
        pytest.param(
            changed(SEALED, SEALED.index(b"000>")),
            "Dokumentet er ændret og ikke ægte",
            True,
            id="in the seal",
        ),
        pytest.param(sealed(PAGE, THEY), "Dokumentet er ændret og ikke ægte", True, id="sealed by others"),
        pytest.param(sealed(page(90), OURS), "Vi kender seglet, men ikke dokumentet", False, id="not kept"),
        pytest.param(sealed(page(90), THEY), "Dokumentet er ikke udstedt her", False, id="somebody else's"),
        pytest.param(b"\x89PNG a photo", "Dokumentet er ikke udstedt her", False, id="no PDF"),
        pytest.param(PAGE[:-90], "Vi kunne ikke læse filen", False, id="torn off"),
    ],
)
def test_whoever_holds_the_file_is_told_how_it_stands(
    client: Client, content: bytes, said: str, *, named: bool
) -> None:
    """What stands on a diploma is told to those alone whose file holds it."""
    answer = hand_in(client, content)
    assert (answer.status_code, heading(answer)) == (200, said)
    assert ("Amalie Kjær" in answer.text) is named
    assert answer.headers["X-Robots-Tag"] == "noindex"


def test_agreement_is_told_without_its_people(client: Client, make: Factory, document: Document) -> None:
    cohort, unit = make.cohort(), make.unit("Team Nord")
    enrolment = make.enrolment(cohort, make.user("Amalie Kjær"))
    placement = make.placement(cohort=cohort, enrolment=enrolment, unit=unit)
    make.agreement(placement, status="signed", sent_at=MOMENT, document_id=document.id)
    document.number, document.kind = "PA-2025-00007-1", DocumentKind.AGREEMENT
    make.keep(document)
    text = " ".join(BeautifulSoup(hand_in(client, SEALED).text, "html.parser").get_text(" ").split())
    assert "Dokument Praktikaftale Nummer PA-2025-00007-1 Udstedt" in text
    assert "Amalie" not in text
    assert "Team Nord" not in text


@pytest.mark.usefixtures("diploma")
def test_seal_that_is_for_trying_is_called_so(client: Client, make: Factory, seal: Seal) -> None:
    """By file, by code, and when the file is changed; and a real one is not."""
    asking = (
        lambda: hand_in(client, SEALED),
        lambda: hand_in(client, changed(SEALED, 60)),
        lambda: client.get(f"/verify/{CODE}"),
        lambda: client.get("/verify"),
    )
    assert ["Testsegl" in ask().text for ask in asking] == [False] * 4
    seal.is_test = True
    make.keep(seal)
    assert ["Testsegl" in ask().text for ask in asking] == [True] * 4


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Filen er tom. Vælg den fil, du har fået."),
        (SEALED, "Filen er for stor. Den må højst fylde 10 MB."),
    ],
)
def test_nothing_and_too_much_are_refused(
    client: Client, monkeypatch: pytest.MonkeyPatch, content: bytes, sentence: str
) -> None:
    monkeypatch.setattr(verify, "LARGEST", 1000)
    answer = hand_in(client, content)
    assert answer.status_code == 422
    assert sentence in answer.text


def test_no_file_is_asked_for(client: Client) -> None:
    answer = client.post("/verify/file", data={})
    assert answer.status_code == 422
    assert "Vælg den fil, du har fået." in answer.text


@pytest.mark.usefixtures("diploma")
def test_strangers_files_are_inspected_so_many_times(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    inspected = []
    monkeypatch.setattr(
        uploads.pdf, "inspect", lambda *_what: inspected.append(1) or (uploads.Finding.NOTHING, "")
    )
    answers = [hand_in(client, b"%%PDF-1.7 %d" % number) for number in range(guessing.WRONG_CODES + 1)]
    assert [answer.status_code for answer in answers] == [200] * guessing.WRONG_CODES + [429]
    assert len(inspected) == guessing.WRONG_CODES
    assert hand_in(client, SEALED).status_code == client.get(f"/verify/{CODE}").status_code == 429


def test_one_stranger_at_a_time_is_served(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "PATIENCE", 0.01)
    with uploads._one_stranger:
        answer = hand_in(client, PAGE)
    assert answer.status_code == 429
    assert "Der undersøges mange filer lige nu." in answer.text


@pytest.mark.usefixtures("diploma")
def test_file_is_neither_kept_nor_logged(
    client: Client, session: Session, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        hand_in(client, SEALED)
        hand_in(client, changed(SEALED, 60))
    told = " ".join(f"{record.getMessage()} {record.__dict__}" for record in caplog.records)
    assert "/verify/file" in told
    assert "amalie" not in told
    assert session.scalar(select(func.count(Document.id))) == 1


def test_certificates_are_public(client: Client, make: Factory, seal: Seal) -> None:
    """All that are known, the newest first, with their fingerprints on the page."""
    old = key("Our issuer before")
    values = {"fingerprint": old.fingerprint, "certificate": old.certificate, "is_test": True}
    make.keep(Seal(first_used_at=MOMENT.replace(year=2020), **values))
    answer = client.get("/verify/seal.pem")
    assert answer.text == OURS.certificate + old.certificate
    shown = client.get("/verify").text
    assert shown.index(OURS.fingerprint) < shown.index(old.fingerprint)


def test_without_a_seal_there_is_no_certificate(client: Client) -> None:
    assert client.get("/verify/seal.pem").status_code == 404
    assert "seal.pem" not in client.get("/verify").text


@pytest.mark.usefixtures("with_csrf", "diploma")
def test_asking_without_a_token_is_refused(client: Client) -> None:
    assert hand_in(client, SEALED).status_code == 400
