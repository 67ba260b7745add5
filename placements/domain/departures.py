"""A participant leaves before the end: what must have ended first, and what becomes free for others."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from placements.domain import enrolments, network_places
from placements.domain.network_states import ENGAGED
from placements.domain.placement_states import FINISHED, OCCUPYING
from placements.domain.rules import Requirement, Unmet, require
from placements.i18n import _
from placements.models.enrolments import Enrolment
from placements.models.network_groups import NetworkPlace
from placements.models.placements import Placement

# Questions


def checks_to_leave(session: Session, enrolment: Enrolment) -> list[Requirement]:
    """A practicum that is on its way ends by itself, so that its seat is offered again."""
    open_ones = select(Placement.id).where(
        Placement.enrolment_id == enrolment.id, Placement.status.in_(OCCUPYING - FINISHED)
    )
    ended = session.scalar(open_ones.limit(1)) is None
    return [
        Requirement("active", _("Deltagelsen er i gang"), enrolments.is_active(enrolment)),
        Requirement("practicum", _("Praktikken er annulleret eller afsluttet"), ended),
    ]


def unmet_to_leave(session: Session, enrolment: Enrolment) -> list[Unmet]:
    return [check for check in checks_to_leave(session, enrolment) if not check.met]


# Actions


def leave(session: Session, enrolment: Enrolment, *, now: datetime) -> None:
    """What was attended stays written; seats in network groups go to those who wait."""
    require(_("Deltagelsen kan ikke afsluttes endnu."), unmet_to_leave(session, enrolment))
    enrolments.withdraw(enrolment)
    free_network_places(session, enrolment, now=now)


def free_network_places(session: Session, enrolment: Enrolment, *, now: datetime) -> None:
    engaged = select(NetworkPlace).where(
        NetworkPlace.enrolment_id == enrolment.id, NetworkPlace.status.in_(ENGAGED)
    )
    for place in session.scalars(engaged.order_by(NetworkPlace.group_id)).all():
        network_places.give_up(session, place, now=now)
