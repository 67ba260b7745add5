"""What was handed out, frozen: the bytes, their checksum and the values printed."""

from __future__ import annotations

import enum
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from placements.db import Model, table
from placements.models.seals import Seal


class DocumentKind(enum.StrEnum):
    AGREEMENT = "agreement"
    DIPLOMA = "diploma"


class Document(Model):
    """Never changed, never rendered again from a later template.

    `sha256` is that of `content`; `page_sha256` that of the page as it was printed, before its seal:
    `template` and `printed` give it again as long as the templates are of the same version.
    """

    __table_args__ = table()

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[DocumentKind]
    number: Mapped[str]
    template: Mapped[str | None]
    filename: Mapped[str]
    sha256: Mapped[str] = mapped_column(index=True)
    template_version: Mapped[str]
    printed: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]
    content: Mapped[bytes] = mapped_column(deferred=True)
    page_sha256: Mapped[str | None] = mapped_column(index=True)
    seal_id: Mapped[int | None] = mapped_column(ForeignKey("seal.id"))

    seal: Mapped[Seal | None] = relationship()
