"""The last time every kept document was read through, and which of them were not as they were kept."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from placements.db import Model, table


class DocumentCheck(Model):
    """One row at most; `documents` is how many were read.

    `printed` is how many of those that we made there must be up to `newest_id`, `missing` among them.
    """

    __table_args__ = table()

    id: Mapped[int] = mapped_column(primary_key=True)
    checked_at: Mapped[datetime]
    documents: Mapped[int]
    printed: Mapped[int]
    newest_id: Mapped[int]
    missing: Mapped[int]


class ChangedDocument(Model):
    """Found by the last check: the bytes have another checksum than the one kept with them."""

    __table_args__ = table()

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id", ondelete="CASCADE"), unique=True)
