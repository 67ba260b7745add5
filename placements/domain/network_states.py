"""The states of a place in a network group (H-19).

To be offered → offered → accepted or declined; accepted → left. Whoever has declined or left has been offered
a place, and so is off the list of peers to be offered one. They may be offered one again: in the same group
the place is offered anew, in another group it is a new place.
"""

from __future__ import annotations

from placements.domain.rules import moves
from placements.models.network_groups import NetworkPlace, NetworkPlaceStatus

S = NetworkPlaceStatus

TRANSITIONS = moves(
    accept=((S.OFFERED,), S.ACCEPTED),
    decline=((S.OFFERED,), S.DECLINED),
    leave=((S.ACCEPTED,), S.LEFT),
    offer_again=((S.DECLINED, S.LEFT), S.OFFERED),
)

HOLDING = frozenset({S.OFFERED, S.ACCEPTED})
"""Takes a seat of the group."""

MEMBERS = frozenset({S.ACCEPTED})
UNANSWERED = frozenset({S.OFFERED})


def holds_seat(place: NetworkPlace) -> bool:
    return place.status in HOLDING


def is_member(place: NetworkPlace) -> bool:
    return place.status in MEMBERS
