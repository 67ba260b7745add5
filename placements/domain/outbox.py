"""Mails asked for: written down with the change that causes them, delivered after the commit."""

from __future__ import annotations

import secrets as random
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from placements.models.applications import Application
from placements.models.mails import OutgoingMail
from placements.models.users import User

LEASE = timedelta(minutes=2)
LONGEST = timedelta(hours=2)
TRIES = 10
SECRET_FOR = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Turn:
    """A mail and the try it has come to: whoever takes this try in hand first, sends it."""

    mail_id: int
    tries: int


@dataclass(frozen=True, slots=True)
class LastMail:
    """When somebody last got a mail about a task, and whether we gave up on delivering it."""

    at: datetime
    given_up: bool


LastMails = dict[tuple[str, int], LastMail]
"""By the task's page and the person."""


# Questions


def last_mails(session: Session, paths: Collection[str]) -> LastMails:
    """The newest mail to each person about each of these pages."""
    columns = OutgoingMail.path, OutgoingMail.user_id, OutgoingMail.created_at, OutgoingMail.sent_at
    rows = session.execute(
        select(*columns, OutgoingMail.tries).where(OutgoingMail.path.in_(paths)).order_by(OutgoingMail.id)
    )
    return {
        (path, user_id): LastMail(at, sent is None and tries >= TRIES)
        for path, user_id, at, sent, tries in rows
        if path and user_id
    }


def waiting(session: Session, *, now: datetime) -> list[Turn]:
    """What to send, the new before the often tried: not sent, not in hand just now, not tried ten times."""
    columns = OutgoingMail.id, OutgoingMail.tries, OutgoingMail.claimed_at
    rows = session.execute(
        select(*columns)
        .where(OutgoingMail.sent_at.is_(None), OutgoingMail.tries < TRIES)
        .order_by(OutgoingMail.tries, OutgoingMail.id)
        .limit(100)
    )
    return [
        Turn(mail_id, tries)
        for mail_id, tries, claimed in rows
        if not claimed or claimed + pause(tries) <= now
    ]


def pause(tries: int) -> timedelta:
    """Two minutes after the first try, then twice as long each time, at most two hours: eight in all."""
    doubled: int = 2 ** max(tries - 1, 0)
    return min(LEASE * doubled, LONGEST)


def too_late(mail: OutgoingMail, *, now: datetime) -> bool:
    """A sign-in link that has run out in the meantime is of no use to anybody."""
    return "token" in mail.secrets and mail.created_at <= now - SECRET_FOR


# Actions


def notify(
    session: Session,
    user: User,
    message: str,
    *,
    path: str | None = None,
    secrets: dict[str, Any] | None = None,
    now: datetime,
) -> None:
    """Ask for a mail: `message` names its folder, `path` the page of the task. It holds nothing to steal.

    With `to` among the secrets it goes to that address, about the user, and has no link.
    """
    _ask(session, OutgoingMail(user_id=user.id, message=message, path=path, secrets=secrets or {}), now)


def notify_applicant(session: Session, application: Application, message: str, *, now: datetime) -> None:
    """The same to somebody who has applied and is no user. The link to the application is made when sent."""
    _ask(session, OutgoingMail(application_id=application.id, message=message, path=None, secrets={}), now)


def _ask(session: Session, mail: OutgoingMail, now: datetime) -> None:
    mail.message_id, mail.created_at = random.token_hex(16), now
    mail.claimed_at = mail.sent_at = None
    session.add(mail)
    session.info["mail_waiting"] = True


def claim(session: Session, turn: Turn, *, now: datetime) -> OutgoingMail | None:
    """Take one mail in hand; None when another was quicker."""
    result = session.execute(
        update(OutgoingMail)
        .where(
            OutgoingMail.id == turn.mail_id, OutgoingMail.sent_at.is_(None), OutgoingMail.tries == turn.tries
        )
        .values(claimed_at=now, tries=turn.tries + 1)
        .execution_options(synchronize_session=False)
    )
    return session.get(OutgoingMail, turn.mail_id) if getattr(result, "rowcount", 0) == 1 else None


def mark_sent(mail: OutgoingMail, *, now: datetime) -> None:
    mail.sent_at, mail.secrets = now, {}


def give_up(mail: OutgoingMail) -> None:
    """It stays as not sent, without its secrets, and is not tried again."""
    mail.tries, mail.secrets = TRIES, {}


def call_off(session: Session, user: User, message: str) -> None:
    """What waits of this kind is not sent."""
    waits = OutgoingMail.sent_at.is_(None), OutgoingMail.tries < TRIES
    query = select(OutgoingMail).where(
        OutgoingMail.user_id == user.id, OutgoingMail.message == message, *waits
    )
    for mail in session.scalars(query):
        give_up(mail)
