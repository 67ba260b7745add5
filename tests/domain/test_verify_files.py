"""Asking with the file itself: known by its checksum, each document answered for as it stands."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from hashlib import sha256

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from placements.domain import guessing, verify
from placements.domain.rules import RuleBroken, TooOften
from placements.domain.verify_answers import HEADINGS, MEANINGS, NEXT, TONES, Answer, Facts, Verdict
from placements.models.agreements import AgreementVersion
from placements.models.documents import Document, DocumentKind
from placements.models.seals import Seal
from placements.models.verify import WrongCode
from tests.factories import Factory

NOW = datetime(2025, 2, 3, 9, 0, tzinfo=UTC)
HERE = "192.0.2.7"
PAGE = b"%PDF-1.7\npage\n%%EOF\n"
SEALED = PAGE + b"seal\n%%EOF\n"
DAY = date(2025, 2, 3)
OF_AGREEMENT = Facts(DocumentKind.AGREEMENT, dated=DAY, number="PA-2025-00001-1")
Make = Callable[[Factory, Document], object]


@pytest.fixture
def document(make: Factory) -> Document:
    """As it is frozen: sealed, and the page under the seal remembered."""
    seal = Seal(fingerprint="f1", certificate="PEM", is_test=True, first_used_at=NOW)
    document = make.document()
    document.number, document.created_at, document.seal = OF_AGREEMENT.number, NOW, seal
    document.content, document.sha256 = SEALED, sha256(SEALED).hexdigest()
    document.page_sha256 = sha256(PAGE).hexdigest()
    return make.keep(document)


def asked(session: Session, content: bytes) -> Answer | None:
    return verify.look_up_file(session, content, address=HERE, now=NOW)


def diploma(**values: object) -> Make:
    def made(make: Factory, document: Document) -> object:
        person = make.enrolment(make.cohort(), make.user("Amalie Kjær"))
        return make.diploma(person, document_id=document.id, **values)

    return made


def agreement(
    held: str = "document",
    status: str = "signed",
    *,
    newer: bool = False,
    amended: bool = False,
    course: str = "active",
) -> Make:
    def made(make: Factory, document: Document) -> object:
        of = make.placement(status=course)
        found = make.agreement(of, status=status, sent_at=NOW, **{f"{held}_id": document.id})
        if amended:
            make.amendment(found, status="signed")
        if newer:
            make.keep(AgreementVersion(agreement=found, number=2, sections={}))
        return found

    return made


def amendment(
    held: str = "document",
    status: str = "signed",
    *,
    newer: str = "",
    begun: bool = False,
    course: str = "active",
) -> Make:
    def made(make: Factory, document: Document) -> object:
        found = make.agreement(make.placement(status=course), status="signed", sent_at=NOW)
        make.amendment(found, status=status, **{f"{held}_id": document.id})
        if newer:
            make.amendment(found, number=2, status=newer)
        if begun:
            make.keep(AgreementVersion(agreement=found, number=2, sections={}))
        return found

    return made


@pytest.mark.parametrize(
    ("kept_by", "verdict"),
    [
        pytest.param(diploma(), Verdict.GENUINE, id="diploma"),
        pytest.param(diploma(kind="certificate"), Verdict.GENUINE, id="certificate"),
        pytest.param(diploma(status="reissued", ended_on=DAY), Verdict.SUPERSEDED, id="diploma replaced"),
        pytest.param(diploma(status="revoked", ended_on=DAY), Verdict.REVOKED, id="diploma revoked"),
        pytest.param(agreement(), Verdict.GENUINE, id="agreement"),
        pytest.param(agreement(newer=True), Verdict.SUPERSEDED, id="agreement with a later version"),
        pytest.param(agreement(amended=True), Verdict.SUPERSEDED, id="agreement amended"),
        pytest.param(agreement("offered", "awaiting_signatures"), Verdict.UNSIGNED, id="agreement sent"),
        pytest.param(agreement("offered"), Verdict.SUPERSEDED, id="agreement sent, then signed"),
        pytest.param(
            agreement("offered", "awaiting_signatures", newer=True), Verdict.SUPERSEDED, id="agreement voided"
        ),
        pytest.param(agreement(course="completed"), Verdict.GENUINE, id="agreement carried through"),
        pytest.param(agreement(course="cancelled"), Verdict.ENDED, id="agreement called off"),
        pytest.param(agreement(course="declined"), Verdict.ENDED, id="agreement declined"),
        pytest.param(agreement(course="ended_early"), Verdict.ENDED, id="agreement stopped"),
        pytest.param(
            agreement("offered", "awaiting_signatures", course="cancelled"),
            Verdict.ENDED,
            id="sent, called off",
        ),
        pytest.param(amendment(course="ended_early"), Verdict.ENDED, id="amendment stopped"),
        pytest.param(amendment(), Verdict.GENUINE, id="amendment"),
        pytest.param(amendment(newer="signed"), Verdict.SUPERSEDED, id="amendment amended"),
        pytest.param(amendment(newer="awaiting_signatures"), Verdict.GENUINE, id="next amendment only sent"),
        pytest.param(amendment(begun=True), Verdict.SUPERSEDED, id="amendment of an earlier version"),
        pytest.param(amendment("offered", "awaiting_signatures"), Verdict.UNSIGNED, id="amendment sent"),
        pytest.param(amendment("offered"), Verdict.SUPERSEDED, id="amendment sent, then signed"),
        pytest.param(amendment("offered", "withdrawn"), Verdict.REVOKED, id="amendment withdrawn"),
        pytest.param(lambda _make, _document: None, Verdict.GENUINE, id="another sealed document"),
    ],
)
def test_file_is_answered_for_as_it_stands(
    session: Session, make: Factory, document: Document, kept_by: Make, verdict: Verdict
) -> None:
    """An agreement's answer holds kind, number and date alone; a diploma's what its code tells."""
    kept_by(make, document)
    answer = asked(session, SEALED)
    assert answer is not None
    assert (answer.verdict, answer.test_seal, answer.by_code) == (verdict, True, False)
    assert answer.facts is not None
    assert answer.facts == OF_AGREEMENT or answer.facts.name == "Amalie Kjær"
    assert session.scalar(select(func.count(WrongCode.id))) == 0


@pytest.mark.parametrize(
    "content",
    [
        SEALED + b"more",
        SEALED + b"more\n%%EOF\n",
        SEALED[:-1],
        SEALED[:-1] + b"\r",
        PAGE + b"seal of another\n%%EOF",
    ],
)
def test_file_that_begins_as_ours_is_changed(
    session: Session, make: Factory, document: Document, content: bytes
) -> None:
    """Also one that has been revoked: what counts is that it is not to be relied on."""
    diploma(status="revoked", ended_on=DAY)(make, document)
    answer = asked(session, content)
    assert answer is not None
    assert (answer.verdict, answer.ended_on) == (Verdict.ADDED, None)


def test_paper_that_was_scanned_is_not_ours(session: Session, make: Factory, document: Document) -> None:
    """Kept beside the agreement without a seal, whatever is written on it. It counts as unknown."""
    document.seal = document.page_sha256 = None
    make.keep(document)
    assert asked(session, SEALED) is None
    assert session.scalar(select(func.count(WrongCode.id))) == 1


def test_unknown_files_and_wrong_codes_are_slowed_alike(
    session: Session, make: Factory, document: Document
) -> None:
    """After as many, a file that we know is not told either, and it takes no code that is right."""
    for number in range(guessing.WRONG_CODES // 2):
        assert asked(session, SEALED)
        assert asked(session, b"%%PDF %d" % number) is None
        assert verify.look_up(session, "WRONG", address=HERE, now=NOW) is None
    with pytest.raises(TooOften, match="Vent et kvarter"):
        asked(session, SEALED)
    assert verify.look_up_file(session, SEALED, address="192.0.2.8", now=NOW)


@pytest.mark.parametrize(
    ("content", "sentence"), [(b"", "Filen er tom"), (b"a" * (verify.LARGEST + 1), "højst fylde 10 MB")]
)
def test_nothing_and_too_much_are_refused(session: Session, content: bytes, sentence: str) -> None:
    with pytest.raises(RuleBroken, match=sentence) as refused:
        asked(session, content)
    assert refused.value.field == "file"


def test_only_of_a_diploma_is_it_said_that_it_holds(
    session: Session, make: Factory, document: Document
) -> None:
    """What else may have been agreed since, on paper, we do not know."""
    agreement()(make, document)
    told = asked(session, SEALED)
    assert told is not None
    assert "gælder" not in str(told.meaning)
    of_diploma = verify.of_diploma(make.diploma(make.enrolment(make.cohort())))
    assert "gælder" in str(of_diploma.meaning)


def test_every_verdict_has_its_words() -> None:
    for words in (TONES, HEADINGS, MEANINGS, NEXT):
        assert set(words) == set(Verdict)
