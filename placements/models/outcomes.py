"""What a course led to: how the practicum went, and with consent what the person does afterwards."""

from __future__ import annotations

import enum
from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from placements.db import Model, Versioned, choice_of, table
from placements.models.enrolments import Enrolment
from placements.models.events import Audited


class Result(enum.StrEnum):
    COMPLETED = "completed"
    PARTLY = "partly"
    NOT_SHOWN = "not_shown"
    UNDER_WAY = "under_way"


class Afterwards(enum.StrEnum):
    PEER_JOB = "peer_job"
    OTHER_JOB = "other_job"
    EDUCATION = "education"
    VOLUNTEERING = "volunteering"
    NOT_KNOWN = "not_known"


class SelfSupporting(enum.StrEnum):
    YES = "yes"
    NO = "no"
    NOT_KNOWN = "not_known"


class Outcome(Audited, Versioned, Model):
    """`result` is only what differs from the placements. The rest stands under the person's consent.

    Nothing of it is told in any history, so that what is withdrawn is gone.
    """

    __table_args__ = table(
        CheckConstraint(
            "consented_on IS NOT NULL"
            " OR (afterwards IS NULL AND support_before IS NULL AND support_after IS NULL)",
            "consent",
        )
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"), unique=True)
    result: Mapped[Result | None] = mapped_column(info={"sensitive": True})
    consented_on: Mapped[date | None] = mapped_column(info={"sensitive": True})
    afterwards: Mapped[Afterwards | None] = mapped_column(info={"sensitive": True})
    support_before: Mapped[SelfSupporting | None] = mapped_column(info={"sensitive": True})
    support_after: Mapped[SelfSupporting | None] = mapped_column(
        choice_of(SelfSupporting, name="selfsupporting_after"), info={"sensitive": True}
    )

    enrolment: Mapped[Enrolment] = relationship()
