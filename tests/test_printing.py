"""What is handed out is sealed and frozen; a program that is not ours says that the seal holds."""

from __future__ import annotations

import hashlib
import io
from datetime import UTC, date, datetime

import pikepdf
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from placements import db, pdf, printing
from placements.db import writing
from placements.domain import agreements, amendments, diplomas
from placements.domain.amendment_terms import Wanted
from placements.domain.rules import RuleBroken
from placements.models.amendments import Amendment, AmendmentKind
from placements.models.diplomas import Diploma
from placements.models.documents import Document, DocumentKind
from placements.models.placements import Placement
from placements.models.seals import Seal
from placements.models.signatures import Party
from placements.models.users import User
from placements.pdf import pool
from placements.pdf.diploma.context import SAMPLE
from placements.printing import paper
from placements.sealing import Sealer, signing
from placements.sealing.keys import Held
from tests.factories import Factory, actor_for
from tests.pdf import checker, seals
from tests.pdf.reading import text

NOW = datetime(2025, 2, 3, 9, tzinfo=UTC)
TODAY = date(2025, 2, 3)


class Signed:
    """An agreement sent and signed by all three, as they did it."""

    def __init__(self, make: Factory, session: Session) -> None:
        self.session, unit = session, make.unit("Team Nord")
        supervisor = make.contact(unit, "Vita Vejleder", is_supervisor=True)
        self.placement: Placement = make.placement(unit=unit, status="accepted", supervisor_id=supervisor.id)
        self.people: dict[Party, User] = {
            Party.STUDENT: self.placement.enrolment.user,
            Party.HOST: make.host(unit),
            Party.COORDINATOR: make.coordinator(self.placement.cohort.programme),
        }
        with writing():
            session.rollback()
            agreement = agreements.draft(session, self.placement, today=TODAY)
            agreements.write(agreement, sections={6: "Samtaler med brugere"})
            session.flush()
            self.version = agreement.current
            printing.agreements.send(session, self.version, now=NOW)
            for user in self.people.values():
                agreements.sign(session, self.version, actor_for(user), read=1, now=NOW)
            printing.agreements.freeze_when_signed(session, self.version, now=NOW)
            session.commit()

    def amended(self) -> Amendment:
        wanted = Wanted(
            kind=AmendmentKind.EXTENSION, reason="Fordi.", ends_on=date(2025, 4, 20), past_practicum=True
        )
        with writing():
            self.session.rollback()
            made = amendments.draft(self.session, self.placement, wanted, today=TODAY)
            self.session.flush()
            printing.amendments.send(self.session, made, version=made.version, today=TODAY, now=NOW)
            for party in made.asked:
                actor = actor_for(self.people[party])
                amendments.sign(self.session, made, actor, today=TODAY, now=NOW)
            printing.amendments.freeze_when_signed(self.session, made, now=NOW)
            self.session.commit()
        return made


def issued(make: Factory, session: Session) -> Diploma:
    enrolment = make.enrolment(make.cohort(make.programme()), theory_met_on=date(2024, 12, 13))
    make.placement(enrolment=enrolment, status="completed")
    with writing():
        session.rollback()
        diploma = diplomas.issue(session, enrolment, today=TODAY)
        session.flush()
        printing.diplomas.freeze(session, diploma, now=NOW)
        session.commit()
    return diploma


def assert_sealed(document: Document | None) -> Document:
    """Genuine, whole, conformant, and broken by one byte."""
    assert document is not None
    assert document.seal is not None
    assert seals.is_genuine(document.content)
    assert not seals.is_genuine(seals.spoiled(document.content))
    assert checker.problems(document.content) == []
    assert document.sha256 == hashlib.sha256(document.content).hexdigest()
    return document


def keywords(content: bytes) -> str:
    with pikepdf.open(io.BytesIO(content)) as opened:
        return str(opened.docinfo.get("/Keywords", ""))


