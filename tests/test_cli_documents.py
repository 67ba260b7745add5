"""`flask --app wsgi documents check`, and the same once a day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from flask import Flask
from sqlalchemy import update
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from placements import safekeeping
from placements.db import writing
from placements.domain import document_checks
from placements.models.documents import Document, DocumentKind
from placements.models.users import User
from placements.pdf.diploma import context
from placements.printing import paper
from placements.sealing import Sealer
from placements.sealing.keys import Held
from tests.conftest import Client
from tests.factories import MOMENT, Factory
from tests.pdf import seals


def run(app: Flask, session: Session, *command: str) -> tuple[int, str]:
    session.rollback()
    result = app.test_cli_runner().invoke(args=["documents", *command])
    session.expire_all()
    session.rollback()
    return result.exit_code, result.stdout


def test_changed_document_is_a_line_an_alarm_and_a_task(
    app: Flask,
    session: Session,
    make: Factory,
    as_user: Callable[[User], Client],
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Once a day without being asked; the line says a number and never a name."""
    placement = make.placement(status="completed")
    kept, _other = make.document(), make.document()
    make.diploma(placement.enrolment, document_id=kept.id)
    coordinator = as_user(make.coordinator(placement.cohort.programme))
    assert run(app, session, "check") == (0, "2 dokumenter er, som de blev gemt.\n")
    with writing():
        session.rollback()
        session.execute(update(Document).where(Document.id == kept.id).values(content=b"%PDF-1.7 forged"))
        session.commit()
    safekeeping.check_when_due()
    assert "Gemte dokumenter, der er ændret" not in coordinator.get("/").text
    monkeypatch.setattr(document_checks, "EVERY", timedelta(0))
    caplog.clear()
    safekeeping.check_when_due()
    (alarm,) = caplog.records
    assert alarm.getMessage() == "kept documents have changed"
    assert vars(alarm)["told"] == {"documents": [kept.id]}
    home = coordinator.get("/").text
    assert "Gemte dokumenter, der er ændret" in home
    assert f'href="/enrolments/{placement.enrolment_id}/diploma"' in home
    assert run(app, session, "check") == (1, f"Dokument {kept.id} (1) er ændret, siden det blev gemt.\n")


def test_documents_are_printed_again_and_compared(app: Flask, session: Session, make: Factory) -> None:
    """What another template printed cannot be; what comes out otherwise is a line and exit code 1."""
    with writing():
        session.rollback()
        same, other = (
            paper.frozen(session, DocumentKind.DIPLOMA, number, "diploma", context.SAMPLE, now=MOMENT)
            for number in ("1", "2")
        )
        session.commit()
    make.document()
    make.keep(Document(**{**row_of(same), "template_version": "of before"}))
    said = "er fra andre skabeloner og kan ikke sammenlignes.\n"
    alike = f"2 dokumenter bliver de samme, når de trykkes igen. 1 {said}"
    assert run(app, session, "check", "--print-again") == (0, f"4 dokumenter er, som de blev gemt.\n{alike}")
    other.page_sha256 = "0"
    make.keep(other)
    code, text = run(app, session, "check", "--print-again")
    assert code == 1
    assert f"Dokument {other.id} (2) bliver ikke det samme, når det trykkes igen.\n1 dokumenter" in text


def row_of(document: Document) -> dict[str, object]:
    return {
        name: getattr(document, name)
        for name in document.__table__.columns.keys()  # noqa: SIM118
        if name not in ("id", "seal_id")
    }


def test_seal_is_tried_and_says_whose_it_is(
    app: Flask, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = (
        "Seglet virker: TESTSEGL: beviser ikke, hvem der har udstedt, gyldigt til 2120-01-01. "
        "Det er et testsegl.\n"
    )
    assert run(app, session, "try-seal") == (0, said)
    key = ec.generate_private_key(ec.SECP256R1())
    outdated = Sealer(Held(key, seals.certificate_of(key, until=2025)))
    monkeypatch.setitem(app.extensions, "seal", outdated)
    assert run(app, session, "try-seal") == (1, "")


@pytest.mark.usefixtures("session")
def test_check_that_breaks_off_is_an_alarm_and_waits_for_the_next_day(
    app: Flask, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def damaged(_session: Session) -> None:
        raise DatabaseError("", {}, Exception("database disk image is malformed"))

    monkeypatch.setattr(safekeeping, "_broken_off", {})
    monkeypatch.setattr(document_checks, "read_through", damaged)
    with app.app_context():
        with pytest.raises(DatabaseError):
            safekeeping.check_when_due()
        safekeeping.check_when_due()
    assert [one.getMessage() for one in caplog.records] == ["the daily check of kept documents broke off"]
