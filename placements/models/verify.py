"""Codes that nobody has, and links asked for, from one network: kept for a quarter of an hour."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from placements.db import Model, table


class WrongCode(Model):
    """That a code was wrong, or a link asked for, and where it came from; never the code or the address."""

    __table_args__ = table(Index(None, "address_hash", "tried_at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    address_hash: Mapped[str]
    tried_at: Mapped[datetime] = mapped_column(index=True)
