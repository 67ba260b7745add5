"""The coordinator's order: that of the points, but for the moves somebody has given a written reason for."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from placements import encryption
from placements.domain import application_queue, application_ranking
from placements.domain.actors import Actor
from placements.domain.application_ranking import Ranked
from placements.domain.application_states import is_decidable
from placements.domain.applications import coordinated_by
from placements.domain.rules import RuleBroken
from placements.i18n import _
from placements.models.application_reviews import ApplicationDeviation
from placements.models.applications import Application
from placements.models.cohorts import Cohort

LONGEST = 1000
UNREVIEWED = _("Der mangler en bedømmelse, så ansøgningen har ingen plads endnu.")
ANSWERED = _("Ansøgningen har fået sit svar, så den bliver, hvor den står.")


@dataclass(frozen=True, slots=True)
class Deviation:
    """One move, with its reason opened."""

    move: ApplicationDeviation
    reason: str


def moved(order: Sequence[int], moves: Sequence[tuple[int, int]]) -> list[int]:
    """Each move takes one out and puts it at its place (from 1), in turn; what is gone is passed over."""
    found = list(order)
    for key, place in moves:
        if key in found:
            found.remove(key)
            found.insert(max(0, place - 1), key)
    return found


# Questions


def ordered(session: Session, cohort: Cohort) -> list[Ranked]:
    """The complete ones in the order the coordinators have settled on."""
    lines = {
        line.application.id: line for line in application_ranking.ranked(session, cohort) if line.complete
    }
    moves = [(one.application_id, one.place) for one in _moves(session, cohort)]
    return [lines[key] for key in moved(list(lines), moves)]


def deviations(session: Session, cohort: Cohort) -> list[Deviation]:
    """Every move with its reason, the newest first."""
    return [
        Deviation(one, encryption.show(one.reason, place_of(one)))
        for one in reversed(_moves(session, cohort))
    ]


def _moves(session: Session, cohort: Cohort) -> list[ApplicationDeviation]:
    return list(
        session.scalars(
            select(ApplicationDeviation)
            .join(ApplicationDeviation.application)
            .options(joinedload(ApplicationDeviation.author), joinedload(ApplicationDeviation.application))
            .where(Application.cohort_id == cohort.id)
            .order_by(ApplicationDeviation.id)
        )
    )


def place_of(deviation: ApplicationDeviation) -> str:
    """What the encrypted reason is bound to."""
    return f"application_deviation.reason.{deviation.uid}"


def _in_whole(whole: Sequence[int], order: Sequence[int], key: int, place: int) -> int:
    """The place (from 1) among all, for one among those that are seen: just before the next of them."""
    others, rest = ([one for one in some if one != key] for some in (whole, order))
    return (others.index(rest[place - 1]) if place <= len(rest) else len(others)) + 1


def is_movable(application: Application) -> bool:
    """While it can be given an answer, or another one: after that the list says what the answer came from."""
    return is_decidable(application)


def refusal(application: Application, order: Collection[int]) -> str | None:
    """Why it cannot be moved among these."""
    if not is_movable(application):
        return ANSWERED
    return None if application.id in order else UNREVIEWED


# Actions


def move(
    session: Session, application: Application, actor: Actor, *, place: int, reason: str, now: datetime
) -> None:
    """Raises `RuleBroken` while a review is missing, once it is answered, and where it would change nothing.

    `place` is among those this coordinator sees.
    """
    application = application_queue.locked(session, application)
    whole = [line.application.id for line in ordered(session, application.cohort)]
    seen = set(session.scalars(coordinated_by(actor).with_only_columns(Application.id)))
    order = [key for key in whole if key in seen]
    if refused := refusal(application, order):
        raise RuleBroken(refused)
    if not 1 <= place <= len(order):
        raise RuleBroken(_("Skriv et tal fra 1 til %(last)s.", last=len(order)), field="place")
    if order.index(application.id) == place - 1:
        raise RuleBroken(_("Ansøgningen står allerede på den plads."), field="place")
    deviation = ApplicationDeviation(
        uid=secrets.token_hex(16),
        application_id=application.id,
        author_id=actor.id,
        place=_in_whole(whole, order, application.id, place),
        decided_at=now,
    )
    deviation.reason = encryption.hide(reason, place_of(deviation))
    session.add(deviation)
