"""A signature, whatever it stands under: what an agreement's and an amendment's have in common."""

from __future__ import annotations

import enum
from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from placements.models.documents import Document
from placements.models.sign_ins import SignInMethod


class Party(enum.StrEnum):
    STUDENT = "student"
    HOST = "host"
    COORDINATOR = "coordinator"
    EMPLOYEE_REPRESENTATIVE = "employee_representative"


class SignatureMethod(enum.StrEnum):
    """How it was given: signed in by a mailed link or code, by an operator's link, or with a pen."""

    MAILED_LINK = SignInMethod.MAILED_LINK.value
    CODE = SignInMethod.CODE.value
    OPERATOR_LINK = SignInMethod.OPERATOR_LINK.value
    PAPER = "paper"


class Light(enum.StrEnum):
    """How a party's signature stands: computed, never stored."""

    RED = "red"
    AMBER = "amber"
    GREEN = "green"


class Signed:
    """The name is kept as it was written that day, and the sha256 of the very document that was signed.

    With a pen: `user_id` is who recorded it, `signed_on` the date on the paper, `scan` the paper itself.
    Method and checksum are empty only for signatures older than they are.
    """

    party: Mapped[Party]
    user_id: Mapped[int] = mapped_column(ForeignKey("app_user.id"), index=True)
    name: Mapped[str]
    signed_at: Mapped[datetime]
    method: Mapped[SignatureMethod | None]
    sha256: Mapped[str | None]
    signed_on: Mapped[date | None]
    scan_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))

    @declared_attr
    def scan(cls) -> Mapped[Document | None]:  # noqa: N805
        return relationship(Document)
