"""Somebody answers an evaluation by their link. What they answered is added up and kept of nobody."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import case, update
from sqlalchemy.orm import Session

from placements.domain import evaluations
from placements.domain.rules import RuleBroken
from placements.i18n import _
from placements.models.evaluations import EvaluationInvitation, EvaluationTally

# Questions


def may_answer(invitation: EvaluationInvitation) -> bool:
    return evaluations.is_open(invitation.evaluation) and not invitation.answered


# Actions


def answer(session: Session, invitation: EvaluationInvitation, chosen: Mapping[int, int | None]) -> None:
    """`chosen` is item to value; a question may be left out, but not all of them."""
    evaluation = invitation.evaluation
    given = {item.id: chosen.get(item.id) for item in evaluation.items}
    tallies = [tally for item in evaluation.items for tally in item.tallies]
    counted = [tally.id for tally in tallies if given[tally.item_id] == tally.value]
    if not counted:
        raise RuleBroken(_("Svar på mindst ét spørgsmål. Du må gerne springe nogle over."))
    evaluations.hold(session, evaluation)
    if not evaluations.is_open(evaluation):
        raise RuleBroken(_("Skemaet er lukket, så svaret er ikke gemt."))
    _spend(session, invitation)
    _add_up(session, [tally.id for tally in tallies], counted)


def _spend(session: Session, invitation: EvaluationInvitation) -> None:
    """In one statement: of two answers that come at once, one counts."""
    result = session.execute(
        update(EvaluationInvitation)
        .where(EvaluationInvitation.id == invitation.id, EvaluationInvitation.answered.is_(False))
        .values(answered=True)
        .execution_options(synchronize_session=False)
    )
    if getattr(result, "rowcount", 0) != 1:
        raise RuleBroken(_("Du har allerede svaret. Tak for det."))


def _add_up(session: Session, tally_ids: list[int], counted: list[int]) -> None:
    """Every tally is written anew, also those that stay as they were: none tells which were chosen last."""
    more = case((EvaluationTally.id.in_(counted), 1), else_=0)
    session.execute(
        update(EvaluationTally)
        .where(EvaluationTally.id.in_(tally_ids))
        .values(number=EvaluationTally.number + more)
        .execution_options(synchronize_session=False)
    )
