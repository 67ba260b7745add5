"""The keys that badges were signed with: they stay published, so that old badges can be checked."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from placements.db import Model, table


class BadgeKey(Model):
    """`jwk` is the public part, `thumbprint` its name (RFC 7638)."""

    __table_args__ = table()

    id: Mapped[int] = mapped_column(primary_key=True)
    thumbprint: Mapped[str] = mapped_column(unique=True)
    jwk: Mapped[dict[str, Any]]
    first_used_at: Mapped[datetime]
