"""Background work: what each kind of job does with one record, and the worker that runs the jobs.

A job is asked for in the database (`domain.jobs`); the worker finds it there and hands it to DBOS, which goes
on after a crash where it was. The web processes never import DBOS. See docs/decisions.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from threading import Event
from time import sleep
from typing import Any

from flask import Flask
from sqlalchemy import create_engine, event
from sqlalchemy.orm import Session

from placements import expiry, job_files, logs, mail, pdf, printing, safekeeping
from placements.clock import moment, now, today
from placements.db import db, engine_options, is_busy, writing
from placements.domain import agreements, application_queue, diplomas, history, jobs
from placements.domain.agreement_states import of_placement
from placements.domain.diploma_states import is_valid
from placements.domain.rules import RuleBroken
from placements.i18n import _
from placements.models.agreements import AgreementVersion
from placements.models.diplomas import Diploma
from placements.models.enrolments import Enrolment
from placements.models.jobs import Job, JobItem, JobKind
from placements.models.placements import Placement

BROKEN = _("Noget gik galt her. Prøv igen, og sig det til den, der driver systemet, hvis det sker igen.")
PAUSE = 1.0
PAUSE_IN_TROUBLE = 30.0
LET_OTHERS_IN = 0.15
"""Longer than SQLite sleeps before it looks again whether it may write."""
NAME, QUEUE = "placements", "jobs"


class AlreadyWorking(Exception):
    """Another worker of this instance is running."""


# What is done with one record


def _draft(session: Session, _item: JobItem, placement: Placement) -> None:
    agreements.draft(session, placement, today=today())


def _send(session: Session, _item: JobItem, placement: Placement) -> None:
    printing.agreements.send(session, _version(session, placement), now=now())


def _print(session: Session, item: JobItem, placement: Placement) -> None:
    filename, content = printing.agreements.pdf_of(session, _version(session, placement))
    job_files.keep(item, placement.cohort, placement.student_name, filename, content)


def _issue(session: Session, item: JobItem, enrolment: Enrolment) -> None:
    _hand_out(session, item, diplomas.issue(session, enrolment, today=today()))


def _issue_certificate(session: Session, item: JobItem, enrolment: Enrolment) -> None:
    _hand_out(session, item, diplomas.issue_certificate(session, enrolment, today=today()))


def _hand_out(session: Session, item: JobItem, diploma: Diploma) -> None:
    """Of very many the page is laid out once and each person's texts are stamped into it."""
    stamped = jobs.size(session, item.job_id) >= pdf.MANY
    printing.diplomas.hand_out(session, diploma, now=now(), stamped=stamped)


def _collect(session: Session, item: JobItem, enrolment: Enrolment) -> None:
    given = [one for one in diplomas.of_person(session, enrolment) if is_valid(one) and one.document]
    if not given:
        raise RuleBroken(_("Der er ikke længere et gyldigt bevis."))
    for number, diploma in enumerate(given):
        assert diploma.document is not None  # noqa: S101
        frozen, person = diploma.document, diploma.person_name
        job_files.keep(item, enrolment.cohort, person, frozen.filename, frozen.content, number=number)


def _version(session: Session, placement: Placement) -> AgreementVersion:
    agreement = of_placement(session, placement.id)
    if agreement is None:
        raise RuleBroken(_("Aftalen er ikke begyndt endnu."))
    return agreement.current


DONE_BY: dict[JobKind, Callable[[Session, JobItem, Any], None]] = {
    JobKind.DRAFT_AGREEMENTS: _draft,
    JobKind.SEND_AGREEMENTS: _send,
    JobKind.PRINT_AGREEMENTS: _print,
    JobKind.ISSUE_DIPLOMAS: _issue,
    JobKind.ISSUE_CERTIFICATES: _issue_certificate,
    JobKind.PRINT_DIPLOMAS: _collect,
}
"""Each with a placement, or those about participants with an enrolment."""


def do_next(job_id: int) -> bool:
    """One record of the job. Whether there may be more."""
    session = db.session()
    session.rollback()
    printed = session.get_one(Job, job_id).kind in jobs.PRINTED
    if not (_print_next(session, job_id) if printed else _change_next(session, job_id)):
        _finish(session, job_id)
        return False
    mail.deliver_waiting()
    return True


