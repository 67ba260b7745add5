"""What a job does with each record, and the worker: when killed it goes on, and does nothing twice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import DatabaseError, OperationalError
from sqlalchemy.orm import Session

from placements import create_app, job_files, jobs, migrations, pdf
from placements.clock import now
from placements.db import db, writing
from placements.domain import jobs as job_rules
from placements.models.agreements import Agreement, AgreementStatus
from placements.models.cohorts import Cohort
from placements.models.documents import Document
from placements.models.enrolments import Enrolment
from placements.models.jobs import Job, JobItem, JobKind
from placements.models.placements import Placement
from placements.pdf.diploma.context import SAMPLE
from tests.factories import Factory, actor_for
from tests.mailbox import Mailbox
from tests.pdf import reading

ROOT = Path(__file__).resolve().parents[1]


def placements_of(make: Factory, number: int, *, written: bool = False) -> list[Placement]:
    """Placements that a host has said yes to, with a supervisor; with a written agreement when wanted."""
    cohort, unit = make.cohort(), make.unit()
    supervisor = make.contact(unit)
    made = [
        make.placement(cohort=cohort, unit=unit, status="accepted", supervisor_id=supervisor.id)
        for _ in range(number)
    ]
    if written:
        for placement in made:
            agreement = make.agreement(placement)
            agreement.current.sections = {"6": "Samtaler"}
            make.keep(agreement)
    return made


def ask(make: Factory, kind: JobKind, placements: list[Placement]) -> int:
    cohort = placements[0].cohort
    actor = actor_for(make.coordinator(cohort.programme))
    with writing():
        job = job_rules.ask(
            make.session, kind, cohort, [placement.id for placement in placements], actor, now=now()
        )
        make.session.commit()
    return job.id


def run(job_id: int) -> Job:
    while jobs.do_next(job_id):
        pass
    return db.session.get_one(Job, job_id)


def test_drafts_are_made_for_each(make: Factory, session: Session) -> None:
    placements = placements_of(make, 3)
    job = run(ask(make, JobKind.DRAFT_AGREEMENTS, placements))
    made = set(session.scalars(select(Agreement.placement_id)))
    assert (made, job.finished_at is not None) == ({placement.id for placement in placements}, True)


def test_send_refuses_one_with_a_sentence_and_sends_the_others(
    make: Factory, session: Session, mailbox: Mailbox
) -> None:
    placements = placements_of(make, 2, written=True)
    unwritten = placements_of(make, 1)[0]
    make.agreement(unwritten)
    unwritten.cohort_id = placements[0].cohort_id
    make.keep(unwritten)
    job = run(ask(make, JobKind.SEND_AGREEMENTS, [unwritten, *placements]))
    states = {a.placement_id: a.current.status for a in session.scalars(select(Agreement))}
    refused = session.execute(
        select(JobItem.placement_id, JobItem.refusal).where(JobItem.refusal.is_not(None))
    ).all()
    assert states == {
        unwritten.id: AgreementStatus.DRAFT,
        **{placement.id: AgreementStatus.AWAITING_SIGNATURES for placement in placements},
    }
    assert [who for who, _said in refused] == [unwritten.id]
    assert "punkt 6" in str(refused[0][1])
    assert job.finished_at is not None
    assert len(mailbox.all()) >= 2


def test_printed_agreements_are_gathered_bound_and_thrown_away(
    app: Flask, make: Factory, session: Session
) -> None:
    placements = placements_of(make, 2, written=True)
    placements[1].student_name = "Åse Ærlig-Ødegård"
    make.keep(placements[1])
    job = run(ask(make, JobKind.PRINT_AGREEMENTS, placements))
    folder, slug = job_files.folder_of(job.id), placements[0].cohort.slug
    assert [path.name for path in folder.iterdir()] == [f"praktikaftaler-{slug}.zip"]
    with zipfile.ZipFile(folder / str(job.filename)) as archive:
        bound, *own = archive.namelist()
        assert bound == f"praktikaftaler-{slug}-til-print.pdf"
        assert (len(own), own[1].partition("praktikaftale")[0]) == (2, "Åse-Ærlig-Ødegård-")
        pages = [page for name in own for page in reading.pages(archive.read(name))]
        assert reading.pages(archive.read(bound)) == pages
        assert reading.file(archive.read(bound)).is_tagged
        assert reading.title(archive.read(bound)) == f"Praktikaftaler for {placements[0].cohort.name}"
    assert folder.stat().st_mode & 0o077 == 0
    with writing():
        job.finished_at = job.finished_at - job_rules.KEPT - job_rules.KEPT  # type: ignore[operator]
        session.commit()
    jobs.throw_away_old_files()
    assert (folder.exists(), db.session.get_one(Job, job.id).filename) == (False, None)


def frozen(make: Factory, cohort: Cohort, name: str, number: str) -> Enrolment:
    """With a diploma as it was handed out."""
    document = make.document()
    document.content, document.filename = (
        pdf.render("diploma", {**SAMPLE, "person": name}).pdf,
        f"{number}.pdf",
    )
    enrolment = make.enrolment(cohort, make.user(name))
    make.diploma(enrolment, number, document_id=document.id)
    return enrolment


def test_diplomas_of_all_cohorts_are_gathered_in_a_folder_for_each(make: Factory, session: Session) -> None:
    """Bound in the order they were asked for; what has no file to bind is told in the archive."""
    first = make.cohort(slug="first")
    second = make.cohort(first.programme, slug="second")
    people = [frozen(make, second, "Bo", "UB-2"), frozen(make, first, "Amalie", "UB-1")]
    actor = actor_for(make.coordinator(first.programme))
    asked = [job_rules.ask(session, JobKind.PRINT_DIPLOMAS, None, [p.id for p in people], actor, now=now())]
    session.commit()
    job = run(asked[0].id)
    with zipfile.ZipFile(job_files.folder_of(job.id) / "alle-beviser.zip") as archive:
        assert archive.namelist() == [
            "alle-beviser-til-print.pdf",
            "second/Bo-UB-2.pdf",
            "first/Amalie-UB-1.pdf",
        ]
        bound = reading.pages(archive.read("alle-beviser-til-print.pdf"))
        assert [("Bo" in page, "Amalie" in page) for page in bound] == [(True, False), (False, True)]
    session.scalars(select(Document).order_by(Document.id)).first().content = b"no file"  # type: ignore[union-attr]
    asked.append(job_rules.ask(session, JobKind.PRINT_DIPLOMAS, None, [people[0].id], actor, now=now()))
    session.commit()
    with zipfile.ZipFile(job_files.folder_of(run(asked[1].id).id) / "alle-beviser.zip") as archive:
        assert archive.namelist() == ["printfilen-mangler.txt", "second/Bo-UB-2.pdf"]


def test_stopped_work_leaves_no_files(make: Factory, session: Session) -> None:
    job_id = ask(make, JobKind.PRINT_AGREEMENTS, placements_of(make, 2, written=True))
    jobs.do_next(job_id)
    assert job_files.folder_of(job_id).exists()
    with writing():
        job_rules.cancel(session.get_one(Job, job_id), now=now())
        session.commit()
    assert (run(job_id).filename, job_files.folder_of(job_id).exists()) == (None, False)


def test_files_that_cannot_be_gathered_end_the_work_with_a_sentence(
    make: Factory, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_given: object, **_named: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(job_files, "gather", full)
    job = run(ask(make, JobKind.PRINT_AGREEMENTS, placements_of(make, 1, written=True)))
    progress = job_rules.progress(session, job)
    said = str(job_rules.without_files(job, progress, now=now()))
    assert (said.partition(".")[0], job.finished_at is None) == ("Filerne kunne ikke samles", False)
    assert not job_files.folder_of(job.id).exists()
    later = now() + 2 * job_rules.KEPT
    assert "er nu slettet" in str(job_rules.without_files(job, progress, now=later))


def test_names_of_parts_say_nothing_of_a_person(make: Factory) -> None:
    job_id = ask(make, JobKind.PRINT_AGREEMENTS, placements_of(make, 1, written=True))
    jobs.do_next(job_id)
    item = db.session.scalar(select(JobItem.id).where(JobItem.job_id == job_id))
    names = sorted(path.name for path in job_files.folder_of(job_id).rglob("*.*"))
    assert names == [f"{item:09d}-0.name", f"{item:09d}-0.pdf"]


def test_files_that_nobody_can_fetch_are_thrown_away(make: Factory, session: Session) -> None:
    """Left behind when a worker was killed, or of a job that is not there any more."""
    going, stopped = (ask(make, JobKind.DRAFT_AGREEMENTS, placements_of(make, 1)) for _time in range(2))
    with writing():
        session.get_one(Job, stopped).cancelled_at = now() - 2 * job_rules.KEPT
        session.commit()
    folders = [job_files.folder_of(job_id) for job_id in (going, stopped, 999_999)]
    for folder in folders:
        folder.mkdir(parents=True, exist_ok=True)
    jobs.throw_away_old_files()
    assert [folder.exists() for folder in folders] == [True, False, False]


def test_work_that_cannot_go_on_is_stopped(make: Factory, session: Session) -> None:
    job_id = ask(make, JobKind.DRAFT_AGREEMENTS, placements_of(make, 1))
    jobs._give_up(job_id)
    assert session.get_one(Job, job_id).cancelled_at is not None


def test_others_get_in_between_records(make: Factory, engine: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite looks again only every 100 ms, and has one writer."""
    naps: list[float] = []
    monkeypatch.setattr(jobs, "sleep", naps.append)
    run(ask(make, JobKind.DRAFT_AGREEMENTS, placements_of(make, 2)))
    assert naps == ([jobs.LET_OTHERS_IN] * 2 if engine == "sqlite" else [])
    assert jobs.LET_OTHERS_IN > 0.1


