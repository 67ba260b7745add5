"""The mid-way talk and the final evaluation: what the host wrote and what the student answered."""

from __future__ import annotations

import enum
from datetime import date, datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from placements.db import Model, Versioned, table
from placements.models.events import Audited
from placements.models.placements import Placement


class TalkKind(enum.StrEnum):
    MIDWAY = "midway"
    FINAL = "final"


class TalkStatus(enum.StrEnum):
    PLANNED = "planned"
    WRITTEN = "written"
    SHARED = "shared"
    DISAGREED = "disagreed"
    CLOSED = "closed"


class Progress(enum.StrEnum):
    """How far somebody is with a group of the learning outcomes (H-05)."""

    NOT_SEEN = "not_seen"
    ON_THE_WAY = "on_the_way"
    REACHES = "reaches"
    BEYOND = "beyond"


class Talk(Audited, Versioned, Model):
    """`shared_by_name` and `answered_by_name` are the two signatures: as they were written that day.

    `held_on` is the planned day until the talk is written.
    """

    __table_args__ = table(UniqueConstraint("placement_id", "kind"))

    id: Mapped[int] = mapped_column(primary_key=True)
    placement_id: Mapped[int] = mapped_column(ForeignKey("placement.id"))
    kind: Mapped[TalkKind]
    status: Mapped[TalkStatus] = mapped_column(default=TalkStatus.PLANNED)
    held_on: Mapped[date]
    goes_well: Mapped[str | None] = mapped_column(info={"sensitive": True})
    to_work_on: Mapped[str | None] = mapped_column(info={"sensitive": True})
    next_steps: Mapped[str | None] = mapped_column(info={"sensitive": True})
    saved_at: Mapped[datetime | None]
    shared_at: Mapped[datetime | None]
    shared_by_id: Mapped[int | None] = mapped_column(ForeignKey("app_user.id"), index=True)
    shared_by_name: Mapped[str | None]
    student_words: Mapped[str | None] = mapped_column(info={"sensitive": True})
    answered_at: Mapped[datetime | None]
    answered_by_name: Mapped[str | None]
    agrees: Mapped[bool | None]
    closed_at: Mapped[datetime | None]
    closed_by_name: Mapped[str | None]

    placement: Mapped[Placement] = relationship()
    marks: Mapped[list[TalkMark]] = relationship(
        back_populates="talk", cascade="all, delete-orphan", order_by="TalkMark.position"
    )

    def history_of(self) -> tuple[str, int]:
        return "placement", self.placement_id


class TalkMark(Model):
    """One group of learning outcomes; its title is kept, because a programme may be written anew."""

    __table_args__ = table(UniqueConstraint("talk_id", "position"))

    id: Mapped[int] = mapped_column(primary_key=True)
    talk_id: Mapped[int] = mapped_column(ForeignKey("talk.id"))
    position: Mapped[int]
    title: Mapped[str]
    progress: Mapped[Progress]

    talk: Mapped[Talk] = relationship(back_populates="marks")
