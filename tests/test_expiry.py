"""Applications whose time has come: copied where the archive law asks, deleted without a trace, counted."""

from __future__ import annotations

import stat
import zipfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pysqlite3.dbapi2
import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from placements import expiry
from placements.clock import now, today
from placements.db import db, writing
from placements.domain import application_figures, application_retention, applications, outbox
from placements.domain.application_retention import Due, Policy
from placements.models.application_decisions import ApplicationDecision, DecisionKind
from placements.models.application_retention import ApplicationDeletion, ApplicationPolicy
from placements.models.applications import Application, ApplicationLink, ApplicationStatus
from placements.models.cohorts import Cohort
from placements.models.mails import OutgoingMail
from placements.models.programmes import CriterionKind, Programme
from tests.conftest import TODAY
from tests.factories import Factory

S = ApplicationStatus
LONG_AGO = datetime(2024, 6, 17, 10, 0, tzinfo=UTC), datetime(2024, 7, 1, 6, 0, tzinfo=UTC)
"""The deadline is 217 days before the tests' day."""


@pytest.fixture
def cohort(make: Factory) -> Cohort:
    programme = make.programme(home_municipalities=["Viborg"])
    make.criterion(programme, "reflection", CriterionKind.REVIEWED)
    return make.window(make.cohort(programme, starts_on=TODAY - timedelta(days=140)), *LONG_AGO)


def run(app: Flask, session: Session, *args: str) -> tuple[int, str]:
    session.rollback()
    result = app.test_cli_runner().invoke(args=["applications", "expire", *args])
    session.expire_all()
    session.rollback()
    return result.exit_code, result.output


def refused(make: Factory, cohort: Cohort, how_many: int = 6) -> list[Application]:
    return [make.application(cohort, f"Asta {place}", status=S.REJECTED) for place in range(how_many)]


@pytest.mark.parametrize(
    ("status", "policy", "expected"),
    [
        (S.REJECTED, Policy(217), True),
        (S.REJECTED, Policy(218), False),
        (S.DRAFT, Policy(217), True),
        (S.NEXT_YEAR, Policy(), True),
        (S.DECLINED, Policy(), True),
        (S.REJECTED, Policy(None), False),
        (S.WAITING, Policy(), False),
        (S.WAITING, Policy(140), True),
        (S.SUBMITTED, Policy(141), False),
        (S.ACCEPTED, Policy(140), False),
        (S.ACCEPTED, Policy(140, with_seat=True), True),
    ],
)
@pytest.mark.on_sqlite_alone
def test_time_comes_by_the_state_and_the_policy(
    make: Factory, cohort: Cohort, status: ApplicationStatus, policy: Policy, expected: bool
) -> None:
    """D-08: switched off, nothing is deleted. What can still become a seat waits for the cohort's start."""
    one = make.application(cohort, status=status)
    assert application_retention.is_due(one, policy, today=TODAY) is expected


@pytest.mark.on_sqlite_alone
def test_days_are_counted_from_a_later_answer(make: Factory, cohort: Cohort, session: Session) -> None:
    late, long_ago = (make.application(cohort, status=S.REJECTED) for _one in range(2))
    for one, days in ((late, 179), (long_ago, 180)):
        sent = datetime(2025, 2, 3, 12, tzinfo=UTC) - timedelta(days=days)
        make.keep(
            ApplicationDecision(
                application_id=one.id, kind=DecisionKind.REJECTION, prepared_at=sent, sent_at=sent
            )
        )
    (found,) = application_retention.due(session, select(Programme), today=TODAY)
    assert found.applications == [long_ago]


def test_expired_applications_are_gone_and_the_figures_still_add_up(
    app: Flask, session: Session, make: Factory, cohort: Cohort
) -> None:
    gone, kept = refused(make, cohort), make.application(cohort, "Bo Bliver", status=S.ACCEPTED)
    with writing():
        for one in gone:
            applications.make_link(session, one.id, now=now())
            outbox.notify_applicant(session, one, "application_received", now=now())
        session.commit()
    before = application_figures.of_cohort(session, cohort)
    assert before.total == 7
    code, said = run(app, session, "--dry-run")
    assert (code, said.splitlines()[-1]) == (0, "Prøvekørsel, intet er slettet.")
    assert said.startswith(f"{cohort.slug}: {gone[0].reference}, ")
    assert "Asta" not in said
    assert run(app, session) == (0, said.splitlines()[0] + "\n6 ansøgninger er slettet.\n")
    assert session.scalars(select(Application.id)).all() == [kept.id]
    for table in (ApplicationLink, OutgoingMail):
        assert session.execute(select(func.count(table.id))).scalar_one() == 0
    (row,) = session.scalars(select(ApplicationDeletion))
    assert (row.status, row.number, row.days, row.export) == (S.REJECTED, 6, 180, None)
    assert application_figures.of_cohort(session, cohort) == before
    assert run(app, session) == (0, "0 ansøgninger er slettet.\n")


def test_withdrawn_application_is_still_counted(session: Session, make: Factory, cohort: Cohort) -> None:
    made = refused(make, cohort)
    before = application_figures.of_cohort(session, cohort)
    with writing():
        session.rollback()
        applications.withdraw(session, made[0], now=now())
        session.commit()
    assert application_figures.of_cohort(session, cohort) == before
    assert session.execute(select(func.count(Application.id))).scalar_one() == 5


