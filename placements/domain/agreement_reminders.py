"""Reminding those who have not signed an agreement."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from placements.domain import agreement_states, agreements, reminders, signatures
from placements.domain.actors import Actor
from placements.domain.rules import RuleBroken
from placements.i18n import _
from placements.models.agreements import AgreementVersion
from placements.models.users import User

NOT_WAITING = _("Aftalen venter ikke på underskrifter.")


def to_remind(session: Session, version: AgreementVersion, actor: Actor) -> list[User]:
    """Everybody who can give a signature that is missing, but for the one who asks."""
    if not (agreement_states.is_awaiting(version) and agreement_states.is_newest(version)):
        return []
    who = signatures.Signatories(session, [version])
    people = {user for party in signatures.missing(version) for user in who.of(version, party)}
    return sorted((user for user in people if user.id != actor.id), key=lambda user: user.id)


def remind(session: Session, version: AgreementVersion, actor: Actor, *, now: datetime) -> list[User]:
    """A mail with the link to each of them, at most once a day."""
    if not (agreement_states.is_awaiting(version) and agreement_states.is_newest(version)):
        raise RuleBroken(NOT_WAITING)
    people = to_remind(session, version, actor)
    return reminders.remind_all(session, people, "remind_sign", agreements.page_of(version), now)
