"""Who guesses codes or links is stopped, whatever process answers: wrong ones are counted by network."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network
from typing import TypeVar

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from placements.db import one_at_a_time
from placements.domain.rules import TooOften
from placements.i18n import _
from placements.models.verify import WrongCode

T = TypeVar("T")

WINDOW = timedelta(minutes=15)
WRONG_CODES = 20
"""A whole workplace may share one address, and people mistype."""

TOO_MANY = _(
    "Der er prøvet mange forkerte koder, links eller filer herfra på kort tid. Vent et kvarter, og prøv igen."
)
TOO_MANY_ASKED = _("Der er bedt om mange links herfra på kort tid. Vent et kvarter, og prøv igen.")


def network(address: str) -> str:
    """The network somebody asks from: one address, or with IPv6 the 64 bits that one household has."""
    try:
        known = ip_address(address)
    except ValueError:
        return address
    return str(known if known.version == 4 else ip_network((known, 64), strict=False))


def refuse_often(session: Session, what: str, *, most: int, address: str, now: datetime) -> None:
    """Counts that this was asked for from one network. Raises `TooOften` after `most` within the window."""
    key = hashlib.sha256(f"{what} {network(address)}".encode()).hexdigest()
    one_at_a_time(session, f"asked {key}")
    if _counted(session, key, now=now) >= most:
        raise TooOften(TOO_MANY_ASKED)
    _count(session, key, now=now)


def looked_up(session: Session, find: Callable[[], T | None], *, address: str, now: datetime) -> T | None:
    """What is found by a secret. Raises `TooOften`, also for a right one, after many wrong ones."""
    key = hashlib.sha256(network(address).encode()).hexdigest()
    one_at_a_time(session, f"wrong code {key}")
    if _counted(session, key, now=now) >= WRONG_CODES:
        raise TooOften(TOO_MANY)
    found = find()
    if found is None:
        _count(session, key, now=now)
    return found


def _counted(session: Session, key: str, *, now: datetime) -> int:
    tried = select(func.count(WrongCode.id)).where(
        WrongCode.address_hash == key, WrongCode.tried_at > now - WINDOW
    )
    return session.execute(tried).scalar_one()


def _count(session: Session, key: str, *, now: datetime) -> None:
    session.execute(delete(WrongCode).where(WrongCode.tried_at <= now - WINDOW))
    session.add(WrongCode(address_hash=key, tried_at=now))
