"""Answering an offer from the mail: a link that stands for one offer, and for nothing else.

Whoever holds the link may answer without signing in. It says which group, when and where, and no name.
"""

from __future__ import annotations

import enum
import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from placements.domain import enrolments, history, network_places
from placements.domain.network_states import is_declined, is_member, is_open
from placements.domain.rules import RuleBroken
from placements.i18n import _
from placements.models.enrolments import Enrolment
from placements.models.network_groups import NetworkAnswerLink, NetworkPlace

LIFETIME = timedelta(days=30)
CLOSED = _("Tilbuddet kan ikke længere besvares her. Log ind, og se, hvordan det står.")


class Standing(enum.StrEnum):
    """What the holder of a link is told."""

    OPEN = "open"
    EXPIRED = "expired"
    ACCEPTED = "accepted"
    CHANGED = "changed"
    DECLINED = "declined"


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


# Questions


def by_token(session: Session, token: str) -> NetworkAnswerLink | None:
    """However old it is; only its holder knows the token."""
    of_place = joinedload(NetworkAnswerLink.place)
    found = session.scalar(
        select(NetworkAnswerLink)
        .where(NetworkAnswerLink.token_hash == _digest(token))
        .options(
            of_place.joinedload(NetworkPlace.group),
            of_place.joinedload(NetworkPlace.enrolment).joinedload(Enrolment.user),
        )
    )
    return found if found and found.place.enrolment.user.active else None


def standing(link: NetworkAnswerLink, *, now: datetime) -> Standing:
    """A later offer of the same place has a link of its own; whoever left the programme has none."""
    place = link.place
    if place.offered_at != link.offered_at or not enrolments.stays(place.enrolment):
        return Standing.CHANGED
    if is_member(place):
        return Standing.ACCEPTED
    if not is_open(place):
        return Standing.DECLINED if is_declined(place) else Standing.CHANGED
    return Standing.OPEN if link.created_at > now - LIFETIME else Standing.EXPIRED


# Actions


def make_link(session: Session, place_id: int, *, now: datetime) -> str:
    """A token for the offer as it stands."""
    token = secrets.token_urlsafe(24)
    place = session.get_one(NetworkPlace, place_id)
    session.add(
        NetworkAnswerLink(
            token_hash=_digest(token), place_id=place_id, offered_at=place.offered_at, created_at=now
        )
    )
    return token


def answer(session: Session, link: NetworkAnswerLink, *, yes: bool, now: datetime) -> None:
    """As the peer themselves, and so it stands in the history."""
    if standing(link, now=now) is not Standing.OPEN:
        raise RuleBroken(CLOSED)
    history.act_as(session, link.place.enrolment.user_id, session.info.get("request_id"))
    if yes:
        network_places.accept(link.place)
    else:
        network_places.decline(session, link.place, now=now)
