"""The outbox: a mail is asked for in the transaction that causes it, written and sent after the commit."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from placements.db import Model, table
from placements.models.applications import Application
from placements.models.users import User


class OutgoingMail(Model):
    """`message` names a folder under `placements/mail/`; `path` is the task it leads to.

    It goes to a user, or to somebody who has applied and is none; their address is in the application.

    `secrets` (a sign-in link and code, or the place that a link answers for) is emptied once it is sent.
    """

    __table_args__ = table(Index(None, "path", "user_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[str] = mapped_column(unique=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("app_user.id"), index=True)
    application_id: Mapped[int | None] = mapped_column(
        ForeignKey("application.id", ondelete="CASCADE"), index=True
    )
    message: Mapped[str]
    path: Mapped[str | None]
    secrets: Mapped[dict[str, Any]] = mapped_column(default=dict)
    created_at: Mapped[datetime]
    claimed_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None] = mapped_column(index=True)
    tries: Mapped[int] = mapped_column(default=0)

    user: Mapped[User | None] = relationship()
    application: Mapped[Application | None] = relationship()
