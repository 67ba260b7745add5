"""Reviews of applications, for tests/factories.py."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from typing import Any, Protocol, TypeVar

from placements import encryption
from placements.domain import application_reviews
from placements.models.application_reviews import (
    ApplicationInterview,
    ApplicationReview,
    ApplicationReviewPlan,
    ApplicationScore,
)
from placements.models.applications import Application
from placements.models.cohorts import Cohort
from placements.models.users import User

R = TypeVar("R")
MOMENT = datetime(2025, 2, 11, 9, 0, tzinfo=UTC)


class Makes(Protocol):
    def keep(self, record: R) -> R: ...


class ApplicationReviewRecords:
    def review_plan(self: Makes, cohort: Cohort, **values: Any) -> ApplicationReviewPlan:
        defaults = {"anonymous": False, "weights": {}, "reviewer_ids": []}
        return self.keep(ApplicationReviewPlan(cohort_id=cohort.id, **(defaults | values)))

    def review(
        self: Makes,
        application: Application,
        reviewer: User,
        *points: int,
        reason: str = "Fordi.",
        submitted: bool = True,
    ) -> ApplicationReview:
        """Assigned; with points also scored, one for each reviewed criterion, and submitted."""
        made = ApplicationReview(
            application_id=application.id,
            reviewer_id=reviewer.id,
            assigned_at=MOMENT,
            saved_at=MOMENT if points else None,
            submitted_at=MOMENT if points and submitted else None,
        )
        keys = application_reviews.criteria(application.cohort.programme)
        for (key, _text), number in zip(keys, points, strict=False):
            score = ApplicationScore(uid=secrets.token_hex(16), criterion=key, points=number)
            score.reason = encryption.hide(reason, application_reviews.place_of(score))
            made.scores.append(score)
        return self.keep(made)

    def interview(
        self: Makes, cohort: Cohort, application: Application | None = None, hour: int = 9
    ) -> ApplicationInterview:
        day = datetime(2025, 2, 20, hour, 0, tzinfo=UTC)
        made = ApplicationInterview(
            cohort_id=cohort.id,
            starts_at=day,
            ends_at=day.replace(minute=30),
            place="Lokale 2",
            application_id=application.id if application else None,
        )
        return self.keep(made)
