"""What staff know of a unit's quality, and when it is to be looked at again. For staff alone."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from placements.db import Model, table
from placements.models.events import Audited
from placements.models.hosts import Unit
from placements.models.users import User


class QualityReview(Audited, Model):
    """Written once. Not told in the unit's history: hosts read that."""

    __table_args__ = table()

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("app_user.id"))
    reviewed_on: Mapped[date]
    review_again_on: Mapped[date | None]
    note: Mapped[str]

    unit: Mapped[Unit] = relationship()
    author: Mapped[User] = relationship()
