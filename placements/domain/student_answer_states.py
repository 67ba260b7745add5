"""What a student has answered, for the rules of placements and agreements, which must not need each other."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from placements.models.placements import Placement
from placements.models.student_answers import Answer, DeclineReason, StudentAnswer


def of_placement(session: Session, placement_id: int) -> StudentAnswer | None:
    return session.scalar(select(StudentAnswer).where(StudentAnswer.placement_id == placement_id))


def is_yes(answer: StudentAnswer | None) -> bool:
    return answer is not None and answer.answer is Answer.YES


def answered_ids() -> Select[int]:
    """Placements that the student has answered to, either way."""
    return select(StudentAnswer.placement_id)


def declined_ids() -> Select[int]:
    return answered_ids().where(StudentAnswer.answer == Answer.NO)


def write(
    session: Session,
    placement: Placement,
    answer: Answer,
    *,
    by_id: int,
    now: datetime,
    reason: DeclineReason | None = None,
) -> StudentAnswer:
    """The newest answer is the one that is kept; the history has those before it."""
    kept = of_placement(session, placement.id)
    if kept is None:
        kept = StudentAnswer(placement=placement)
        session.add(kept)
    kept.answer, kept.reason, kept.answered_at, kept.answered_by_id = answer, reason, now, by_id
    return kept


def note_signed(session: Session, placement: Placement, *, now: datetime) -> None:
    """Whoever signs, on the screen or on paper, has said yes."""
    if of_placement(session, placement.id) is None:
        write(session, placement, Answer.YES, by_id=placement.enrolment.user_id, now=now)


def void(session: Session, placement: Placement) -> None:
    """Another unit is another question."""
    kept = of_placement(session, placement.id)
    if kept is not None:
        session.delete(kept)
