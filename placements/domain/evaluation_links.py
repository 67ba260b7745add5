"""Links to an evaluation: a random token each, of which only a digest is kept. Whoever has it may answer."""

from __future__ import annotations

import hashlib
import secrets

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from placements.models.cohorts import Cohort
from placements.models.evaluations import (
    Evaluation,
    EvaluationInvitation,
    EvaluationItem,
    EvaluationLink,
)

PREFIX = "/evaluation/"


def path_of(invitation: EvaluationInvitation) -> str:
    """What the outbox knows the invitation by. It is no page: the link is made when the mail is written."""
    return f"{PREFIX}{invitation.id}"


def link_for(session: Session, path: str | None) -> str | None:
    """The page that a mail of this path leads to, with a new token; None when it is another kind of mail."""
    if path is None or not path.startswith(PREFIX):
        return None
    token = secrets.token_urlsafe(32)
    session.add(EvaluationLink(token_hash=_digest(token), invitation_id=int(path.removeprefix(PREFIX))))
    return f"{PREFIX}{token}"


def invitation_of(session: Session, token: str) -> EvaluationInvitation | None:
    """Whose link it is, with all that their page shows."""
    asked = joinedload(EvaluationInvitation.evaluation).options(
        joinedload(Evaluation.cohort).joinedload(Cohort.programme),
        selectinload(Evaluation.items).selectinload(EvaluationItem.tallies),
    )
    return session.scalar(
        select(EvaluationInvitation)
        .join(EvaluationLink, EvaluationLink.invitation_id == EvaluationInvitation.id)
        .options(asked)
        .where(EvaluationLink.token_hash == _digest(token))
    )


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