def _print_next(session: Session, job_id: int) -> bool:
    """Nobody waits meanwhile: only the tick is written. What is printed twice after a crash is one file."""
    session.rollback()
    job = session.get_one(Job, job_id)
    if (item := jobs.next_item(session, job)) is None:
        return False
    item_id = item.id
    history.act_as(session, job.user_id, f"job-{job.id}")
    refusal = _attempt(session, job, item)
    with writing():
        session.rollback()
        jobs.tick_off(session.get_one(JobItem, item_id), now=now(), refusal=refusal)
        session.commit()
    return True


def _change_next(session: Session, job_id: int) -> bool:
    """In a transaction that also ticks it off. On SQLite those who wait are let in before the next."""
    with writing():
        session.rollback()
        job = session.get_one(Job, job_id)
        if (item := jobs.next_item(session, job)) is None:
            return False
        history.act_as(session, job.user_id, f"job-{job.id}")
        refusal = _attempt(session, job, item)
        jobs.tick_off(session.get_one(JobItem, item.id), now=now(), refusal=refusal)
        session.commit()
    if session.get_bind().dialect.name == "sqlite":
        sleep(LET_OTHERS_IN)
    return True


def _attempt(session: Session, job: Job, item: JobItem) -> str | None:
    """Done, or the sentence that says why not; then nothing of it is kept."""
    try:
        DONE_BY[job.kind](session, item, jobs.record_of(session, item))
        session.flush()
    except RuleBroken as broken:
        session.rollback()
        return " ".join([str(broken.sentence), *(f"{unmet.text}." for unmet in broken.unmet)])
    except Exception as error:  # one record that cannot be done must not keep back the others
        session.rollback()
        logs.trouble("job item failed", error, job=job.id, item=item.id)
        return str(BROKEN)
    return None


# Its end


def _finish(session: Session, job_id: int) -> None:
    """Files are gathered before anything is locked; what was stopped leaves none."""
    session.rollback()
    job = session.get_one(Job, job_id)
    made = None if jobs.is_over(job) else _gathered(job)
    with writing():
        session.rollback()
        jobs.finish(job, now=now(), filename=made)
        session.commit()
    if job.filename is None:
        job_files.throw_away(job_id)
    job_files.throw_away_parts(job_id)


def _gathered(job: Job) -> str | None:
    """None too when it fails, perhaps as the disk is full: it is over, and says so."""
    name, title = _names(job)
    try:
        return job_files.gather(job, name=name, title=title)
    except Exception as error:
        logs.trouble("files of a job were not gathered", error, job=job.id)
        return None


def _give_up(job_id: int) -> None:
    """What cannot go on is stopped, rather than being under way for ever: whoever asked can ask again."""
    session = db.session()
    with writing():
        session.rollback()
        job = session.get_one(Job, job_id)
        if not jobs.is_over(job):
            jobs.cancel(job, now=now())
        session.commit()
    job_files.throw_away(job_id)


def _names(job: Job) -> tuple[str, str]:
    """Of the archive and of what is bound for the printer."""
    about_participants = jobs.is_about_participants(job)
    if job.cohort is None:
        proofs, papers = (
            ("alle-beviser", _("Alle beviser")),
            ("alle-praktikaftaler", _("Alle praktikaftaler")),
        )
        return proofs if about_participants else papers
    slug, cohort = job.cohort.slug, job.cohort.name
    if about_participants:
        return f"beviser-{slug}", _("Beviser for %(cohort)s", cohort=cohort)
    return f"praktikaftaler-{slug}", _("Praktikaftaler for %(cohort)s", cohort=cohort)


def throw_away_old_files() -> None:
    """Also what a worker that ended too soon left behind."""
    session, found = db.session(), job_files.found()
    if found:
        kept = jobs.within_reach(session, found, now=now())
        for job_id in set(found) - kept:
            job_files.throw_away(job_id)
    if not jobs.outdated(session, now=now()):
        return
    with writing():
        session.rollback()
        for job in jobs.outdated(session, now=now()):
            job_files.throw_away(job.id)
            jobs.forget_file(job)
        session.commit()


