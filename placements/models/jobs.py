"""Long work that runs by itself: who asked for it, for which cohort or for all, and how far it is."""

from __future__ import annotations

import enum
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from placements.db import Model, table
from placements.models.cohorts import Cohort
from placements.models.users import User


class JobKind(enum.StrEnum):
    DRAFT_AGREEMENTS = "draft_agreements"
    SEND_AGREEMENTS = "send_agreements"
    PRINT_AGREEMENTS = "print_agreements"
    ISSUE_DIPLOMAS = "issue_diplomas"
    ISSUE_CERTIFICATES = "issue_certificates"
    PRINT_DIPLOMAS = "print_diplomas"


class Job(Model):
    """Without a cohort it is for all that whoever asked for it coordinates.

    `filename` names what it made, in the job's own folder, until that is thrown away.
    """

    __table_args__ = table(Index(None, "cohort_id", "id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[JobKind]
    cohort_id: Mapped[int | None] = mapped_column(ForeignKey("cohort.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("app_user.id"), index=True)
    created_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None] = mapped_column(index=True)
    cancelled_at: Mapped[datetime | None]
    filename: Mapped[str | None]

    cohort: Mapped[Cohort | None] = relationship()
    user: Mapped[User] = relationship()


class JobItem(Model):
    """One record of the work, a placement or an enrolment; `refusal` says why it was left as it is."""

    __table_args__ = table(
        UniqueConstraint("job_id", "placement_id"),
        UniqueConstraint("job_id", "enrolment_id"),
        CheckConstraint("(placement_id IS NULL) <> (enrolment_id IS NULL)", "record"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    job_id: Mapped[int] = mapped_column(ForeignKey("job.id"), index=True)
    placement_id: Mapped[int | None] = mapped_column(ForeignKey("placement.id"), index=True)
    enrolment_id: Mapped[int | None] = mapped_column(ForeignKey("enrolment.id"), index=True)
    done_at: Mapped[datetime | None]
    refusal: Mapped[str | None]
