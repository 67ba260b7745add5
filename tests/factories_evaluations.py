"""Evaluations as they stand when people have answered, for tests/factories.py."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Protocol, TypeVar

from placements.models.cohorts import Cohort
from placements.models.evaluations import (
    Evaluation,
    EvaluationInvitation,
    EvaluationItem,
    EvaluationQuestion,
    EvaluationTally,
    Measure,
    Moment,
    QuestionKind,
)
from placements.models.programmes import Programme
from placements.models.users import User

R = TypeVar("R")
SENT, CLOSED = datetime(2024, 9, 2, 8, 0, tzinfo=UTC), datetime(2024, 9, 20, 8, 0, tzinfo=UTC)


class Makes(Protocol):
    def keep(self, record: R) -> R: ...
    def user(self, name: str = ..., **values: Any) -> User: ...


class EvaluationRecords:
    def question(self: Makes, programme: Programme, **values: Any) -> EvaluationQuestion:
        values = {
            "moment": Moment.AFTER,
            "kind": QuestionKind.SCALE,
            "text": "Hvad fik du ud af det?",
        } | values
        return self.keep(EvaluationQuestion(programme_id=programme.id, **values))

    def evaluation(
        self: Makes,
        cohort: Cohort,
        moment: Moment = Moment.AFTER,
        *,
        closed_at: datetime | None = CLOSED,
        supporting: tuple[int, int] = (0, 0),
    ) -> Evaluation:
        """With the one measure alone: so many said yes, so many no."""
        yes, no = supporting
        item = EvaluationItem(
            position=1,
            kind=QuestionKind.YES_NO,
            measure=Measure.SELF_SUPPORTING,
            text="Er du selvforsørgende i dag?",
            options=[],
            tallies=[EvaluationTally(value=1, number=yes), EvaluationTally(value=0, number=no)],
        )
        people = [
            EvaluationInvitation(user=self.user(f"Svarer {number}"), answered=True)
            for number in range(yes + no)
        ]
        return self.keep(
            Evaluation(
                cohort_id=cohort.id,
                moment=moment,
                opened_at=SENT,
                closed_at=closed_at,
                items=[item],
                invitations=people,
            )
        )