@pytest.mark.on_sqlite_alone
def test_nothing_is_left_in_the_file_its_log_or_a_later_copy(
    app: Flask, session: Session, make: Factory, cohort: Cohort, tmp_path: Path
) -> None:
    gone = refused(make, cohort, 12)
    # what tells of one of them: its words (never there), its encrypted text, and what it is found by
    words = [f"{name} skriver om".encode() for name in ("Asta 0", "Asta 11")]
    told = [(one.answers[-60:], one.uid, one.email_key, one.reference or "-") for one in gone]
    traces = [text.encode() for row in told for text in row]
    file, copy = Path(db.engine.url.database or ""), tmp_path / "copy.db"
    session.rollback()
    everything = _bytes(file)
    assert all(trace in everything for trace in traces)
    assert not any(word in everything for word in words)
    assert run(app, session)[0] == 0
    everything = _bytes(file)
    assert [trace for trace in traces if trace in everything] == []
    connection = pysqlite3.dbapi2.connect(str(file))
    connection.execute("VACUUM INTO ?", (str(copy),))
    connection.close()
    assert [trace for trace in traces if trace in copy.read_bytes()] == []


def _bytes(file: Path) -> bytes:
    """Of the database and of everything SQLite keeps beside it."""
    return b"".join(path.read_bytes() for path in file.parent.glob(f"{file.name}*"))


def test_copy_is_written_first_where_the_policy_says_so(
    app: Flask, session: Session, make: Factory, cohort: Cohort
) -> None:
    """D-08: a PDF for each and an index, in a file that the owner alone reads."""
    sent = make.application(cohort, "Asta Ager", status=S.REJECTED)
    make.application(cohort, "Kladde", status=S.DRAFT, reference=None, submitted_at=None)
    make.keep(ApplicationPolicy(programme_id=cohort.programme_id, days=180, export_first=True))
    reference = sent.reference
    code, said = run(app, session)
    path = Path(said.splitlines()[1].removeprefix("Kopi: "))
    assert (code, stat.S_IMODE(path.stat().st_mode)) == (0, 0o600)
    with zipfile.ZipFile(path) as archive:
        assert archive.namelist() == ["index.csv", f"{reference}.pdf"]
        assert archive.read(f"{reference}.pdf").startswith(b"%PDF-")
        line = archive.read("index.csv").decode().splitlines()[1]
    assert line.startswith(f"{reference};{cohort.name};Fået afslag;")
    assert {row.export for row in session.scalars(select(ApplicationDeletion))} == {path.name}


def test_worker_looks_once_a_day(
    app: Flask, session: Session, make: Factory, cohort: Cohort, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(expiry, "_looked", {})
    refused(make, cohort, 1)
    session.rollback()
    expiry.expire_when_due()
    assert session.execute(select(func.count(Application.id))).scalar_one() == 0
    refused(make, cohort, 1)
    session.rollback()
    expiry.expire_when_due()
    assert session.execute(select(func.count(Application.id))).scalar_one() == 1
    session.rollback()
    expiry._looked[str(app.config["INSTANCE"])] = today() - timedelta(days=1)
    expiry.expire_when_due()
    assert session.execute(select(func.count(Application.id))).scalar_one() == 0


def test_nothing_is_deleted_when_it_could_not_be_copied(
    app: Flask, session: Session, make: Factory, cohort: Cohort, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The worker goes on; no half a file is left behind."""
    monkeypatch.setattr(expiry, "_looked", {})
    make.application(cohort, status=S.REJECTED, answers={}).answers = "v1.gone.AAAA"
    session.commit()
    make.keep(ApplicationPolicy(programme_id=cohort.programme_id, days=180, export_first=True))
    before = sorted((app.config["INSTANCE"] / expiry.FOLDER).glob("*"))
    session.rollback()
    expiry.expire_when_due()
    assert run(app, session)[0] == 1
    assert session.execute(select(func.count(Application.id))).scalar_one() == 1
    assert sorted((app.config["INSTANCE"] / expiry.FOLDER).glob("*")) == before


def test_nothing_is_deleted_when_a_copy_has_come_to_be_asked_for(
    session: Session, make: Factory, cohort: Cohort, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the copying and the deleting."""
    refused(make, cohort, 1)
    due, seen = application_retention.due, []

    def switched(*args: Any, **values: Any) -> list[Due]:
        found = due(*args, **values)
        if seen:
            found = [replace(one, policy=replace(one.policy, export_first=True)) for one in found]
        seen.append(found)
        return found

    monkeypatch.setattr(application_retention, "due", switched)
    assert expiry.expire().number == 0
    assert session.execute(select(func.count(Application.id))).scalar_one() == 1


@pytest.mark.on_sqlite_alone
def test_full_disk_is_said_in_a_sentence(
    app: Flask, session: Session, make: Factory, cohort: Cohort, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full() -> expiry.Expired:
        raise OSError

    monkeypatch.setattr(expiry, "expire", full)
    code, said = run(app, session)
    assert (code, "Kopien kunne ikke skrives, så intet er slettet." in said) == (1, True)


def test_whatever_hangs_on_an_application_goes_with_it() -> None:
    """In the database itself, so that a table made later is not forgotten."""
    found = {
        f"{table.name}.{key.parent.name}": key.ondelete
        for table in db.metadata.sorted_tables
        for key in table.foreign_keys
        if key.target_fullname == "application.id"
    }
    assert found["application_link.application_id"] == "CASCADE"
    assert {name for name, rule in found.items() if rule not in ("CASCADE", "SET NULL")} == set()
