"""The keys that badges were signed with, and their places: both stay, so that old badges can be checked."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from placements.db import Model, table
from placements.models.diplomas import Diploma


class BadgeKey(Model):
    """`jwk` is the public part, `thumbprint` its name (RFC 7638)."""

    __table_args__ = table()

    id: Mapped[int] = mapped_column(primary_key=True)
    thumbprint: Mapped[str] = mapped_column(unique=True)
    jwk: Mapped[dict[str, Any]]
    first_used_at: Mapped[datetime]


class BadgePlace(Model):
    """Given for good: no diploma can be deleted whose place it is, or a revoked badge would hold again."""

    __table_args__ = table()

    id: Mapped[int] = mapped_column(primary_key=True)
    place: Mapped[int] = mapped_column(unique=True)
    diploma_id: Mapped[int] = mapped_column(ForeignKey("diploma.id", ondelete="RESTRICT"), unique=True)

    diploma: Mapped[Diploma] = relationship()
