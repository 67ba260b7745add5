"""Moving somebody from one network group to another. Both groups' histories keep it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from placements.domain import outbox
from placements.domain.actors import Actor
from placements.domain.network_offers import place_in
from placements.domain.network_queue import lock, move_up, tell
from placements.domain.network_scope import of_programmes, programme_ids, staffed
from placements.domain.network_states import ARRIVING, TRANSITIONS, is_open
from placements.domain.rules import RuleBroken, target_of
from placements.i18n import _
from placements.models.network_groups import NetworkGroup, NetworkPlace


def reached_by(actor: Actor) -> Select[NetworkGroup]:
    """Groups that this person may move somebody to."""
    return select(NetworkGroup).where(of_programmes(staffed(actor)))


def target(session: Session, actor: Actor, group_id: int) -> NetworkGroup:
    """The group that was chosen. Raises `RuleBroken` when none was, or none that there is."""
    found = session.scalar(reached_by(actor).where(NetworkGroup.id == group_id))
    if found is None:
        raise RuleBroken(_("Vælg den gruppe, som pladsen skal flyttes til."), field="group_id")
    return found


def move(session: Session, place: NetworkPlace, into: NetworkGroup, *, now: datetime) -> NetworkPlace:
    """The place in the other group. The seat that is left goes to the first in line there.

    A member stays a member and is told by mail; who had an offer, or waited, gets one for the new group.
    """
    if into.id == place.group_id:
        raise RuleBroken(_("Vælg en anden gruppe end den nuværende."), field="group_id")
    if place.enrolment.cohort.programme_id not in programme_ids(into):
        raise RuleBroken(_("%(group)s er ikke for uddannelsen.", group=into.name), field="group_id")
    if lock(session, [place.group_id, into.id])[into.id] <= 0:
        raise RuleBroken(
            _("%(group)s er blevet fuld. Vælg en anden gruppe.", group=into.name), field="group_id"
        )
    arriving = ARRIVING.get(place.status, place.status)
    place.status = target_of(TRANSITIONS, "move", place.status, _("Pladsen er ikke længere i brug."))
    place.waiting_since = None
    session.flush()
    moved = place_in(session, into, place.enrolment, "offer_again", arriving)
    _tell(session, moved, place, now=now)
    move_up(session, place.group, now=now)
    return moved


def _tell(session: Session, moved: NetworkPlace, place: NetworkPlace, *, now: datetime) -> None:
    if is_open(moved):
        tell(session, moved, now=now)
        return
    moved.offered_at = place.offered_at
    session.flush()
    path = f"/network-groups/{moved.group_id}"
    outbox.notify(session, place.enrolment.user, "network_moved", path=path, now=now)
