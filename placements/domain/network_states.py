"""The states of a place in a network group (H-19).

To be offered → offered, or waiting in line when every seat is taken; waiting → offered as soon as a seat is
free. Offered → accepted or declined; accepted → left. Whoever holds a place or waits for one may be moved:
the place is moved here and stands in the other group. Who has declined, left or moved may be offered a place
again: in the same group the place is offered anew, in another group it is a new place.
"""

from __future__ import annotations

from placements.domain.rules import moves
from placements.models.network_groups import NetworkPlace, NetworkPlaceStatus

S = NetworkPlaceStatus

TRANSITIONS = moves(
    accept=((S.OFFERED,), S.ACCEPTED),
    decline=((S.OFFERED,), S.DECLINED),
    leave=((S.ACCEPTED,), S.LEFT),
    offer_again=((S.DECLINED, S.LEFT, S.MOVED), S.OFFERED),
    queue=((S.DECLINED, S.LEFT, S.MOVED), S.WAITING),
    move_up=((S.WAITING,), S.OFFERED),
    leave_queue=((S.WAITING,), S.DECLINED),
    move=((S.OFFERED, S.ACCEPTED, S.WAITING), S.MOVED),
)

HOLDING = frozenset({S.OFFERED, S.ACCEPTED})
"""Takes a seat of the group."""

MEMBERS = frozenset({S.ACCEPTED})
UNANSWERED = frozenset({S.OFFERED})
IN_LINE = frozenset({S.WAITING})

ENGAGED = HOLDING | IN_LINE
"""In a group or in line for one: nobody is in two."""

REFUSED = frozenset({S.DECLINED})
ELSEWHERE = frozenset({S.MOVED})

ARRIVING = {S.OFFERED: S.OFFERED, S.ACCEPTED: S.ACCEPTED, S.WAITING: S.OFFERED}
"""What somebody who is moved is in the other group. Who waited has got a seat, and answers."""


def holds_seat(place: NetworkPlace) -> bool:
    return place.status in HOLDING


def is_member(place: NetworkPlace) -> bool:
    return place.status in MEMBERS


def is_open(place: NetworkPlace) -> bool:
    """An offer without an answer."""
    return place.status in UNANSWERED


def is_waiting(place: NetworkPlace) -> bool:
    return place.status in IN_LINE


def is_engaged(place: NetworkPlace) -> bool:
    return place.status in ENGAGED


def is_declined(place: NetworkPlace) -> bool:
    return place.status in REFUSED


def is_elsewhere(place: NetworkPlace) -> bool:
    return place.status in ELSEWHERE
