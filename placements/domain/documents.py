"""Freezing what is handed out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from placements.db import one_at_a_time
from placements.models.documents import Document, DocumentKind
from placements.models.seals import Seal


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


class Sealed(Protocol):
    """The same page under a seal: `fingerprint` and `certificate` say whose."""

    @property
    def pdf(self) -> bytes: ...
    @property
    def sha256(self) -> str: ...
    @property
    def fingerprint(self) -> str: ...
    @property
    def certificate(self) -> str: ...
    @property
    def is_test(self) -> bool: ...


def freeze(
    session: Session,
    kind: DocumentKind,
    number: str,
    template: str,
    rendered: Printed,
    values: Mapping[str, Any],
    *,
    sealed: Sealed | None = None,
    now: datetime,
) -> Document:
    """Keep the bytes, their sha256, what they were printed from and whose seal they bear: never changed."""
    kept = sealed or rendered
    document = Document(
        kind=kind,
        number=number,
        template=template,
        filename=rendered.filename,
        sha256=kept.sha256,
        page_sha256=rendered.sha256,
        template_version=rendered.template_version,
        printed=dict(values),
        created_at=now,
        content=kept.pdf,
        seal=_seal_of(session, sealed, now=now) if sealed else None,
    )
    session.add(document)
    return document


def _seal_of(session: Session, sealed: Sealed, *, now: datetime) -> Seal:
    """The row of its certificate, made with the first document that bears it."""
    known = select(Seal).where(Seal.fingerprint == sealed.fingerprint)
    if (seal := session.scalar(known)) is not None:
        return seal
    one_at_a_time(session, f"seal {sealed.fingerprint}")
    if (seal := session.scalar(known)) is not None:
        return seal
    seal = Seal(
        fingerprint=sealed.fingerprint,
        certificate=sealed.certificate,
        is_test=sealed.is_test,
        first_used_at=now,
    )
    session.add(seal)
    session.flush()
    return seal
