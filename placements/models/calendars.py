"""A calendar to subscribe to: whoever holds its address sees when its owner is to be where."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from placements.db import Model, table
from placements.models.users import User


class CalendarLink(Model):
    """The token is kept as it is, to be shown again; a new one puts the old out of force."""

    __table_args__ = table()

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("app_user.id"), unique=True)
    token: Mapped[str] = mapped_column(unique=True)
    made_at: Mapped[datetime]

    user: Mapped[User] = relationship()