def test_agreement_is_sealed_when_all_have_signed_and_stays_so_through_an_amendment(
    make: Factory, session: Session
) -> None:
    """What is sent to be signed bears no seal; both of ours share one row."""
    scene = Signed(make, session)
    offered, before = scene.version.offered, assert_sealed(scene.version.document)
    assert offered is not None
    assert (offered.seal, offered.page_sha256) == (None, offered.sha256)
    assert seals.seen(offered.content)[-1].endswith("does not contain any signatures")
    content = before.content
    amendment = scene.amended()
    after = assert_sealed(amendment.document)
    assert assert_sealed(scene.version.document).content == content
    assert (after.seal, after.template) == (before.seal, "amended_agreement")
    assert session.scalar(select(func.count(Seal.id))) == 1
    assert amendment.offered is not None
    assert [keywords(one.content) for one in (offered, before, amendment.offered, after)] == [
        "",
        "TESTSEGL",
        "",
        "TESTSEGL",
    ]
    assert {given.sha256 for given in scene.version.signatures} == {offered.sha256}
    assert text(after.content).replace(" ", "").count(amendment.offered.sha256) == len(amendment.asked)
    for document in (offered, before, amendment.offered, after):
        assert paper.printed_again(document).sha256 == document.page_sha256


def test_diploma_and_the_one_that_replaces_it_are_sealed_and_print_again_as_they_were(
    make: Factory, session: Session
) -> None:
    diploma = issued(make, session)
    document = assert_sealed(diploma.document)
    assert paper.printed_again(document).sha256 == document.page_sha256
    assert document.content.startswith(paper.printed_again(document).pdf)
    with writing():
        session.rollback()
        again = diplomas.reissue(
            session, diploma, name="Et Andet Navn", issued_on=TODAY, version=diploma.version, today=TODAY
        )
        printing.diplomas.freeze(session, again, now=NOW)
        session.commit()
    renewed = assert_sealed(again.document)
    assert renewed.seal == document.seal
    assert paper.printed_again(renewed).sha256 == renewed.page_sha256


def test_page_says_when_its_seal_is_a_test_and_nothing_of_what_it_was_made_from(
    app: Flask, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither the mark nor what is attached is taken over from the document before."""
    before = SAMPLE | {paper.MARK: True, paper.ATTACHED: [{"name": "of-another.json"}]}
    key = ec.generate_private_key(ec.SECP256R1())
    monkeypatch.setitem(app.extensions, "seal", Sealer(Held(key, seals.certificate_of(key))))
    carried = pdf.Attachment("own.json", b"{}", "application/json", "Data", TODAY)
    with writing():
        session.rollback()
        frozen = paper.frozen(
            session, DocumentKind.DIPLOMA, "1", "diploma", before, attachments=[carried], now=NOW
        )
        session.commit()
    assert_sealed(frozen)
    assert frozen.seal is not None
    assert (frozen.seal.is_test, keywords(frozen.content)) == (False, "")
    assert [one["name"] for one in frozen.printed[paper.ATTACHED]] == ["own.json"]
    assert set(frozen.printed) - set(SAMPLE) == {paper.ATTACHED}
    assert paper.printed_again(frozen).sha256 == frozen.page_sha256


def test_nothing_is_kept_when_the_seal_cannot_be_set(
    app: Flask, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    outdated = Sealer(Held(key, seals.certificate_of(key, until=2025)))
    monkeypatch.setitem(app.extensions, "seal", outdated)
    with pytest.raises(RuleBroken, match=r"^Dokumentet kunne ikke forsegles, så intet er gemt\."):
        paper.frozen(session, DocumentKind.DIPLOMA, "1", "diploma", SAMPLE, now=NOW)
    assert list(session.new) == []


def test_hung_printer_does_not_use_up_the_time_that_others_wait(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is waited for at most three times: for a place, for one that warms up, and for the page."""
    asked: list[float | None] = []

    def hangs(_request: bytes, *, seconds: float | None = None) -> None:
        asked.append(seconds)
        raise pdf.RenderError("Det tog for lang tid.")

    monkeypatch.setattr(pool, "ask", hangs)
    kept = (session, DocumentKind.DIPLOMA, "1", "diploma", SAMPLE)
    for keep in (paper.frozen, paper.offered):
        with pytest.raises(RuleBroken, match="for lang tid"):
            keep(*kept, now=NOW)  # type: ignore[operator]
    limit = paper.SECONDS_IN_A_CHANGE
    assert asked == [limit, limit]
    assert 3 * limit + signing.SECONDS < db.BUSY_SECONDS
