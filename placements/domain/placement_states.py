"""The states of a placement: what each means for a seat, which verbs lead on, and who may use them."""

from __future__ import annotations

from placements.domain.actors import Actor
from placements.domain.rules import moves, open_verbs
from placements.models.placements import Placement, PlacementStatus

S = PlacementStatus

TRANSITIONS = moves(
    propose=((S.DRAFT,), S.PROPOSED),
    accept=((S.PROPOSED,), S.ACCEPTED),
    decline=((S.PROPOSED,), S.DECLINED),
    ask_again=((S.PROPOSED, S.ACCEPTED), S.PROPOSED),
    agree=((S.ACCEPTED,), S.AGREED),
    start=((S.AGREED,), S.ACTIVE),
    complete=((S.ACTIVE,), S.COMPLETED),
    end_early=((S.ACTIVE,), S.ENDED_EARLY),
    cancel=((S.DRAFT, S.PROPOSED, S.ACCEPTED, S.AGREED), S.CANCELLED),
)

RELEASED = frozenset({S.DECLINED, S.CANCELLED, S.ENDED_EARLY})
"""Ended without being completed: the seat is free again."""

OCCUPYING = frozenset(S) - RELEASED
"""Takes a seat of its offer, and the student's time."""

UNANSWERED = frozenset({S.PROPOSED})
"""The host has been asked and has not answered."""

UNACCEPTED = frozenset({S.DRAFT, S.PROPOSED})
"""No host has said yes yet."""

RUNNING = frozenset({S.ACTIVE})
FINISHED = frozenset({S.COMPLETED})

PLANNED = frozenset({S.DRAFT, S.PROPOSED, S.ACCEPTED, S.AGREED})
"""Not begun yet."""

MOVABLE = frozenset({S.DRAFT, S.PROPOSED, S.ACCEPTED})
"""Nothing is signed: the unit and the legal basis may still change."""

EDITABLE = PLANNED | RUNNING

SEEN_BY_STUDENT = frozenset({S.ACCEPTED, S.AGREED, S.ACTIVE, S.COMPLETED, S.ENDED_EARLY})
SEEN_BY_HOST = SEEN_BY_STUDENT | {S.PROPOSED}

ANSWERS = frozenset({"accept", "decline"})
"""What a host says to a proposal."""

NEEDS_REASON = frozenset({"decline", "cancel", "end_early"})

_ONWARD = ("propose", "accept", "agree", "start", "complete")

_BY_ITSELF = frozenset({"agree", "ask_again"})
"""Follows from something else: the last signature; a change of unit, whose new host has not said yes."""


def is_draft(placement: Placement) -> bool:
    return placement.status is S.DRAFT


def onward_verb(placement: Placement) -> str:
    """The verb that carries the placement on; empty when it has ended."""
    return next((verb for verb in _ONWARD if placement.status in TRANSITIONS[verb].sources), "")


def verbs_of(placement: Placement, actor: Actor) -> frozenset[str]:
    """The verbs this person may use on this placement, in whatever state it is."""
    if placement.programme_id in actor.programme_ids:
        return frozenset(TRANSITIONS) - _BY_ITSELF
    if placement.unit_id in actor.unit_ids:
        return ANSWERS
    return frozenset()


def verbs_for(placement: Placement, actor: Actor) -> list[str]:
    """The verbs this person can use now, in the order of the table."""
    allowed = verbs_of(placement, actor)
    return [verb for verb in open_verbs(TRANSITIONS, placement.status) if verb in allowed]
