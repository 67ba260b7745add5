"""A cohort's workbook on its way in: kept between the preview and the confirmation, for a day at most."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from placements.db import Model, table


class CohortImport(Model):
    """One person's upload for one cohort; a new one takes the place of the old.

    `fixes` says what to read at a place instead of what stands there: `{"Studerende!D7": "Viborg"}`; a row
    (`"Studerende!7"`) with nothing is passed over. Once it is in, `content` is gone and `result` counts.
    """

    __table_args__ = table(UniqueConstraint("cohort_id", "user_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohort.id"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("app_user.id"), index=True)
    filename: Mapped[str]
    content: Mapped[bytes | None] = mapped_column(deferred=True)
    fixes: Mapped[dict[str, Any]] = mapped_column(default=dict)
    result: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    created_at: Mapped[datetime] = mapped_column(index=True)
