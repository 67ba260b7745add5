"""What a peer does at work, in shares, and that somebody has been admitted (H-07)."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from placements.db import Model, Versioned, table
from placements.models.enrolments import Enrolment
from placements.models.events import Audited
from placements.models.offer_tasks import TaskKind
from placements.models.users import User


class Admission(Audited, Versioned, Model):
    """The work of one peer; `admitted_on` is empty until the coordinator has admitted them."""

    __table_args__ = table()

    id: Mapped[int] = mapped_column(primary_key=True)
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"), unique=True)
    admitted_on: Mapped[date | None]

    enrolment: Mapped[Enrolment] = relationship()
    tasks: Mapped[list[PeerTask]] = relationship(
        back_populates="admission", cascade="all, delete-orphan", order_by="PeerTask.position"
    )
    exceptions: Mapped[list[AdmissionException]] = relationship(
        back_populates="admission", cascade="all, delete-orphan", order_by="AdmissionException.id"
    )

    def history_of(self) -> tuple[str, int]:
        return "enrolment", self.enrolment_id


class PeerTask(Audited, Model):
    """One task; `percent` of the peer's time at work."""

    __table_args__ = table(
        UniqueConstraint("admission_id", "position"), CheckConstraint("percent BETWEEN 1 AND 100", "percent")
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    admission_id: Mapped[int] = mapped_column(ForeignKey("admission.id"))
    position: Mapped[int]
    text: Mapped[str]
    kind: Mapped[TaskKind]
    percent: Mapped[int]

    admission: Mapped[Admission] = relationship(back_populates="tasks")

    def history_of(self) -> tuple[str, int]:
        return "enrolment", self.admission.enrolment_id


class AdmissionException(Audited, Model):
    """A coordinator has written why fewer peer tasks than two thirds will do: who, when, why.

    It holds for the share it was given for, and for more, never for less.
    """

    __table_args__ = table()

    id: Mapped[int] = mapped_column(primary_key=True)
    admission_id: Mapped[int] = mapped_column(ForeignKey("admission.id"), index=True)
    peer_percent: Mapped[int]
    reason: Mapped[str]
    granted_by_id: Mapped[int] = mapped_column(ForeignKey("app_user.id"), index=True)
    granted_at: Mapped[datetime]

    admission: Mapped[Admission] = relationship(back_populates="exceptions")
    granted_by: Mapped[User] = relationship()

    def history_of(self) -> tuple[str, int]:
        return "enrolment", self.admission.enrolment_id
