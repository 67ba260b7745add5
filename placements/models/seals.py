"""Seals: whose certificate a frozen document was sealed with, also after the key is changed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from placements.db import Model, table


class Seal(Model):
    """`fingerprint` is the sha256 of the certificate (hexadecimal), `certificate` the PEM text.

    `is_test`: made by the application itself on its first run, so that it proves nothing to outsiders.
    """

    __table_args__ = table()

    id: Mapped[int] = mapped_column(primary_key=True)
    fingerprint: Mapped[str] = mapped_column(unique=True)
    certificate: Mapped[str]
    is_test: Mapped[bool]
    first_used_at: Mapped[datetime]
