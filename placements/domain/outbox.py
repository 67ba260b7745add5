"""Mails asked for: written down with the change that causes them, delivered after the commit."""

from __future__ import annotations

import secrets as random
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from placements.models.mails import OutgoingMail
from placements.models.users import User

LEASE = timedelta(minutes=2)
TRIES = 10


def notify(
    session: Session,
    user: User,
    message: str,
    *,
    path: str | None = None,
    secrets: dict[str, Any] | None = None,
    now: datetime,
) -> None:
    """Ask for a mail: `message` names its folder, `path` the page of the task. Nothing worth stealing goes into it."""
    session.add(
        OutgoingMail(
            message_id=random.token_hex(16),
            user_id=user.id,
            message=message,
            path=path,
            secrets=secrets or {},
            created_at=now,
            claimed_at=None,
            sent_at=None,
        )
    )
    session.info["mail_waiting"] = True


def waiting(session: Session, *, now: datetime) -> list[int]:
    """Ids of mails to send: not sent, and not in somebody's hands just now."""
    return list(
        session.scalars(
            select(OutgoingMail.id)
            .where(
                OutgoingMail.sent_at.is_(None),
                OutgoingMail.tries < TRIES,
                or_(OutgoingMail.claimed_at.is_(None), OutgoingMail.claimed_at < now - LEASE),
            )
            .order_by(OutgoingMail.id)
            .limit(100)
        )
    )


def claim(session: Session, mail_id: int, *, now: datetime) -> OutgoingMail | None:
    """Take one mail in hand for two minutes; None when another was quicker."""
    result = session.execute(
        update(OutgoingMail)
        .where(
            OutgoingMail.id == mail_id,
            OutgoingMail.sent_at.is_(None),
            or_(OutgoingMail.claimed_at.is_(None), OutgoingMail.claimed_at < now - LEASE),
        )
        .values(claimed_at=now, tries=OutgoingMail.tries + 1)
        .execution_options(synchronize_session=False)
    )
    return session.get(OutgoingMail, mail_id) if getattr(result, "rowcount", 0) == 1 else None


def mark_sent(mail: OutgoingMail, *, now: datetime) -> None:
    mail.sent_at, mail.secrets = now, {}
