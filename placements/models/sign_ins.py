"""Signing in: what was asked for, which sessions live, which task a mailed link opens."""

from __future__ import annotations

import enum
from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from placements.db import Model, table
from placements.models.users import User


class SignInMethod(enum.StrEnum):
    """How somebody came in; a signature says it too."""

    MAILED_LINK = "mailed_link"
    CODE = "code"
    OPERATOR_LINK = "operator_link"


class SignInChallenge(Model):
    """One request to sign in: a link and a code, each usable once, by the browser that asked.

    The user is empty when the address is unknown (same work, same answer). An operator's link has no browser.
    """

    __table_args__ = table(Index(None, "email_hash", "created_at"), Index(None, "address_hash", "created_at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("app_user.id"), index=True)
    email_hash: Mapped[str]
    address_hash: Mapped[str]
    token_hash: Mapped[str] = mapped_column(unique=True)
    code_hash: Mapped[str | None]
    browser_hash: Mapped[str | None]
    next_path: Mapped[str | None]
    created_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0)

    user: Mapped[User | None] = relationship()


class UserSession(Model):
    """A signed-in browser. Ending it is real: the cookie holds its random key only.

    `acting_name`: who, of those who share the account, said last that it was them.
    """

    __table_args__ = table()

    id: Mapped[int] = mapped_column(primary_key=True)
    key_hash: Mapped[str] = mapped_column(unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("app_user.id"), index=True)
    method: Mapped[SignInMethod]
    acting_name: Mapped[str | None]
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    user: Mapped[User] = relationship()


class TaskLink(Model):
    """A link in a task mail: says who it was for and where it leads, and gives no right by itself."""

    __table_args__ = table()

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("app_user.id"), index=True)
    path: Mapped[str]
    created_at: Mapped[datetime]

    user: Mapped[User] = relationship()
