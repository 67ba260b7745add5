"""Reviewing applications: who reads which, the scores, conflicts of interest, interviews, and the order.

Whatever somebody writes about an applicant is encrypted, bound to its row's own `uid`. All of it goes with
the application.
"""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from placements.db import Model, Versioned, table
from placements.models.applications import Application
from placements.models.cohorts import Cohort
from placements.models.users import User


def _uid() -> str:
    return secrets.token_hex(16)


class ApplicationReviewPlan(Versioned, Model):
    """How a cohort's applications are reviewed. `weights` are by the criterion's key, 1 where none is said.

    `reviewer_ids`: who takes part; empty: all coordinators and teachers of the programme.
    """

    __table_args__ = table()

    id: Mapped[int] = mapped_column(primary_key=True)
    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohort.id"), unique=True)
    anonymous: Mapped[bool] = mapped_column(default=False)
    weights: Mapped[dict[str, Any]] = mapped_column(default=dict)
    reviewer_ids: Mapped[list[int]] = mapped_column(default=list)

    cohort: Mapped[Cohort] = relationship()


class ApplicationReview(Versioned, Model):
    """One reviewer's reading of one application; a draft until `submitted_at`."""

    __table_args__ = table(UniqueConstraint("application_id", "reviewer_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id", ondelete="CASCADE"))
    reviewer_id: Mapped[int] = mapped_column(ForeignKey("app_user.id"), index=True)
    assigned_at: Mapped[datetime]
    saved_at: Mapped[datetime | None]
    submitted_at: Mapped[datetime | None]

    application: Mapped[Application] = relationship()
    reviewer: Mapped[User] = relationship()
    scores: Mapped[list[ApplicationScore]] = relationship(
        back_populates="review", cascade="all, delete-orphan", order_by="ApplicationScore.id"
    )


class ApplicationScore(Model):
    """One to five for a criterion, and why. `criterion` is its key."""

    __table_args__ = table(UniqueConstraint("review_id", "criterion"))

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(unique=True, default=_uid)
    review_id: Mapped[int] = mapped_column(ForeignKey("application_review.id", ondelete="CASCADE"))
    criterion: Mapped[str]
    points: Mapped[int | None]
    reason: Mapped[str | None]

    review: Mapped[ApplicationReview] = relationship(back_populates="scores")


class ApplicationConflict(Model):
    """This person is too near to this applicant. Why, nobody asks."""

    __table_args__ = table(UniqueConstraint("application_id", "reviewer_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id", ondelete="CASCADE"))
    reviewer_id: Mapped[int] = mapped_column(ForeignKey("app_user.id"), index=True)


class ApplicationInterview(Model):
    """A time that one applicant can book (D-02); free while `application_id` is empty."""

    __table_args__ = table(Index(None, "cohort_id", "starts_at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohort.id"))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    place: Mapped[str]
    application_id: Mapped[int | None] = mapped_column(
        ForeignKey("application.id", ondelete="SET NULL"), unique=True
    )

    cohort: Mapped[Cohort] = relationship()


class ApplicationNote(Versioned, Model):
    """What one person has noted of an interview."""

    __table_args__ = table(UniqueConstraint("application_id", "author_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(unique=True, default=_uid)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id", ondelete="CASCADE"))
    author_id: Mapped[int] = mapped_column(ForeignKey("app_user.id"), index=True)
    text: Mapped[str]
    written_at: Mapped[datetime]

    author: Mapped[User] = relationship()


class ApplicationDeviation(Model):
    """The coordinator has put an application at another place than the points do, for a written reason."""

    __table_args__ = table()

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(unique=True, default=_uid)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id", ondelete="CASCADE"), index=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("app_user.id"), index=True)
    place: Mapped[int]
    reason: Mapped[str]
    decided_at: Mapped[datetime]

    application: Mapped[Application] = relationship()
    author: Mapped[User] = relationship()
