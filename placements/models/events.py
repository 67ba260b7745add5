"""The history: one row for each change of an audited record."""

from __future__ import annotations

import enum
from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from placements.db import Model, table


class Audited:
    """Mark of a model whose changes are written down.

    `history_of` names the record on whose page the change is shown: itself, unless a child says otherwise.
    Columns with `info={"sensitive": True}` leave only the fact that they changed.
    """

    id: Mapped[int]

    def history_of(self) -> tuple[str, int]:
        return str(self.__tablename__), self.id  # type: ignore[attr-defined]


class Action(enum.StrEnum):
    CREATED = "created"
    CHANGED = "changed"
    DELETED = "deleted"


class Event(Model):
    """Who changed what, when, from what, to what. Append-only; timestamps are always real.

    `acting_name` is the person behind an account that several share.
    """

    __table_args__ = table(
        Index(None, "root_table", "root_id", "id"), Index(None, "table_name", "row_id", "id")
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    actor_id: Mapped[int | None]
    acting_name: Mapped[str | None]
    request_id: Mapped[str | None]
    action: Mapped[Action]
    table_name: Mapped[str]
    row_id: Mapped[int]
    root_table: Mapped[str]
    root_id: Mapped[int]
    changes: Mapped[dict[str, Any]]
