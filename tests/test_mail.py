"""Mails: what stands in them, and that each arrives."""

from __future__ import annotations

import re
import socket
import stat
from datetime import timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from placements import mail as mails
from placements.clock import now
from placements.db import writing
from placements.domain import outbox
from placements.mail import deliver_waiting
from placements.models.mails import OutgoingMail
from placements.models.sign_ins import TaskLink
from placements.models.users import User
from tests import smtp
from tests.factories import Factory
from tests.mailbox import Mailbox

FOLDERS = sorted(
    path.name for path in Path(mails.__file__).parent.iterdir() if (path / "subject.txt").exists()
)
OUTSIDE = "get_in_touch"
"""To somebody outside, without a link: tests/blueprints/test_warning_contacts.py."""
TO_APPLICANTS = {"application_decision", "application_interview", "application_link", "application_received"}
"""To people who are no users: tests/blueprints/test_apply.py, test_application_decisions.py."""
LINKED = [name for name in FOLDERS if name not in {OUTSIDE, *TO_APPLICANTS}]
TASKS = [name for name in LINKED if name != "sign_in"]
TELLING = re.compile(
    r"psyk|recovery|peer|sårbar|diagnos|indlæg|ambul|behandl|sygdom|erfaring|sind|health", re.I
)


@pytest.fixture
def anne(make: Factory) -> User:
    return make.user("Anne Ager", email="anne@example.org")


def notify(session: Session, user: User, message: str = "task_sign", **values: Any) -> None:
    if message == "sign_in":
        values = {"secrets": {"token": "t" * 43, "code": "12345678"}}
    with writing():
        session.rollback()
        outbox.notify(session, user, message, now=now(), **({"path": "/placements/7"} | values))
        session.commit()


def only_mail(session: Session) -> OutgoingMail:
    session.expire_all()
    return session.scalars(select(OutgoingMail)).one()


def let_pass(session: Session, minutes: int) -> None:
    """It was last tried that much earlier."""
    with writing():
        session.rollback()
        session.execute(update(OutgoingMail).values(claimed_at=now() - timedelta(minutes=minutes)))
        session.commit()


# What stands in them


def test_every_mail_of_the_contract_is_there() -> None:
    assert FOLDERS == [
        "application_decision",
        "application_interview",
        "application_link",
        "application_received",
        "attendance_close",
        "attendance_watch",
        "certificate_ready",
        "diploma_ready",
        "evaluation",
        "evaluation_reminder",
        OUTSIDE,
        "invitation",
        "network_meeting_cancelled",
        "network_meeting_moved",
        "network_moved",
        "network_offer",
        "placement_declined",
        "practicum_news",
        "remind_accept",
        "remind_amendment",
        "remind_sign",
        "sign_in",
        "talk_shared",
        "task_accept",
        "task_amendment",
        "task_hours",
        "task_sign",
        "task_talk",
        "teaching_changed",
        "wishes_reminder",
    ]


@pytest.mark.parametrize("locale", ["da", "en"])
@pytest.mark.parametrize("message", LINKED)
def test_mail_says_nothing_worth_stealing(
    make: Factory, session: Session, mailbox: Mailbox, message: str, locale: str
) -> None:
    """Whoever reads over a shoulder learns the reader's own name, a day and a link."""
    unit = make.unit("HEMMELIGT AFSNIT")
    cohort = make.cohort(make.programme(name="HEMMELIG UDDANNELSE"))
    student = make.enrolment(cohort, make.user("HEMMELIG STUDERENDE"))
    placement = make.placement(cohort=cohort, unit=unit, enrolment=student, reason="HEMMELIG GRUND")
    reader = make.host(unit, phone="HEMMELIGT NUMMER", locale=locale)
    notify(session, reader, message, path=f"/placements/{placement.id}")
    assert deliver_waiting() == 1
    whole = " ".join((str(mailbox.newest()["Subject"]), mailbox.part(), mailbox.part("html")))
    assert "HEMMELIG" not in whole
    assert not TELLING.search(whole)
    assert f"/placements/{placement.id}" not in whole
    assert reader.name in whole


@pytest.mark.parametrize("message", LINKED)
def test_mail_says_the_same_in_text_and_html(
    session: Session, anne: User, mailbox: Mailbox, message: str
) -> None:
    notify(session, anne, message)
    deliver_waiting()
    page = BeautifulSoup(mailbox.part("html"), "html.parser")
    assert [link["href"] for link in page.find_all("a")] == [f"http://localhost{mailbox.link()}"]
    assert page.title is not None
    assert page.title.get_text() == mailbox.newest()["Subject"]
    text = " ".join(mailbox.part().split())
    for paragraph in page.find_all("p"):
        if not paragraph.find("a"):
            assert " ".join(paragraph.get_text(" ").split()) in text


def test_mail_is_in_the_language_of_its_reader(make: Factory, session: Session, mailbox: Mailbox) -> None:
    for locale in ("da", "en"):
        notify(session, make.user(locale=locale), "sign_in")
    deliver_waiting()
    assert [message["Subject"] for message in mailbox.all()] == [
        "Dit link til at logge ind",
        "Your link for signing in",
    ]


@pytest.mark.parametrize("message", TASKS)
def test_task_mail_leads_to_its_task(session: Session, anne: User, mailbox: Mailbox, message: str) -> None:
    notify(session, anne, message)
    deliver_waiting()
    link = session.scalars(select(TaskLink)).one()
    assert (link.user_id, link.path) == (anne.id, "/placements/7")
    assert re.fullmatch(r"/tasks/[\w-]{32}", mailbox.link())


