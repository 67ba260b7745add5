"""Who was there, in minutes; who said beforehand that they would not be."""

from __future__ import annotations

import enum
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from placements.db import Model, Versioned, table
from placements.models.enrolments import Enrolment
from placements.models.events import Audited
from placements.models.follow_up_days import AttendanceStatus
from placements.models.programmes import Programme
from placements.models.teaching import TeachingSession


class AbsenceReason(enum.StrEnum):
    """A class, never a story: what lies behind it is nobody's business."""

    ILLNESS = "illness"
    WORK = "work"
    FAMILY = "family"
    APPOINTMENT = "appointment"
    OTHER = "other"


class OwnStatus(Audited, Versioned, Model):
    """A programme's own word in the register, and which of the three it counts as."""

    __table_args__ = table(UniqueConstraint("programme_id", "name"))

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    name: Mapped[str]
    counts_as: Mapped[AttendanceStatus]
    active: Mapped[bool] = mapped_column(default=True)

    programme: Mapped[Programme] = relationship(back_populates="statuses")

    def history_of(self) -> tuple[str, int]:
        return "programme", self.programme_id


class Attendance(Audited, Model):
    """One participant at one session. `late_minutes` and `early_minutes` are what somebody present missed.

    `status` is what it counts as, whatever the programme's own word for it. A reason is kept only of somebody
    excused. `checked_in_at`: they have said so themselves, by the code that is shown in class.
    """

    __table_args__ = table(
        UniqueConstraint("session_id", "enrolment_id"),
        CheckConstraint("late_minutes >= 0 AND early_minutes >= 0", "minutes"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("teaching_session.id"))
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"), index=True)
    status: Mapped[AttendanceStatus]
    own_status_id: Mapped[int | None] = mapped_column(ForeignKey("own_status.id"), index=True)
    late_minutes: Mapped[int] = mapped_column(default=0)
    early_minutes: Mapped[int] = mapped_column(default=0)
    reason: Mapped[AbsenceReason | None] = mapped_column(info={"sensitive": True})
    checked_in_at: Mapped[datetime | None]

    session: Mapped[TeachingSession] = relationship()
    enrolment: Mapped[Enrolment] = relationship()
    own_status: Mapped[OwnStatus | None] = relationship()

    def history_of(self) -> tuple[str, int]:
        return "teaching_session", self.session_id


class AbsenceNotice(Audited, Model):
    """A participant has said beforehand that they will not come; taken back, it leaves no row."""

    __table_args__ = table(UniqueConstraint("session_id", "enrolment_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("teaching_session.id"))
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"), index=True)
    reason: Mapped[AbsenceReason] = mapped_column(info={"sensitive": True})
    given_at: Mapped[datetime]

    session: Mapped[TeachingSession] = relationship()
    enrolment: Mapped[Enrolment] = relationship()

    def history_of(self) -> tuple[str, int]:
        return "enrolment", self.enrolment_id


class SessionGuest(Audited, Model):
    """Somebody who was there without being on the cohort."""

    __table_args__ = table()

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("teaching_session.id"), index=True)
    name: Mapped[str]

    session: Mapped[TeachingSession] = relationship()

    def history_of(self) -> tuple[str, int]:
        return "teaching_session", self.session_id
