"""How often somebody has tried the code that is shown in class: guessing is slowed down."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from placements.db import Model, table


class CheckInTry(Model):
    """Kept for the few minutes that count."""

    __table_args__ = table(Index(None, "user_id", "tried_at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("app_user.id"))
    tried_at: Mapped[datetime]