def test_one_that_breaks_does_not_keep_back_the_others(
    make: Factory, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    placements = placements_of(make, 2)
    real, first = jobs.DONE_BY[JobKind.DRAFT_AGREEMENTS], placements[0].id

    def breaks(session: Session, job: Job, placement: Placement) -> None:
        real(session, job, placement)
        if placement.id == first:
            raise ZeroDivisionError

    monkeypatch.setitem(jobs.DONE_BY, JobKind.DRAFT_AGREEMENTS, breaks)
    job = run(ask(make, JobKind.DRAFT_AGREEMENTS, placements))
    told = job_rules.progress(session, job)
    assert list(session.scalars(select(Agreement.placement_id))) == [placements[1].id]
    assert [(refusal.href, refusal.sentence) for refusal in told.refusals] == [
        (f"/placements/{first}/agreement", jobs.BROKEN)
    ]


# The worker, for real


@contextmanager
def worker(instance: Path) -> Iterator[subprocess.Popen[bytes]]:
    with (instance / "worker.log").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "flask", "--app", "wsgi", "jobs", "work"],
            cwd=ROOT,
            env={**os.environ, "PLACEMENTS_INSTANCE": str(instance)},
            stdout=subprocess.DEVNULL,
            stderr=log,
        )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def until(true: Callable[[], bool], process: subprocess.Popen[bytes], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert process.poll() is None
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_worker_that_is_killed_goes_on_where_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLACEMENTS_INSTANCE", str(tmp_path))
    app = create_app()
    migrations.upgrade(app)
    with app.app_context():
        job_id = ask(
            Factory(db.session()),
            JobKind.PRINT_AGREEMENTS,
            placements_of(Factory(db.session()), 6, written=True),
        )

        def done() -> int:
            db.session.rollback()
            ticked = select(func.count()).where(JobItem.done_at.is_not(None))
            return db.session.scalar(ticked) or 0

        with worker(tmp_path) as first:
            until(lambda: done() >= 1, first)
            first.send_signal(signal.SIGKILL)
            first.wait()
        before = done()
        times = dict(db.session.execute(select(JobItem.id, JobItem.done_at)).all())
        with worker(tmp_path) as second:
            until(lambda: done() == 6 and db.session.get_one(Job, job_id).finished_at is not None, second)
            second.send_signal(signal.SIGTERM)
            assert second.wait(timeout=30) == 0
        after = dict(db.session.execute(select(JobItem.id, JobItem.done_at)).all())
        assert 1 <= before < 6
        assert {item: at for item, at in times.items() if at} == {
            item: after[item] for item, at in times.items() if at
        }
        with zipfile.ZipFile(
            job_files.folder_of(job_id) / str(db.session.get_one(Job, job_id).filename)
        ) as archive:
            assert len(archive.namelist()) == 6 + 1
        db.engine.dispose()


@pytest.mark.parametrize(
    "trouble",
    [
        OperationalError("", {}, Exception("database is locked")),
        DatabaseError("", {}, Exception("database disk image is malformed")),
    ],
)
def test_no_trouble_ends_the_worker(
    app: Flask, monkeypatch: pytest.MonkeyPatch, trouble: DatabaseError
) -> None:
    """Neither a page that is being printed nor a damaged database; and what comes after it is done."""
    stop, looks = Event(), []

    def look(_enqueue: object = None) -> None:
        looks.append("look")
        raise trouble

    def last() -> None:
        looks.append("last")
        if len(looks) == 6:
            stop.set()

    monkeypatch.setattr(jobs, "PAUSE", 0.0)
    monkeypatch.setattr(jobs, "PAUSE_IN_TROUBLE", 0.0)
    monkeypatch.setattr(jobs, "_hand_on", look)
    monkeypatch.setattr(jobs, "ERRANDS", (look, last))
    jobs._sweep(app, lambda _job_id: None, stop, attached=False)
    assert looks == ["look", "look", "last"] * 2


def test_second_worker_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLACEMENTS_INSTANCE", str(tmp_path))
    app = create_app()
    migrations.upgrade(app)
    with app.app_context(), jobs._alone(app):
        result = app.test_cli_runner().invoke(args=["jobs", "work"])
        db.engine.dispose()
    assert (result.exit_code, result.stderr) == (1, "Der kører allerede en worker for denne instans.\n")
