"""How somebody stands with the completion rules, exceptions from them (H-18), and warnings that were sent."""

from __future__ import annotations

import enum
from datetime import date, datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from placements.db import Model, Versioned, table
from placements.models.enrolments import Enrolment
from placements.models.events import Audited
from placements.models.programmes import Module
from placements.models.users import User


class CompletionRule(enum.StrEnum):
    """What a programme can ask of somebody who completes it."""

    ATTENDANCE = "attendance"
    COMPULSORY = "compulsory"
    DEADLINE = "deadline"
    PRACTICUM_WEEKS = "practicum_weeks"
    PRACTICUM_HOURS = "practicum_hours"
    FOLLOW_UP_DAYS = "follow_up_days"


class Verdict(enum.StrEnum):
    """How a rule stands for one person."""

    MET = "met"
    NOT_YET = "not_yet"
    LOST = "lost"


class CompletionException(Audited, Versioned, Model):
    """The rule counts as met for this person, or for `module` alone. Taken back, it stays written."""

    __table_args__ = table()

    id: Mapped[int] = mapped_column(primary_key=True)
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"), index=True)
    rule: Mapped[CompletionRule]
    module_id: Mapped[int | None] = mapped_column(ForeignKey("module.id"), index=True)
    reason: Mapped[str] = mapped_column(info={"sensitive": True})
    given_by_id: Mapped[int] = mapped_column(ForeignKey("app_user.id"), index=True)
    given_on: Mapped[date]
    withdrawn_on: Mapped[date | None]

    enrolment: Mapped[Enrolment] = relationship()
    module: Mapped[Module | None] = relationship()
    given_by: Mapped[User] = relationship()

    def history_of(self) -> tuple[str, int]:
        return "enrolment", self.enrolment_id


class ThresholdWarning(Model):
    """Somebody has been told that little more may be missed: of `module`, or of everything.

    It goes when they have recovered, so that they are told again if it falls anew. Whom they named outside is
    told when something was missed: in a short module that is later than the participant.
    """

    __table_args__ = table(UniqueConstraint("enrolment_id", "module_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"))
    module_id: Mapped[int | None] = mapped_column(ForeignKey("module.id"), index=True)
    warned_at: Mapped[datetime]
    outside_told_at: Mapped[datetime | None]
