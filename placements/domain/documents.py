"""Freezing what is handed out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy.orm import Session

from placements.models.documents import Document, DocumentKind


class Printed(Protocol):
    """What the printer gives back."""

    @property
    def pdf(self) -> bytes: ...
    @property
    def sha256(self) -> str: ...
    @property
    def template_version(self) -> str: ...
    @property
    def filename(self) -> str: ...


def freeze(
    session: Session,
    kind: DocumentKind,
    number: str,
    rendered: Printed,
    values: Mapping[str, Any],
    *,
    now: datetime,
) -> Document:
    """Keep the bytes, their sha256, the template's version and the values printed, never to be changed."""
    document = Document(
        kind=kind,
        number=number,
        filename=rendered.filename,
        sha256=rendered.sha256,
        template_version=rendered.template_version,
        printed=dict(values),
        created_at=now,
        content=rendered.pdf,
    )
    session.add(document)
    return document
