"""What was handed out, frozen: the bytes, their checksum and the values printed."""

from __future__ import annotations

import enum
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from placements.db import Model, table


class DocumentKind(enum.StrEnum):
    AGREEMENT = "agreement"
    DIPLOMA = "diploma"


class Document(Model):
    """Never changed, never rendered again from a later template."""

    __table_args__ = table()

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[DocumentKind]
    number: Mapped[str]
    filename: Mapped[str]
    sha256: Mapped[str]
    template_version: Mapped[str]
    printed: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]
    content: Mapped[bytes] = mapped_column(deferred=True)
