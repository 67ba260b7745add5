"""The evaluation of the cohort in Hovedstaden, before and after: answered by link, and closed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time

from sqlalchemy import select
from sqlalchemy.orm import Session

from placements.domain import evaluation_answers, evaluation_questions, evaluations
from placements.models.cohorts import Cohort
from placements.models.evaluations import Evaluation, Moment, QuestionKind

QUESTIONS = (
    (Moment.BEFORE, QuestionKind.SCALE, "Hvor tryg er du ved at bruge dine egne erfaringer på arbejdet?", ()),
    (Moment.AFTER, QuestionKind.SCALE, "Hvor tryg er du ved at bruge dine egne erfaringer på arbejdet?", ()),
    (
        Moment.AFTER,
        QuestionKind.CHOICE,
        "Hvad gav dig mest?",
        ("Undervisningen", "De andre på holdet", "Netværksgruppen"),
    ),
)
# Of each ten who answered, in the order of the questions; None is skipped.
ANSWERS: dict[Moment, Sequence[Sequence[int | None]]] = {
    Moment.BEFORE: (*[(1, 2)] * 3, *[(1, 3)] * 2, *[(0, 2)] * 2, *[(0, 3)] * 2, (0, None)),
    Moment.AFTER: (*[(1, 1, 5, 1)] * 5, *[(1, 1, 4, 0)] * 3, (0, 1, 4, 0), (0, 1, 5, 0)),
}
SENT = {Moment.BEFORE: date(2017, 8, 28), Moment.AFTER: date(2018, 6, 22)}
CLOSED = {Moment.BEFORE: date(2017, 9, 8), Moment.AFTER: date(2018, 8, 1)}


def load(session: Session, cohort: Cohort) -> None:
    for moment, kind, text, options in QUESTIONS:
        evaluation_questions.add(
            session, cohort.programme, moment=moment, kind=kind, text=text, options=options
        )
    session.flush()
    for moment, rows in ANSWERS.items():
        evaluations.send(session, cohort, moment, now=_morning(SENT[moment]))
        session.flush()
        evaluation = session.scalars(
            select(Evaluation).where(Evaluation.cohort_id == cohort.id, Evaluation.moment == moment)
        ).one()
        for invitation, row in zip(evaluation.invitations, rows, strict=True):
            chosen = {item.id: value for item, value in zip(evaluation.items, row, strict=True)}
            evaluation_answers.answer(session, invitation, chosen)
        evaluations.close(session, evaluation, now=_morning(CLOSED[moment]))
        session.flush()


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(8), UTC)
