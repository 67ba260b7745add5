"""Forms that have been sent, so that two fast clicks, or a retry, make one change."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from placements.db import Model, table


class SentForm(Model):
    """One showing of one form. `location` is where its answer led, once there is one."""

    __table_args__ = table()

    id: Mapped[int] = mapped_column(primary_key=True)
    key_hash: Mapped[str] = mapped_column(unique=True)
    location: Mapped[str | None]
    created_at: Mapped[datetime] = mapped_column(index=True)
