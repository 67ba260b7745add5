"""Who has looked at what only a few may see: one row for each look."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from placements.db import Model, table


class Look(Model):
    """`noun` and `record_id` name what was seen (`concern`, 7). Append-only; timestamps are always real."""

    __table_args__ = table(Index(None, "noun", "record_id", "id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    actor_id: Mapped[int] = mapped_column(ForeignKey("app_user.id"))
    acting_name: Mapped[str | None]
    noun: Mapped[str]
    record_id: Mapped[int]