def lapse_offers() -> None:
    """Offers of a seat that nobody has answered in time; the waiting list moves up."""
    session = db.session()
    if application_queue.due(session, now=moment()):
        with writing():
            session.rollback()
            application_queue.lapse_due(session, now=moment())
            session.commit()


# The worker


def _engine(app: Flask) -> Any:
    """The queue's own database: a file in the instance folder, or what PLACEMENTS_QUEUE_URL says."""
    url = app.config["QUEUE_URL"] or f"sqlite:///{app.config['INSTANCE'] / 'queue.db'}"
    engine = create_engine(url, **engine_options(url))
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare)
    return engine


def _prepare(connection: Any, _record: Any) -> None:
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA busy_timeout=30000")
    connection.execute("PRAGMA foreign_keys=ON")
    connection.isolation_level = "IMMEDIATE"


@contextmanager
def _alone(app: Flask) -> Iterator[None]:
    """One worker an instance: a second would take over what the first has in hand."""
    with (app.config["INSTANCE"] / "worker.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadyWorking from None
        yield


def work(app: Flask, stop: Event, *, attached: bool = False) -> None:
    """Run jobs until `stop` is set, or, when attached, until the process that started this one has ended.

    Raises `AlreadyWorking`.
    """
    from dbos import DBOS, DBOSPortableJSONSerializer, SetWorkflowID, error

    with _alone(app):
        engine = _engine(app)
        DBOS(
            config={
                "name": NAME,
                "system_database_url": str(engine.url),
                "system_database_engine": engine,
                "application_version": "1",
                "executor_id": NAME,
                "serializer": DBOSPortableJSONSerializer(),
                "log_level": "WARNING",
                "console_log_level": "WARNING",
            }
        )

        @DBOS.step(name="item", retries_allowed=True, max_attempts=5)
        def item(job_id: int) -> bool:
            with app.app_context():
                return do_next(job_id)

        @DBOS.step(name="give up", retries_allowed=True, max_attempts=5)
        def give_up(job_id: int) -> None:
            with app.app_context():
                _give_up(job_id)

        @DBOS.workflow(name="job")
        def run(job_id: int) -> None:
            try:
                while item(job_id):
                    pass
            except error.DBOSMaxStepRetriesExceeded:
                give_up(job_id)

        def enqueue(job_id: int) -> None:
            with SetWorkflowID(f"job-{job_id}"):
                DBOS.enqueue_workflow(QUEUE, run, job_id)

        DBOS.launch()
        DBOS.register_queue(QUEUE, worker_concurrency=1, polling_interval_sec=PAUSE / 2)
        try:
            _sweep(app, enqueue, stop, attached)
        finally:
            DBOS.destroy()
            engine.dispose()


def _sweep(app: Flask, enqueue: Callable[[int], None], stop: Event, attached: bool) -> None:
    """Look again and again. What goes wrong, perhaps as the database is damaged, ends nothing."""
    parent, pause = os.getppid(), PAUSE
    steps: list[Callable[[], object]] = [partial(_hand_on, enqueue), *ERRANDS]
    while not stop.wait(pause) and not (attached and os.getppid() != parent):
        with app.app_context():
            well = [_goes_well(step) for step in steps]
        pause = PAUSE if all(well) else PAUSE_IN_TROUBLE


def _goes_well(step: Callable[[], object]) -> bool:
    """While somebody else keeps the database to themselves, the next look will do."""
    try:
        step()
    except Exception as error:  # the next step may do better
        busy = is_busy(error)
        logs.trouble("the database was busy" if busy else "the worker's round broke off", error)
        return busy
    finally:
        db.session.remove()
    return True


def _hand_on(enqueue: Callable[[int], None]) -> None:
    """What was asked for; the same id twice is one job."""
    session = db.session()
    for job_id in jobs.waiting(session):
        enqueue(job_id)
        _take_in_hand(session, job_id)


ERRANDS: tuple[Callable[[], object], ...] = (
    lapse_offers,
    mail.deliver_waiting,
    throw_away_old_files,
    safekeeping.check_when_due,
    expiry.expire_when_due,
)
"""Offers that nobody answered, mails that were left behind, and what is done once a day."""


def _take_in_hand(session: Session, job_id: int) -> None:
    with writing():
        session.rollback()
        jobs.start(session.get_one(Job, job_id), now=now())
        session.commit()
