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
from placements.models.documents import Document
from placements.models.users import User
from placements.sealing import Sealer
from placements.sealing.keys import Held
from tests.conftest import Client
from tests.factories import Factory
from tests.pdf import seals


def run(app: Flask, session: Session, command: str) -> tuple[int, str]:
    session.rollback()
    result = app.test_cli_runner().invoke(args=["documents", command])
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
