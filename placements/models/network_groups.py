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
from placements.models.users import User


class NetworkPlaceStatus(enum.StrEnum):
    WAITING = "waiting"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    LEFT = "left"
    MOVED = "moved"


class MeetingForm(enum.StrEnum):
    TALK = "talk"
    CASE = "case"
    SPARRING = "sparring"


class NetworkGroup(Audited, Versioned, Model):
    """Laid by one programme; `shared_with` are the others whose peers it takes too."""

    __table_args__ = table(CheckConstraint("seats > 0", "seats"))

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    name: Mapped[str]
    partner: Mapped[str | None]
    place: Mapped[str | None]
    seats: Mapped[int]

    programme: Mapped[Programme] = relationship()
    shared_with: Mapped[list[NetworkGroupProgramme]] = relationship(
        cascade="all, delete-orphan", order_by="NetworkGroupProgramme.id"
    )
    facilitators: Mapped[list[NetworkFacilitator]] = relationship(
        cascade="all, delete-orphan", order_by="NetworkFacilitator.id"
    )
    places: Mapped[list[NetworkPlace]] = relationship(
        back_populates="group", cascade="all, delete-orphan", order_by="NetworkPlace.id"
    )
    meetings: Mapped[list[NetworkMeeting]] = relationship(
        back_populates="group", cascade="all, delete-orphan", order_by="NetworkMeeting.starts_at"
    )


class NetworkGroupProgramme(Audited, Model):
    """Another programme whose peers are offered places in the group."""

    __table_args__ = table(UniqueConstraint("group_id", "programme_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("network_group.id"), index=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)

    programme: Mapped[Programme] = relationship()

    def history_of(self) -> tuple[str, int]:
        return "network_group", self.group_id


class NetworkFacilitator(Audited, Model):
    """Who holds the group together: somebody who signs in here, or a name alone."""

    __table_args__ = table(
        CheckConstraint("(user_id IS NULL) <> (name IS NULL)", "who"), UniqueConstraint("group_id", "user_id")
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("network_group.id"), index=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("app_user.id"), index=True)
    name: Mapped[str | None]

    user: Mapped[User | None] = relationship()

    def history_of(self) -> tuple[str, int]:
        return "network_group", self.group_id


class NetworkPlace(Audited, Versioned, Model):
    """A peer's place in a group, or in the line for one. A peer without any is *to be offered*."""

    __table_args__ = table(UniqueConstraint("group_id", "enrolment_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("network_group.id"), index=True)
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"), index=True)
    status: Mapped[NetworkPlaceStatus]
    offered_at: Mapped[datetime | None]
    waiting_since: Mapped[datetime | None]

    group: Mapped[NetworkGroup] = relationship(back_populates="places")
    enrolment: Mapped[Enrolment] = relationship()

    def history_of(self) -> tuple[str, int]:
        return "network_group", self.group_id


class NetworkAnswerLink(Model):
    """The link in the mail about one offer: whoever holds it answers for the peer, and nothing else."""

    __table_args__ = table()

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    place_id: Mapped[int] = mapped_column(ForeignKey("network_place.id"), index=True)
    offered_at: Mapped[datetime | None]
    created_at: Mapped[datetime]

    place: Mapped[NetworkPlace] = relationship()


class NetworkMeeting(Audited, Versioned, Model):
    __table_args__ = table()

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("network_group.id"), index=True)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    theme: Mapped[str]
    form: Mapped[MeetingForm]
    place: Mapped[str | None]
    cancelled_at: Mapped[datetime | None]

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
