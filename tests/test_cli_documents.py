"""`flask --app wsgi documents check`, and the same once a day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import update
from sqlalchemy.orm import Session

from placements import safekeeping
from placements.db import writing
from placements.domain import document_checks
from placements.models.documents import Document
from placements.models.users import User
from tests.conftest import Client
from tests.factories import Factory


def check(app: Flask, session: Session) -> tuple[int, str]:
    session.rollback()
    result = app.test_cli_runner().invoke(args=["documents", "check"])
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
    assert check(app, session) == (0, "2 dokumenter er, som de blev gemt.\n")
    with writing():
        session.rollback()
        session.execute(update(Document).where(Document.id == kept.id).values(content=b"%PDF-1.7 forged"))
        session.commit()
    safekeeping.check_when_due()
    assert "Et gemt dokument" not in coordinator.get("/").text
    monkeypatch.setattr(document_checks, "EVERY", timedelta(0))
    caplog.clear()
    safekeeping.check_when_due()
    (alarm,) = caplog.records
    assert alarm.getMessage() == "kept documents have changed"
    assert vars(alarm)["told"] == {"documents": [kept.id]}
    home = coordinator.get("/").text
    assert "Et gemt dokument er ændret" in home
    assert f'href="/enrolments/{placement.enrolment_id}/diploma"' in home
    assert check(app, session) == (1, f"Dokument {kept.id} (1) er ændret, siden det blev gemt.\n")