def test_name_that_is_no_name_stays_text(make: Factory, session: Session, mailbox: Mailbox) -> None:
    notify(session, make.user("Ole <script>alert(1)</script>"))
    deliver_waiting()
    assert "<script>" not in mailbox.part("html")
    assert "Ole <script>" in mailbox.part()


@pytest.mark.parametrize("name", ["Ole\r\nBcc: thief@example.org", "Ole\nSubject: you have won\n\nBody"])
def test_name_adds_no_header(make: Factory, session: Session, mailbox: Mailbox, name: str) -> None:
    notify(session, make.user(name))
    deliver_waiting()
    assert sorted(mailbox.newest().keys()) == sorted(
        ["Subject", "From", "To", "Date", "Message-ID", "Auto-Submitted", "MIME-Version", "Content-Type"]
    )


@pytest.mark.parametrize(
    "email", ["a@example.org\r\nBcc: thief@example.org", "a@example.org, thief@example.org", "thief", ""]
)
def test_address_that_is_none_gets_no_mail(
    make: Factory, session: Session, anne: User, mailbox: Mailbox, email: str
) -> None:
    """Nor does it keep back the mails behind it."""
    notify(session, make.user(email=email))
    notify(session, anne)
    assert deliver_waiting() == 1
    assert [message["To"] for message in mailbox.all()] == ["anne@example.org"]


def test_mail_is_a_file_for_its_owner_alone(
    app: Flask, session: Session, anne: User, mailbox: Mailbox, tmp_path: Path
) -> None:
    app.config["INSTANCE"] = tmp_path
    notify(session, anne)
    deliver_waiting()
    folder = tmp_path / "mail"
    assert [file.suffix for file in folder.iterdir()] == [".eml"]
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


# That each arrives


def test_mail_by_smtp(app: Flask, session: Session, anne: User) -> None:
    with smtp.start() as server:
        app.config["MAIL_URL"] = server.url
        notify(session, anne)
        assert deliver_waiting() == 1
    message = message_from_bytes(server.messages[0], policy=default)
    assert (message["To"], message["Message-ID"]) == (
        anne.email,
        f"<{only_mail(session).message_id}@localhost>",
    )
    assert f"rcpt TO:<{anne.email}>" in server.commands
    assert deliver_waiting() == 0


def test_mail_waits_while_the_server_is_down(app: Flask, session: Session, anne: User) -> None:
    """It is tried again after two minutes, then four, and keeps its Message-ID."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        app.config["MAIL_URL"] = f"smtp://127.0.0.1:{free.getsockname()[1]}"
    notify(session, anne)
    assert deliver_waiting() == 0
    assert (only_mail(session).tries, only_mail(session).sent_at) == (1, None)
    let_pass(session, minutes=1)
    assert deliver_waiting() == 0
    assert only_mail(session).tries == 1
    let_pass(session, minutes=2)
    assert deliver_waiting() == 0
    assert only_mail(session).tries == 2
    with smtp.start() as server:
        app.config["MAIL_URL"] = server.url
        let_pass(session, minutes=3)
        assert deliver_waiting() == 0
        let_pass(session, minutes=4)
        assert deliver_waiting() == 1
    assert only_mail(session).message_id.encode() in server.messages[0]


def test_mail_that_was_accepted_but_not_answered_keeps_its_message_id(
    app: Flask, session: Session, anne: User
) -> None:
    """Sent twice rather than not at all, and a mail program sees that it is the same."""
    with smtp.start() as server:
        app.config["MAIL_URL"] = server.url
        server.answers["DATA"] = "451 try later"
        notify(session, anne)
        assert deliver_waiting() == 0
        server.answers.clear()
        let_pass(session, minutes=2)
        assert deliver_waiting() == 1
    ids = {message_from_bytes(message, policy=default)["Message-ID"] for message in server.messages}
    assert (len(server.messages), len(ids)) == (2, 1)


def test_mail_is_given_up_after_ten_tries(app: Flask, session: Session, anne: User, mailbox: Mailbox) -> None:
    notify(session, anne)
    with writing():
        session.execute(update(OutgoingMail).values(tries=10))
        session.commit()
    assert deliver_waiting() == 0


def test_pause_adds_up_to_eight_hours() -> None:
    pauses = [outbox.pause(tries) for tries in range(1, 10)]
    assert [pause // timedelta(minutes=1) for pause in pauses] == [2, 4, 8, 16, 32, 64, 120, 120, 120]


def test_sign_in_mail_is_not_sent_when_its_link_has_run_out(
    session: Session, anne: User, mailbox: Mailbox
) -> None:
    notify(session, anne, "sign_in")
    with writing():
        session.execute(update(OutgoingMail).values(created_at=now() - timedelta(minutes=11)))
        session.commit()
    assert deliver_waiting() == 0
    assert (only_mail(session).secrets, only_mail(session).sent_at) == ({}, None)
    assert mailbox.files() == []


def test_sign_in_mail_leaves_no_secret_behind(session: Session, anne: User, mailbox: Mailbox) -> None:
    notify(session, anne, "sign_in")
    deliver_waiting()
    assert only_mail(session).secrets == {}


def test_claim_by_the_quicker_one(session: Session, anne: User) -> None:
    notify(session, anne)
    (turn,) = outbox.waiting(session, now=now())
    assert outbox.claim(session, turn, now=now())
    assert outbox.claim(session, turn, now=now()) is None
