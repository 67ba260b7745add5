"""An evaluation is sent to a cohort, the silent are reminded, and when it is closed it has figures (V-14)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from placements.db import one_at_a_time
from placements.domain import enrolments, evaluation_questions, outbox
from placements.domain.evaluation_links import path_of
from placements.domain.reminders import PAUSE, TooSoon
from placements.domain.rules import RuleBroken
from placements.i18n import _
from placements.models.cohorts import Cohort
from placements.models.enrolments import Enrolment
from placements.models.evaluations import (
    Evaluation,
    EvaluationInvitation,
    EvaluationItem,
    EvaluationTally,
    Moment,
)
from placements.models.users import User

FIRST, AGAIN = "evaluation", "evaluation_reminder"


@dataclass(frozen=True, slots=True)
class Standing:
    """How far an evaluation is. Who has answered is told to nobody: only how many."""

    moment: Moment
    evaluation: Evaluation | None
    invited: int = 0
    answered: int = 0
    newcomers: int = 0

    @property
    def is_open(self) -> bool:
        return self.evaluation is not None and is_open(self.evaluation)


# Questions


def is_open(evaluation: Evaluation) -> bool:
    return evaluation.closed_at is None


def of_cohort(session: Session, cohort: Cohort, moment: Moment) -> Evaluation | None:
    return session.scalar(
        select(Evaluation)
        .options(
            selectinload(Evaluation.items).selectinload(EvaluationItem.tallies),
            selectinload(Evaluation.invitations).joinedload(EvaluationInvitation.user),
        )
        .where(Evaluation.cohort_id == cohort.id, Evaluation.moment == moment)
    )


def standing(session: Session, cohort: Cohort, moment: Moment) -> Standing:
    evaluation = of_cohort(session, cohort, moment)
    people = _people(session, cohort, moment)
    if evaluation is None:
        return Standing(moment, None, newcomers=len(people))
    invited = {invitation.user_id for invitation in evaluation.invitations}
    return Standing(
        moment,
        evaluation,
        len(invited),
        answered(evaluation),
        sum(user.id not in invited for user in people),
    )


def answered(evaluation: Evaluation) -> int:
    return sum(invitation.answered for invitation in evaluation.invitations)


def _people(session: Session, cohort: Cohort, moment: Moment) -> list[User]:
    """Before: those who take part. After: those too who have completed. Who left is not asked."""
    query = select(Enrolment).options(joinedload(Enrolment.user)).where(Enrolment.cohort_id == cohort.id)
    wanted = enrolments.is_active if moment is Moment.BEFORE else enrolments.stays
    found = [one.user for one in session.scalars(query.order_by(Enrolment.id)) if wanted(one)]
    return [user for user in found if user.active]


# Actions


def hold(session: Session, evaluation: Evaluation) -> None:
    """Until this transaction ends nobody answers or closes it; and what is known of it is of now."""
    one_at_a_time(session, f"evaluation {evaluation.cohort_id} {evaluation.moment}")
    session.refresh(evaluation, ["closed_at"])


def send(session: Session, cohort: Cohort, moment: Moment, *, now: datetime) -> int:
    """Mail a link to everybody who has none yet; the first sending keeps the questions of the day."""
    one_at_a_time(session, f"evaluation {cohort.id} {moment}")
    evaluation = of_cohort(session, cohort, moment)
    if evaluation is not None and not is_open(evaluation):
        raise RuleBroken(_("Skemaet er lukket. Det kan ikke sendes igen."))
    invited = {invitation.user_id for invitation in evaluation.invitations} if evaluation else set()
    people = [user for user in _people(session, cohort, moment) if user.id not in invited]
    if not people:
        raise RuleBroken(
            _("Alle på holdet har allerede fået skemaet.")
            if invited
            else _("Der er ingen på holdet at spørge.")
        )
    evaluation = evaluation or _lay(session, cohort, moment, now=now)
    made = [EvaluationInvitation(user=user) for user in people]
    evaluation.invitations.extend(made)
    session.flush()
    _mail(session, made, FIRST, now=now)
    return len(made)


def _lay(session: Session, cohort: Cohort, moment: Moment, *, now: datetime) -> Evaluation:
    """With the questions as they are now, and a tally at zero for each answer."""
    asked = evaluation_questions.asked(session, cohort.programme, moment)
    items = [
        EvaluationItem(
            position=position,
            kind=question.kind,
            measure=question.measure,
            text=str(question.text),
            options=list(question.options),
            tallies=[EvaluationTally(value=value) for value in evaluation_questions.answers_to(question)],
        )
        for position, question in enumerate(asked, start=1)
    ]
    evaluation = Evaluation(cohort=cohort, moment=moment, opened_at=now, closed_at=None, items=items)
    session.add(evaluation)
    return evaluation


def _mail(
    session: Session, invitations: Sequence[EvaluationInvitation], message: str, *, now: datetime
) -> None:
    for invitation in invitations:
        outbox.notify(session, invitation.user, message, path=path_of(invitation), now=now)


def remind(session: Session, evaluation: Evaluation, *, now: datetime) -> int:
    """A new link to those who have not answered, at most once a day. Nobody is told who they are."""
    if not is_open(evaluation):
        raise RuleBroken(_("Skemaet er lukket."))
    one_at_a_time(session, f"remind evaluation {evaluation.id}")
    silent = [one for one in evaluation.invitations if not one.answered and one.user.active]
    if not silent:
        raise RuleBroken(_("Alle har svaret."))
    last = outbox.last_mails(session, [path_of(one) for one in silent])
    latest = {path: mail.at for (path, _user_id), mail in last.items()}
    due = [one for one in silent if path_of(one) not in latest or latest[path_of(one)] + PAUSE <= now]
    if not due:
        raise TooSoon(
            _(
                "Der er sendt en mail inden for det sidste døgn. Du kan minde om det igen fra %(next)s.",
                next=min(latest.values()) + PAUSE,
            )
        )
    _mail(session, due, AGAIN, now=now)
    return len(due)


def close(session: Session, evaluation: Evaluation, *, now: datetime) -> None:
    """No more answers; what was answered becomes figures, and does not change again."""
    hold(session, evaluation)
    if not is_open(evaluation):
        raise RuleBroken(_("Skemaet er allerede lukket."))
    evaluation.closed_at = now
