"""Peer learning groups (H-19, D-04): places offered, meetings held. Attendance yes, stories no."""

from __future__ import annotations

import enum
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from placements.db import Model, Versioned, table
from placements.models.enrolments import Enrolment
from placements.models.events import Audited
from placements.models.programmes import Programme


class NetworkPlaceStatus(enum.StrEnum):
    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    LEFT = "left"


class MeetingForm(enum.StrEnum):
    TALK = "talk"
    CASE = "case"
    SPARRING = "sparring"


class NetworkGroup(Audited, Versioned, Model):
    __table_args__ = table(CheckConstraint("seats > 0", "seats"))

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    name: Mapped[str]
    partner: Mapped[str | None]
    place: Mapped[str | None]
    seats: Mapped[int]

    programme: Mapped[Programme] = relationship()
    places: Mapped[list[NetworkPlace]] = relationship(
        back_populates="group", cascade="all, delete-orphan", order_by="NetworkPlace.id"
    )
    meetings: Mapped[list[NetworkMeeting]] = relationship(
        back_populates="group", cascade="all, delete-orphan", order_by="NetworkMeeting.starts_at"
    )


class NetworkPlace(Audited, Versioned, Model):
    """A peer's place in a group. A peer without one is *to be offered*."""

    __table_args__ = table(UniqueConstraint("group_id", "enrolment_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("network_group.id"), index=True)
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"), index=True)
    status: Mapped[NetworkPlaceStatus] = mapped_column(default=NetworkPlaceStatus.OFFERED)
    offered_at: Mapped[datetime]

    group: Mapped[NetworkGroup] = relationship(back_populates="places")
    enrolment: Mapped[Enrolment] = relationship()

    def history_of(self) -> tuple[str, int]:
        return "network_group", self.group_id


class NetworkMeeting(Audited, Versioned, Model):
    __table_args__ = table()

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("network_group.id"), index=True)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    theme: Mapped[str]
    form: Mapped[MeetingForm]
    place: Mapped[str | None]

    group: Mapped[NetworkGroup] = relationship(back_populates="meetings")
    attendances: Mapped[list[NetworkAttendance]] = relationship(
        back_populates="meeting", cascade="all, delete-orphan"
    )

    def history_of(self) -> tuple[str, int]:
        return "network_group", self.group_id


class NetworkAttendance(Audited, Model):
    __table_args__ = table(UniqueConstraint("meeting_id", "enrolment_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("network_meeting.id"), index=True)
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"), index=True)
    present: Mapped[bool]

    meeting: Mapped[NetworkMeeting] = relationship(back_populates="attendances")
    enrolment: Mapped[Enrolment] = relationship()

    def history_of(self) -> tuple[str, int]:
        return "network_group", self.meeting.group_id
