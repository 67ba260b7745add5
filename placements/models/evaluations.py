"""Evaluations of a cohort, before and after (H-21, V-14). What somebody answered is kept of nobody.

There is no row for an answer, only how many gave each: see docs/decisions.
"""

from __future__ import annotations

import enum
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from placements.db import Model, Versioned, table
from placements.models.cohorts import Cohort
from placements.models.events import Audited
from placements.models.programmes import Programme, ProgrammePart
from placements.models.users import User


class Moment(enum.StrEnum):
    BEFORE = "before"
    AFTER = "after"


class QuestionKind(enum.StrEnum):
    SCALE = "scale"
    YES_NO = "yes_no"
    CHOICE = "choice"


class Measure(enum.StrEnum):
    """The two that every evaluation has, so that years can be compared (V-14)."""

    SELF_SUPPORTING = "self_supporting"
    CONTRIBUTED = "contributed"


class EvaluationQuestion(ProgrammePart, Versioned, Model):
    """A programme's own question, for the evaluations sent from now on. `options` of a choice alone."""

    __table_args__ = table()

    id: Mapped[int] = mapped_column(primary_key=True)
    moment: Mapped[Moment]
    kind: Mapped[QuestionKind]
    text: Mapped[str]
    options: Mapped[list[str]] = mapped_column(default=list)

    programme: Mapped[Programme] = relationship()


class Evaluation(Audited, Versioned, Model):
    """One sending to one cohort, with the questions of that day. Figures are shown once it is closed."""

    __table_args__ = table(UniqueConstraint("cohort_id", "moment"))

    id: Mapped[int] = mapped_column(primary_key=True)
    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohort.id"))
    moment: Mapped[Moment]
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]

    cohort: Mapped[Cohort] = relationship()
    items: Mapped[list[EvaluationItem]] = relationship(
        back_populates="evaluation", cascade="all, delete-orphan", order_by="EvaluationItem.position"
    )
    invitations: Mapped[list[EvaluationInvitation]] = relationship(
        back_populates="evaluation", cascade="all, delete-orphan", order_by="EvaluationInvitation.id"
    )

    def history_of(self) -> tuple[str, int]:
        return "cohort", self.cohort_id


class EvaluationItem(Model):
    """A question as it was when it was asked."""

    __table_args__ = table(UniqueConstraint("evaluation_id", "position"))

    id: Mapped[int] = mapped_column(primary_key=True)
    evaluation_id: Mapped[int] = mapped_column(ForeignKey("evaluation.id"))
    position: Mapped[int]
    kind: Mapped[QuestionKind]
    measure: Mapped[Measure | None]
    text: Mapped[str]
    options: Mapped[list[str]] = mapped_column(default=list)

    evaluation: Mapped[Evaluation] = relationship(back_populates="items")
    tallies: Mapped[list[EvaluationTally]] = relationship(
        back_populates="item", cascade="all, delete-orphan", order_by="EvaluationTally.value"
    )


class EvaluationTally(Model):
    """How many gave this answer. All tallies of an evaluation are there from the beginning, at zero."""

    __table_args__ = table(UniqueConstraint("item_id", "value"), CheckConstraint("number >= 0", "number"))

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("evaluation_item.id"))
    value: Mapped[int]
    number: Mapped[int] = mapped_column(default=0)

    item: Mapped[EvaluationItem] = relationship(back_populates="tallies")


class EvaluationInvitation(Model):
    """Somebody was asked, and whether they have answered; never when, never what."""

    __table_args__ = table(UniqueConstraint("evaluation_id", "user_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    evaluation_id: Mapped[int] = mapped_column(ForeignKey("evaluation.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("app_user.id"), index=True)
    answered: Mapped[bool] = mapped_column(default=False)

    evaluation: Mapped[Evaluation] = relationship(back_populates="invitations")
    user: Mapped[User] = relationship()


class EvaluationLink(Model):
    """A mailed link, as a digest: each mail has its own, and all of them lead to the one answer."""

    __table_args__ = table()

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    invitation_id: Mapped[int] = mapped_column(ForeignKey("evaluation_invitation.id"), index=True)

    invitation: Mapped[EvaluationInvitation] = relationship()
