"""People who sign in, and what each may do where."""

from __future__ import annotations

import enum
from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from placements.db import Model, Versioned, table
from placements.models.events import Audited


class Role(enum.StrEnum):
    ADMIN = "admin"
    COORDINATOR = "coordinator"
    TEACHER = "teacher"
    HOST = "host"
    STUDENT = "student"


class User(Audited, Versioned, Model):
    """A person: staff, host or participant. The address is kept in lower case.

    `shared`: a mailbox of several people, who say with each act which of them it is.
    """

    __tablename__ = "app_user"
    __table_args__ = table()

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    phone: Mapped[str | None]
    locale: Mapped[str] = mapped_column(default="da")
    active: Mapped[bool] = mapped_column(default=True)
    shared: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]

    grants: Mapped[list[RoleGrant]] = relationship(back_populates="user", cascade="all, delete-orphan")


class RoleGrant(Audited, Model):
    """One role of one person: coordinators and teachers in a programme, hosts at a unit."""

    __table_args__ = table(UniqueConstraint("user_id", "role", "programme_id", "unit_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("app_user.id"), index=True)
    role: Mapped[Role]
    programme_id: Mapped[int | None] = mapped_column(ForeignKey("programme.id"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)

    user: Mapped[User] = relationship(back_populates="grants")

    def history_of(self) -> tuple[str, int]:
        return "app_user", self.user_id
