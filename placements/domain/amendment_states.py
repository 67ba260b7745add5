"""The states of an amendment, and whose signature it waits for."""

from __future__ import annotations

from placements.domain import agreement_states, signatures
from placements.domain.actors import Actor
from placements.domain.rules import moves
from placements.models.amendments import Amendment, AmendmentStatus
from placements.models.signatures import Party

S = AmendmentStatus
TRANSITIONS = moves(
    send=((S.DRAFT,), S.AWAITING_SIGNATURES),
    conclude=((S.AWAITING_SIGNATURES,), S.SIGNED),
    withdraw=((S.DRAFT, S.AWAITING_SIGNATURES), S.WITHDRAWN),
)
OPEN = frozenset({S.DRAFT, S.AWAITING_SIGNATURES})
AWAITING = frozenset({S.AWAITING_SIGNATURES})
IN_FORCE = frozenset({S.SIGNED})
GIVEN_UP = frozenset({S.WITHDRAWN})


def is_draft(amendment: Amendment) -> bool:
    return amendment.status is S.DRAFT


def is_awaiting(amendment: Amendment) -> bool:
    return amendment.status in AWAITING


def is_open(amendment: Amendment) -> bool:
    return amendment.status in OPEN


def is_signed(amendment: Amendment) -> bool:
    return amendment.status in IN_FORCE


def is_withdrawn(amendment: Amendment) -> bool:
    return amendment.status in GIVEN_UP


def stands_on_newest(amendment: Amendment) -> bool:
    """The agreement it changes is the one in force: no later version has been begun."""
    return agreement_states.is_newest(amendment.base) and agreement_states.is_signed(amendment.base)


def party_to_sign(amendment: Amendment, actor: Actor) -> Party | None:
    """The party whose signature is missing and that this person can give."""
    waits = is_awaiting(amendment) and stands_on_newest(amendment)
    return signatures.party_for(amendment, actor) if waits else None
